"""The code that comes as a picture: read where it can be read, else kept as a small picture."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

from pos_app.domain.errors import OutcomeUnknown

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 256 * 1024
MAX_SIDE = 2_000
"""Pixels. Codes come with some hundred; what is larger is no code, or an attack on memory."""
_KEPT_SIDE = 400
"""Pixels of a picture that could not be read: enough for a phone, little in the ledger."""
_FORMATS = ("PNG", "JPEG", "GIF")


def code_of(body: bytes) -> str:
    """Return what the picture's QR code says, or a `data:` address with the picture itself.

    A code that is read can be painted sharply at any size; one that is not is shown as it came.

    Raises:
        OutcomeUnknown: it is no picture of a sane size. Money: nobody can have paid it; create
            the charge again.
    """
    picture = _opened(body)
    return _read(picture) or _as_address(picture)


def _opened(body: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(body), formats=_FORMATS)
        if max(picture.size) > MAX_SIDE:  # known before anything is unpacked
            raise OutcomeUnknown("Citcon's picture of the code is far too large.")
        return picture.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise OutcomeUnknown("Citcon's picture of the code can't be read.") from error


def _read(picture: Image) -> str:
    import zxingcpp

    found = zxingcpp.read_barcode(picture, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found.text if found is not None and found.valid else ""


def _as_address(picture: Image) -> str:
    picture.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
    file = BytesIO()
    picture.point(lambda grey: 255 if grey > 127 else 0).convert("1").save(file, "PNG")  # noqa: PLR2004
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
