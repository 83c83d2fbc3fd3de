"""How wide the columns of the list of transactions are, and where their texts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pos_app.ui.models.transaction_model import Column


@dataclass(frozen=True, slots=True)
class Track:
    """One column, in px at scale 1.0.

    Attributes:
        width: at least; the method's column takes what is left over.
        left, right: room inside the cell, before and after what is in it.
        is_right: what is in it stands at the right.
    """

    width: int
    left: int = 0
    right: int = 10
    is_right: bool = False


ROW_HEIGHT, HEAD_HEIGHT = 54, 44
GLYPH, GLYPH_GAP = 28, 10

REGULAR: Mapping[Column, Track] = MappingProxyType({
    Column.TIME: Track(96, left=18, right=0),
    Column.RECEIPT: Track(112),
    Column.METHOD: Track(130),
    Column.AMOUNT: Track(130, right=24, is_right=True),
    Column.STATUS: Track(150, right=4),
    Column.CASHIER: Track(104),
})  # fmt: skip
"""The columns of mock-transactions."""

WIDE: Mapping[Column, Track] = MappingProxyType({
    Column.TIME: Track(90, left=18, right=0),
    Column.RECEIPT: Track(96, right=4),
    Column.METHOD: Track(128, right=0),
    Column.AMOUNT: Track(96, right=12, is_right=True),
    Column.REFUNDED: Track(78, right=12, is_right=True),
    Column.STATUS: Track(154, right=2),
    Column.CASHIER: Track(72, right=8),
    Column.REFERENCE: Track(190, right=8),
})  # fmt: skip
"""With the reference, and the note under it, as a window of 1920 has room for."""

WIDEST: Mapping[Column, Track] = MappingProxyType({
    Column.TIME: Track(96, left=18, right=0),
    Column.RECEIPT: Track(108),
    Column.METHOD: Track(140),
    Column.AMOUNT: Track(110, right=16, is_right=True),
    Column.REFUNDED: Track(96, right=20, is_right=True),
    Column.STATUS: Track(160, right=4),
    Column.CASHIER: Track(100),
    Column.REFERENCE: Track(200, right=12),
    Column.NOTE: Track(140, right=12),
})  # fmt: skip
"""With the note in a column of its own."""


def tracks_for(width: int) -> Mapping[Column, Track]:
    """Return the columns of a list `width` px wide at scale 1.0: the most that it has room for."""
    fitting = (tracks for tracks in (WIDEST, WIDE) if _least(tracks) <= width)
    return next(fitting, REGULAR)


def widths_for(tracks: Mapping[Column, Track], width: int) -> dict[Column, int]:
    """Share `width` out: what is left over goes to the method, or to the note where it is shown.

    Args:
        tracks: the columns that are shown.
        width: of the list, in px at scale 1.0.
    """
    left_over = max(0, width - _least(tracks))
    heir = Column.NOTE if Column.NOTE in tracks else Column.METHOD
    return {
        column: track.width + (left_over if column is heir else 0)
        for column, track in tracks.items()
    }


def _least(tracks: Mapping[Column, Track]) -> int:
    return sum(track.width for track in tracks.values())
