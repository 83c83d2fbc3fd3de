"""The painted code: readable, whole pixels, a white border, and gone at once."""

import base64
import io

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt

from pos_app.receipts.codes import QUIET_ZONE, modules
from pos_app.ui import theme
from pos_app.ui.widgets.qr_code import MIN_MODULE, QrCode

CODE = "https://uat.citconpay.com/r/alipay/3bfa17f09c5e4d2ab8e3e045?lang=en&country=US"


@pytest.fixture
def code(qtbot):
    widget = QrCode()
    widget.resize(498, 465)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def picture(widget):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data()))).convert("L")


def dark(image):
    return image.point(lambda shade: 255 if shade < 60 else 0).getbbox()


def test_an_independent_reader_reads_it(code):
    code.show_code(CODE)
    assert [found.text for found in zxingcpp.read_barcodes(picture(code))] == [CODE]


def test_it_is_read_from_a_quarter_of_its_size(code):
    code.show_code(CODE)
    small = picture(code).resize((125, 116), Image.Resampling.BILINEAR)
    assert [found.text for found in zxingcpp.read_barcodes(small)] == [CODE]


@pytest.mark.parametrize("side", [300, 377, 465, 533])
def test_every_module_is_the_same_whole_number_of_pixels(code, side):
    code.resize(side, side)
    code.show_code(CODE)
    image = picture(code)
    left, top, right, bottom = dark(image)
    matrix, module = modules(CODE), code.module_px()
    assert right - left == bottom - top == module * len(matrix)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            place = (left + x * module, top + y * module)
            corners = [place, (place[0] + module - 1, place[1] + module - 1)]
            assert [image.getpixel(corner) < 60 for corner in corners] == [is_dark, is_dark]


def test_four_modules_around_it_are_white(code):
    code.show_code(CODE)
    image, zone = picture(code), QUIET_ZONE * code.module_px()
    left, top, right, bottom = dark(image)
    around = image.crop((left - zone, top - zone, right + zone, bottom + zone))
    inside = around.crop((zone, zone, around.width - zone, around.height - zone))
    around.paste(255, (zone, zone, zone + inside.width, zone + inside.height))
    assert around.getextrema() == (255, 255)


def test_the_square_of_a_code_in_the_making_is_the_frame_of_the_code(code):
    code.show_placeholder()
    before = picture(code).point(lambda shade: 255 if shade < 240 else 0).getbbox()
    code.show_code("https://pay.example/" + 42 * "a")
    after = picture(code).point(lambda shade: 255 if shade < 240 else 0).getbbox()
    assert before == after


def test_it_keeps_room_for_the_smallest_modules(code):
    code.show_code(CODE)
    least = MIN_MODULE * (len(modules(CODE)) + 2 * QUIET_ZONE)
    assert code.minimumWidth() >= least
    code.resize(code.minimumSize())
    assert code.module_px() >= MIN_MODULE


def test_the_dark_theme_does_not_colour_it(code, qapp):
    code.show_code(CODE)
    left, top, *_ = dark(picture(code))
    theme.apply(qapp, theme.Look(tokens=theme.DARK))
    try:
        assert [found.text for found in zxingcpp.read_barcodes(picture(code))] == [CODE]
        assert picture(code).getpixel((left - 2, top)) == 255
    finally:
        theme.apply(qapp, theme.Look())


def test_a_hidden_code_leaves_nothing_on_the_screen(code):
    code.show_code(CODE)
    code.hide_code()
    assert code.text is None
    assert dark(picture(code)) is None
    assert not zxingcpp.read_barcodes(picture(code))


def test_a_placeholder_is_grey_and_no_code(code):
    code.show_placeholder()
    image = picture(code)
    assert dark(image) is None
    assert image.getpixel((image.width // 2, image.height // 2)) < 250


def test_only_a_shown_code_can_be_tapped(code, qtbot):
    taps = []
    code.tapped.connect(lambda: taps.append(True))
    qtbot.mouseClick(code, Qt.MouseButton.LeftButton)
    assert taps == []
    code.show_code(CODE)
    qtbot.mouseClick(code, Qt.MouseButton.LeftButton)
    assert taps == [True]


def test_a_picture_that_came_is_shown_as_it_is_in_whole_pixels(code):
    came = Image.new("1", (100, 100), 1)
    came.paste(0, (0, 0, 50, 100))
    file = io.BytesIO()
    came.save(file, "PNG")
    code.show_code(f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}")
    left, top, right, bottom = dark(picture(code))
    assert (right - left, bottom - top) == (200, 400)
    code.hide_code()
    assert dark(picture(code)) is None
