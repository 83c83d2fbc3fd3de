"""The keypad's keys act on press and say what they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from pos_app.ui.widgets.keypad import Keypad


@pytest.fixture
def keypad(qtbot):
    pad = Keypad()
    pad.resize(420, 460)
    qtbot.addWidget(pad)
    pad.show()
    return pad


def key(keypad, name):
    return keypad.findChild(QToolButton, f"keypadButton_{name}")


@pytest.mark.parametrize("digits", [*"0123456789", "00"])
def test_a_digit_acts_on_press_before_release(qtbot, keypad, digits):
    with qtbot.waitSignal(keypad.digits_keyed, timeout=1_000) as keyed:
        qtbot.mousePress(key(keypad, digits), Qt.MouseButton.LeftButton)
    assert keyed.args == [digits]


@pytest.mark.parametrize(
    ("name", "signal"),
    [("backspace", "backspace_keyed"), ("clear", "clear_keyed"), ("add", "add_keyed"),
     ("dot", "point_keyed")],
)  # fmt: skip
def test_the_other_keys_act_on_press(qtbot, keypad, name, signal):
    with qtbot.waitSignal(getattr(keypad, signal), timeout=1_000):
        qtbot.mousePress(key(keypad, name), Qt.MouseButton.LeftButton)


def test_without_decimals_the_point_becomes_three_zeros(qtbot, keypad):
    keypad.set_has_point(False)
    assert key(keypad, "dot") is None
    with qtbot.waitSignal(keypad.digits_keyed, timeout=1_000) as keyed:
        qtbot.mousePress(key(keypad, "000"), Qt.MouseButton.LeftButton)
    assert keyed.args == ["000"]


def test_only_backspace_repeats_while_held(keypad):
    repeating = {one.objectName() for one in keypad.findChildren(QToolButton) if one.autoRepeat()}
    assert repeating == {"keypadButton_backspace"}


def test_keys_are_called_what_ux_says(keypad):
    assert key(keypad, "7").accessibleName() == "Key 7"
    assert key(keypad, "backspace").accessibleName() == "Backspace"
    assert key(keypad, "clear").accessibleName() == "Clear entry"
    keypad.set_add_name("Add US$ 4.00 to the sale")
    assert key(keypad, "add").accessibleName() == "Add US$ 4.00 to the sale"


def test_the_pad_is_one_tab_stop_and_arrows_walk_in_it(qtbot, keypad):
    stops = [one for one in keypad.findChildren(QToolButton)
             if one.focusPolicy() & Qt.FocusPolicy.TabFocus]  # fmt: skip
    assert [one.objectName() for one in stops] == ["keypadButton_1"]
    qtbot.keyClick(key(keypad, "1"), Qt.Key.Key_Down)
    assert key(keypad, "4").focusPolicy() == Qt.FocusPolicy.TabFocus
    qtbot.keyClick(key(keypad, "4"), Qt.Key.Key_Right)
    with qtbot.waitSignal(keypad.digits_keyed, timeout=1_000) as keyed:
        qtbot.keyClick(key(keypad, "5"), Qt.Key.Key_Return)
    assert keyed.args == ["5"]
