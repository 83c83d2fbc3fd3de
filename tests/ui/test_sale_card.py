"""The card "This sale": its total is always what will be charged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pos_app.domain.cart import Cart
from pos_app.ui.widgets.sale_card import SaleCard
from tests.fakes.till_for_sell import CUP, TEA

CART = Cart.empty("USD").with_item(TEA).with_item(TEA).with_item(CUP)


@pytest.fixture
def card(qtbot):
    card = SaleCard()
    card.resize(348, 680)
    qtbot.addWidget(card)
    return card


def show(card, cart):
    card.show_cart(cart)
    card.show()
    QApplication.sendPostedEvents()


def words(card):
    return [label.text() for label in card.findChildren(QLabel) if label.isVisible()]


def button(card, name):
    return next(one for one in card.findChildren(QPushButton, name) if one.isVisible())


def test_an_empty_sale_says_what_to_do_next(card):
    show(card, Cart.empty("USD"))
    assert "Nothing in this sale yet. Key an amount or tap an item." in words(card)
    assert card.findChild(QPushButton, "clearSaleButton").isHidden()


def test_lines_show_quantity_name_unit_price_and_total(card):
    show(card, CART)
    assert {"2", "Jasmine tea tin", "US$ 12.00 each", "24.00"} <= set(words(card))
    spoken = button(card, "saleLine_1").accessibleName()
    assert spoken == "2 × Jasmine tea tin, US$ 24.00"


def test_the_amount_being_keyed_is_the_last_line_and_counts(card):
    show(card, CART.keyed(CART.entry.with_digits("400")))
    assert {"Keyed amount", "Typing now", "4.00", "4 items"} <= set(words(card))
    assert card.findChild(QLabel, "saleCount").text() == "4 items"
    assert card._total.text() == "US$ 42.50"


def test_tapping_a_line_tells_which(qtbot, card):
    show(card, CART)
    with qtbot.waitSignal(card.line_pressed, timeout=1_000) as pressed:
        qtbot.mouseClick(button(card, "saleLine_2"), Qt.MouseButton.LeftButton)
    assert pressed.args == [1]


def test_an_opened_line_changes_its_quantity_and_goes(qtbot, card):
    show(card, CART.selecting(0))
    with qtbot.waitSignal(card.quantity_changed, timeout=1_000) as changed:
        qtbot.mouseClick(button(card, "lineQuantityPlus"), Qt.MouseButton.LeftButton)
    assert changed.args == [0, 3]
    with qtbot.waitSignal(card.line_removed, timeout=1_000) as removed:
        qtbot.mouseClick(button(card, "lineRemoveButton"), Qt.MouseButton.LeftButton)
    assert removed.args == [0]


def test_one_piece_cannot_become_none(card):
    show(card, CART.selecting(1))
    assert not button(card, "lineQuantityMinus").isEnabled()


def test_lines_go_when_the_sale_is_cleared(card):
    show(card, CART)
    show(card, Cart.empty("USD"))
    assert card._total.text() == "US$ 0.00"
    assert "Jasmine tea tin" not in words(card)
