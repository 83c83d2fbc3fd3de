"""QR codes as matrices of modules, for whatever paints or prints them."""

from __future__ import annotations

from functools import lru_cache

QUIET_ZONE = 4
"""Modules of empty border that readers need on every side (ISO/IEC 18004)."""


@lru_cache(maxsize=8)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code that says `text`, at level M, without the quiet zone.

    Rows from the top; True is dark. May be called on any thread.
    """
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.modules)
