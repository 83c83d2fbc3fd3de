"""Banner, pill, key caps and two-line buttons say what they are told, in their tone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets import announce as announcing
from pos_app.ui.widgets import key_hint
from pos_app.ui.widgets.key_hint import KeyHint
from pos_app.ui.widgets.pill import Pill
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.two_line_button import TwoLineButton


@pytest.fixture
def window(qapp, qtbot):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())
    window = QWidget()
    qtbot.addWidget(window)
    window.column = QVBoxLayout(window)
    window.resize(700, 300)
    window.show()
    yield window
    key_hint.hide_all(window, is_hidden=False)


@pytest.fixture
def said(monkeypatch):
    """What is read aloud: text and whether it interrupts."""
    events = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)

    def update(event):
        urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
        events.append((event.message(), urgent))

    monkeypatch.setattr(announcing.QAccessible, "updateAccessibility", update)
    return events


def test_a_banner_shows_its_state_and_says_changes_once(window, said):
    banner = StatusBanner("paymentStatus", window)
    window.column.addWidget(banner)
    banner.show()
    waiting = (
        "info",
        "phone",
        "Waiting for the customer to pay",
        "You don’t need to do anything.",
    )
    banner.show_status(*waiting, state="waiting")
    banner.show_status(*waiting, state="waiting")
    banner.show_status("bad", "close", "Declined.", "", state="declined", is_urgent=True)
    assert banner.property("state") == "declined"
    assert banner.property("tone") == "bad"
    assert banner.findChild(QLabel, "paymentStatusTitle").text() == "Declined."
    assert not banner.findChild(QLabel, "paymentStatusText").isVisible()
    assert said == [
        ("Waiting for the customer to pay You don’t need to do anything.", False),
        ("Declined.", True),
    ]


def test_a_banner_takes_no_more_height_than_it_needs(window):
    banner = StatusBanner("paymentStatus", window)
    window.column.addWidget(banner)
    window.column.addStretch(1)
    banner.show_status("info", "phone", "Waiting for the customer to pay", "A line.")
    window.layout().activate()
    assert banner.height() < 100


def test_a_pill_is_an_icon_and_a_word_in_a_tone(window):
    pill = Pill("ok", "check", "Paid", window)
    pill.show()
    assert pill.height() == 28
    assert pill.text() == pill.accessibleName() == "Paid"
    image = pill.grab().toImage()
    assert image.pixelColor(14, 3).name() == theme.LIGHT.ok_bg.lower()


def test_key_caps_hide_while_no_keyboard_is_used(window):
    cap = KeyHint("Enter", parent=window)
    cap.show()
    key_hint.hide_all(window, is_hidden=True)
    assert not cap.isVisible()
    late = KeyHint("F5", parent=window)
    late.show()
    assert not late.isVisible()
    late.keep_shown()
    assert late.isVisible()
    key_hint.hide_all(window, is_hidden=False)
    assert cap.isVisible()


def test_a_two_line_button_keeps_its_text_for_assistive_tools(window):
    button = TwoLineButton("Charge US$ 42.50", "with Alipay", hint="Enter", parent=window)
    window.column.addWidget(button)
    assert button.text() == "Charge US$ 42.50"
    assert button.accessibleName() == "Charge US$ 42.50 with Alipay"
    assert button.accessibleDescription() == "Enter"
    assert button.height() == 72


def test_a_two_line_button_can_be_pressed_on_its_labels(window):
    button = TwoLineButton("Charge", "with Alipay", parent=window)
    window.column.addWidget(button)
    button.show()
    window.layout().activate()
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    label = button.findChildren(QLabel)[0]
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton,
                     pos=label.mapTo(window, label.rect().center()))  # fmt: skip
    assert pressed == [True]


def test_a_button_that_is_off_is_grey(window):
    button = TwoLineButton("Check now", kind="secondary", tall=56, parent=window)
    window.column.addWidget(button)
    window.layout().activate()
    button.setEnabled(False)
    image = button.grab().toImage()
    assert image.pixelColor(20, 20).name() == theme.LIGHT.disabled.lower()
