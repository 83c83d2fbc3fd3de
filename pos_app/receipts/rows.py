"""What paper is made of: a few kinds of rows, from the top down (ux.md 6.13).

Rows hold words as they are; `text.py` fits them into columns, `ui/printing` paints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

COLUMNS: Mapping[int, int] = MappingProxyType({80: 48, 58: 32})
"""Width of the paper in millimetres → columns of text (ux.md 6.13)."""


class Size(Enum):
    """How large the letters of a row are, as numerator and denominator of the normal size."""

    NORMAL = (1, 1)
    LARGE = (5, 4)

    def columns(self, normal: int) -> int:
        """Return how many letters of this size fit where `normal` columns do."""
        numerator, denominator = self.value
        return normal * denominator // numerator


@dataclass(frozen=True, slots=True)
class Centered:
    """Words in the middle, on as many lines as they need."""

    text: str
    is_bold: bool = False
    size: Size = Size.NORMAL


@dataclass(frozen=True, slots=True)
class Pair:
    """Words at the left and at the right edge; they never touch.

    Attributes:
        left: wraps beside `right`.
        right: kept whole; it gets lines of its own when it leaves too little room for `left`.
        indent: columns by which the further lines of `left` are set in.
    """

    left: str
    right: str
    is_bold: bool = False
    size: Size = Size.NORMAL
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line across the paper."""


@dataclass(frozen=True, slots=True)
class Code:
    """A small QR code that says `text`, for finding the paper again by a scanner."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A framed banner that says what this paper is not: COPY, TRAINING."""

    text: str


Row = Centered | Pair | Rule | Code | Mark


@dataclass(frozen=True, slots=True)
class Receipt:
    """A piece of paper, ready to be shown, saved or printed.

    Attributes:
        number: what people call it, "HSG1-0087"; the title of the document.
        width_mm: width of the paper, 80 or 58 millimetres.
        rows: top first.
    """

    number: str
    width_mm: int
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Refuse paper of a width that no column count is known for."""
        if self.width_mm not in COLUMNS:
            raise ValueError(f"paper is {' or '.join(map(str, COLUMNS))} mm wide")

    @property
    def columns(self) -> int:
        """How many normal letters fit beside each other: 48 or 32."""
        return COLUMNS[self.width_mm]
