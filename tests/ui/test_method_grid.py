"""Method tiles: which there are, which is chosen, which are off and why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from pos_app.domain.gateways import can_cancel
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.services.catalogue import MethodChoice
from pos_app.ui.widgets.method_grid import MethodGrid, TileState
from pos_app.ui.widgets.method_hint import MethodHint
from pos_app.ui.widgets.method_tile import MethodTile


def states(count=9, off=()):
    return [
        TileState(
            method, number, "currency" if method in off else "", METHODS[method].currency("USD")
        )
        for number, method in enumerate(list(METHODS)[:count], start=1)
    ]


@pytest.fixture
def grid(qtbot):
    grid = MethodGrid()
    grid.resize(366, 500)
    qtbot.addWidget(grid)
    return grid


def show(grid, states, chosen=None):
    grid.show_tiles(states, chosen)
    grid.show()
    QApplication.sendPostedEvents()


def tile(grid, method):
    return grid.findChild(MethodTile, f"methodTile_{method}")


def test_pressing_a_tile_tells_its_method(qtbot, grid):
    show(grid, states())
    with qtbot.waitSignal(grid.method_pressed, timeout=1_000) as pressed:
        qtbot.mouseClick(tile(grid, "upop"), Qt.MouseButton.LeftButton)
    assert pressed.args == [PaymentMethod.UPOP]


def test_pressing_the_chosen_tile_leaves_it_chosen(qtbot, grid):
    show(grid, states(), PaymentMethod.ALIPAY)
    qtbot.mouseClick(tile(grid, "alipay"), Qt.MouseButton.LeftButton)
    assert tile(grid, "alipay").isChecked()


def test_one_tile_is_chosen_and_says_so(grid):
    show(grid, states(), PaymentMethod.ALIPAY)
    assert tile(grid, "alipay").accessibleName() == "Pay with Alipay, F1, selected"
    show(grid, states(), PaymentMethod.WECHATPAY)
    assert not tile(grid, "alipay").isChecked()
    assert tile(grid, "alipay").accessibleName() == "Pay with Alipay, F1"


def test_a_tile_that_is_off_says_why_under_its_name(qtbot, grid):
    show(grid, states(off={PaymentMethod.ALIPAY_HK}))
    off = tile(grid, "alipay_hk")
    assert not off.isEnabled()
    assert "HK$ only" in [label.text() for label in off.findChildren(QLabel) if label.isVisible()]
    with qtbot.assertNotEmitted(grid.method_pressed):
        qtbot.mouseClick(off, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("count", "columns"), [(9, 3), (7, 3), (6, 2), (2, 2)])
def test_seven_and_more_stand_in_three_columns_and_fewer_in_two(grid, count, columns):
    show(grid, states(count))
    assert len({one.x() for one in grid.findChildren(MethodTile)}) == columns


_APP = "The customer scans the code with the {} app. "
_CANCEL = "You can cancel until it is paid."
_NO_CANCEL = "This method can’t be cancelled. An unpaid code closes by itself."
_CARD = "The customer scans the code with the phone camera and types the card on their phone."


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("alipay", _APP.format("Alipay") + _CANCEL),
        ("gcash", _APP.format("GCash") + _NO_CANCEL),
        ("cc", _CARD),
    ],
)
def test_the_hint_says_what_the_customer_does(qtbot, method, words):
    hint = MethodHint()
    qtbot.addWidget(hint)
    one = PaymentMethod(method)
    can = can_cancel("citcon_chop", one)
    hint.show_choice(MethodChoice(one, METHODS[one], 1, "USD", can))
    assert hint.accessibleName() == words


def test_without_a_method_there_is_no_hint(qtbot):
    hint = MethodHint()
    qtbot.addWidget(hint)
    hint.show_choice(None)
    assert hint.isHidden()
