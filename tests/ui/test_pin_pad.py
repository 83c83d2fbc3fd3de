"""The PIN pad and its dots: they act on press and never know or tell the PIN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from pos_app.ui import theme
from pos_app.ui.widgets.pin_dots import PinDots
from pos_app.ui.widgets.pin_entry import PinEntry
from pos_app.ui.widgets.pin_pad import PinPad


@pytest.fixture
def pad(qtbot):
    pad = PinPad()
    qtbot.addWidget(pad)
    pad.show()
    return pad


def key(pad, name):
    return pad.findChild(QToolButton, f"pinButton_{name}")


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_acts_on_press(qtbot, pad, digit):
    with qtbot.waitSignal(pad.digit_keyed, timeout=1_000) as keyed:
        qtbot.mousePress(key(pad, digit), Qt.MouseButton.LeftButton)
    assert keyed.args == [digit]


@pytest.mark.parametrize("name", ["clear", "backspace"])
def test_the_corner_keys_act_on_press(qtbot, pad, name):
    with qtbot.waitSignal(getattr(pad, f"{name}_keyed"), timeout=1_000):
        qtbot.mousePress(key(pad, name), Qt.MouseButton.LeftButton)


def test_every_key_is_at_least_as_large_as_ux_says(pad):
    for one in pad.findChildren(QToolButton):
        assert one.width() >= 88
        assert one.height() >= 76


def test_a_pin_is_handed_over_once_and_forgotten():
    entry = PinEntry(4)
    for digit in "12345":
        entry.key(digit)
    assert entry.is_complete
    assert entry.hand_over() == "1234"
    assert entry.keyed == 0
    assert entry.hand_over() == ""


def test_neither_the_pin_nor_its_length_is_in_its_words():
    entry = PinEntry(4)
    entry.key("7")
    empty = PinEntry(8)
    assert repr(entry) == str(entry) == repr(empty)
    assert "7" not in repr(entry)


def test_dots_say_how_many_digits_and_not_which(qtbot):
    dots = PinDots()
    qtbot.addWidget(dots)
    dots.show_dots(4, 6)
    assert dots.accessibleName() == "PIN, 4 of 6 digits"


def test_wrong_lasts_until_the_next_digit(qtbot):
    dots = PinDots()
    qtbot.addWidget(dots)
    dots.show_wrong()
    dots.show_dots(0, 4)
    assert dots.is_wrong
    dots.show_dots(1, 4)
    assert not dots.is_wrong


@pytest.mark.parametrize("is_reduced", [True, False])
def test_reduced_motion_has_no_nudge(qtbot, qapp, is_reduced):
    theme.apply(qapp, theme.Look(is_motion_reduced=is_reduced))
    dots = PinDots()
    qtbot.addWidget(dots)
    dots.show_wrong()
    is_moving = dots._nudge.state() == dots._nudge.State.Running
    theme.apply(qapp, theme.Look())
    assert is_moving is not is_reduced
