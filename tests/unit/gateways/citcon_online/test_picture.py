"""A code that comes as a picture: read, or kept as it is, or refused."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from pos_app.domain.errors import OutcomeUnknown
from pos_app.gateways.citcon_online.picture import MAX_SIDE, code_of
from pos_app.receipts.codes import modules

TEXT = "https://qr.alipay.com/bax0123456789abcdef"


def picture(scale=6, border=4, file_format="PNG"):
    rows = modules(TEXT)
    side = len(rows) + 2 * border
    code = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            code.putpixel((x + border, y + border), 0 if is_dark else 255)
    return encoded(
        code.resize((side * scale, side * scale), Image.Resampling.NEAREST), file_format
    )


def encoded(image, file_format="PNG"):
    file = BytesIO()
    image.save(file, file_format)
    return file.getvalue()


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "GIF"])
def test_the_code_in_the_picture_is_read(file_format):
    assert code_of(picture(file_format=file_format)) == TEXT


def test_a_picture_without_a_readable_code_is_kept_small():
    code = code_of(encoded(Image.effect_noise((900, 900), 60)))
    head, _, body = code.partition(",")
    assert head == "data:image/png;base64"
    kept = Image.open(BytesIO(base64.b64decode(body)))
    assert max(kept.size) == 400


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\x89PNG\r\n\x1a\n", picture()[:80], b"BM" + b"\0" * 100]
)
def test_what_is_no_picture_is_no_answer(body):
    with pytest.raises(OutcomeUnknown):
        code_of(body)


def test_a_picture_that_would_fill_the_memory_is_not_unpacked():
    with pytest.raises(OutcomeUnknown, match="too large"):
        code_of(encoded(Image.new("1", (MAX_SIDE + 1, 10))))
