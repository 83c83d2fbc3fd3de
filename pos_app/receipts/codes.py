"""QR codes as matrices of modules, for whatever paints or prints them."""

from __future__ import annotations

from base64 import b64decode
from functools import lru_cache

from pos_app.receipts.masks import MASKS, Bits, penalty

QUIET_ZONE = 4
"""Modules of empty border that readers need on every side (ISO/IEC 18004)."""


_PICTURE = "data:image/png;base64,"


def picture_of(code: str) -> bytes | None:
    """Return the picture that a payment service sent for its code; None where it is a text.

    See `domain.outcomes.CodeCreated`.
    """
    return b64decode(code.removeprefix(_PICTURE)) if code.startswith(_PICTURE) else None


@lru_cache(maxsize=8)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code that says `text`, at level M, without the quiet zone.

    Rows from the top; True is dark; none where the code is a picture. May be called on any thread.
    """
    if text.startswith(_PICTURE):
        return ()
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.best_fit()
    code.makeImpl(test=True, mask_pattern=0)
    first = Bits.of(code.modules)
    points = [penalty(first.turned(where)) for where in _turns(code.version)]
    code.makeImpl(test=False, mask_pattern=points.index(min(points)))
    return tuple(tuple(map(bool, row)) for row in code.modules)


@lru_cache(maxsize=8)
def _turns(version: int) -> tuple[Bits, ...]:
    """Return which modules of a code each mask turns over that mask 0 does not, or the reverse."""
    from qrcode.main import QRCode

    code = QRCode(version)
    made = []
    for mask in range(MASKS):
        code.makeImpl(test=True, mask_pattern=mask)
        made.append(Bits.of(code.modules))
    return tuple(one.turned(made[0]) for one in made)
