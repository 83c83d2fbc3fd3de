"""The small code on paper."""

import zxingcpp
from PIL import Image

from pos_app.receipts.codes import QUIET_ZONE, modules


def test_an_independent_reader_finds_the_reference():
    matrix = modules("HSG1-2507120087-K7QX")
    side = len(matrix) + 2 * QUIET_ZONE
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix, QUIET_ZONE):
        for x, is_dark in enumerate(row, QUIET_ZONE):
            picture.putpixel((x, y), 0 if is_dark else 255)
    (found,) = zxingcpp.read_barcodes(
        picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)
    )
    assert found.text == "HSG1-2507120087-K7QX"


def test_a_reference_fits_the_smallest_code():
    assert len(modules("HSG1-2507120087-K7QX")) == 21
