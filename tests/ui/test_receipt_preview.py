"""The receipt's picture on the screen."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor

from pos_app.receipts.rows import Centered, Code, Pair, Receipt, Rule, Size
from pos_app.ui import theme
from pos_app.ui.printing.paper import receipt_picture
from pos_app.ui.widgets.receipt_preview import ReceiptPreview

RECEIPT = Receipt(
    "HSG1-0087",
    80,
    (
        Centered("Harbour Street Gifts", is_bold=True, size=Size.LARGE),
        Rule(),
        Pair("TOTAL US$", "42.50", is_bold=True, size=Size.LARGE),
        Code("HSG1-2507120087-K7QX"),
    ),
)
LONG = Receipt("HSG1-0088", 80, (Rule(),) * 200)


@pytest.fixture
def preview(qtbot, qapp):
    theme.apply(qapp, theme.Look())
    widget = ReceiptPreview()
    qtbot.addWidget(widget)
    widget.resize(392, 600)
    widget.show()
    yield widget
    theme.apply(qapp, theme.Look())


def paper(preview):
    return preview.widget()


def test_paper_fills_the_panel_and_stands_in_its_middle(preview):
    preview.show_receipt(RECEIPT)
    assert preview.objectName() == "receiptPreview"
    assert paper(preview).width() == 48 * 7 + 2 * 24
    assert paper(preview).geometry().center().y() == pytest.approx(300, abs=1)


def test_its_text_can_be_read_aloud_without_the_rules(preview):
    preview.show_receipt(RECEIPT)
    assert preview.accessibleName() == "Receipt"
    assert preview.accessibleDescription() == "Harbour Street Gifts\nTOTAL US$ 42.50"


def test_no_receipt_shows_no_paper(preview):
    preview.show_receipt(RECEIPT)
    preview.show_receipt(None)
    assert preview.receipt is None
    assert paper(preview).size().isEmpty()
    assert preview.accessibleDescription() == ""


def test_a_long_receipt_scrolls_by_keyboard_and_starts_at_its_top(preview, qtbot):
    preview.show_receipt(LONG)
    assert preview.verticalScrollBar().maximum() > 0
    assert preview.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(preview, Qt.Key.Key_Down)
    assert preview.verticalScrollBar().value() > 0
    preview.show_receipt(LONG)
    assert preview.verticalScrollBar().value() == 0


def test_a_short_receipt_is_no_stop_for_the_keyboard(preview):
    preview.show_receipt(LONG)
    preview.show_receipt(RECEIPT)
    assert preview.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_paper_never_sticks_out_of_a_narrow_panel(preview, qapp):
    for width in (260, 300, 392, 600):
        preview.resize(width, 600)
        for receipt in (RECEIPT, LONG):
            preview.show_receipt(receipt)
            qapp.processEvents()  # the scroll bar comes and goes a moment later
            assert paper(preview).width() <= preview.viewport().width()


def test_it_grows_with_the_scale(preview, qapp):
    preview.resize(560, 600)
    preview.show_receipt(RECEIPT)
    theme.apply(qapp, theme.Look(scale=1.25))
    assert paper(preview).width() == 48 * 9 + 2 * 30


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_it_is_black_on_white_in_every_theme(preview, qapp, tokens):
    theme.apply(qapp, theme.Look(tokens=tokens))
    preview.show_receipt(RECEIPT)
    picture = paper(preview).grab().toImage()
    inside = picture.copy(4, 4, picture.width() - 8, picture.height() - 8)
    assert inside.allGray()
    assert inside.pixelColor(0, 0) == QColor("white")
    # The corner of the code.
    assert inside.pixelColor(inside.width() // 2 - 21 * 3 // 2 + 1, 102) == QColor("black")
    edge = picture.pixelColor(picture.width() // 2, 0)
    assert edge.name() == tokens.border.lower()


def test_it_is_painted_anew_on_another_screen(preview, qapp):
    preview.show_receipt(RECEIPT)
    before = paper(preview).grab().toImage()
    qapp.sendEvent(paper(preview), QEvent(QEvent.Type.DevicePixelRatioChange))
    assert paper(preview).grab().toImage() == before


@pytest.mark.parametrize("width", [260, 392, 600])
@pytest.mark.parametrize("receipt", [RECEIPT, LONG])
def test_what_was_painted_before_is_only_copied(preview, receipt, width):
    preview.resize(width, 600)
    receipt_picture.cache_clear()
    receipt_picture(receipt, *preview.letter_for(receipt))
    preview.show_receipt(receipt)
    preview.grab()
    assert receipt_picture.cache_info().misses == 1
