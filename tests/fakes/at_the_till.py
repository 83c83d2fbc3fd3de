"""What people do at the whole window to sign in, to pass the door of the settings, to lock."""

import time

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.whole_window import PIN

CONTROL = Qt.KeyboardModifier.ControlModifier
RETURN = Qt.Key.Key_Return
PRIYAS_PIN = "999999"
PERSON_MS = 120
"""From one key to the next."""


def type_pin(shown, pin):
    """Key a PIN as slowly as a person, by the time that each key bears, or it is a scan."""
    began_ms = time.monotonic_ns() // 1_000_000
    for place, digit in enumerate(pin):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, ord(digit), Qt.KeyboardModifier.NoModifier, digit)
            key.setTimestamp(began_ms + place * PERSON_MS)
            QCoreApplication.sendEvent(shown.window.windowHandle(), key)


def sign_in(shown, person=1, pin=PIN):
    """Let the person of that place in the list in; Sell is what they see."""
    shown.wait(lambda: shown.find(f"personItem_{person}"))
    shown.click(f"personItem_{person}")
    type_pin(shown, pin)
    shown.wait(lambda: shown.page == "sellPage")
    come_to_rest(shown)


def control(shown, key):
    """Press a key together with Ctrl."""
    QTest.keyClick(shown.window.windowHandle(), key, CONTROL)


def come_to_rest(shown):
    """Wait until nothing is under way."""
    shown.wait(lambda: shown.window.background.is_idle)


def dialog_of(shown, name):
    """The dialog of that name, once it is there and takes keys and taps."""
    shown.wait(lambda: open_dialog(shown.window) is not None)
    dialog = open_dialog(shown.window)
    assert dialog.objectName() == name
    shown.wait(lambda: not dialog._guard.is_holding and shown.window.background.is_idle)
    return dialog


def go_into_settings(shown, pin=PRIYAS_PIN):
    """By the keyboard, with a manager's PIN."""
    control(shown, Qt.Key.Key_Comma)
    dialog_of(shown, "managerPinDialog")
    shown.press(*pin, RETURN)
    shown.wait(lambda: shown.page == "settingsPage")
    come_to_rest(shown)


def open_people(shown):
    """In the settings, walk down the list to the people."""
    while shown.find("settingsPage_people") is None:
        shown.press(Qt.Key.Key_Down)
    come_to_rest(shown)


def charge(shown):
    """Charge US$ 42.50 and stay on its page; returns the charge's id."""
    shown.press(*"4250")
    shown.wait(lambda: shown.find("chargeButton").isEnabled())
    shown.press(RETURN)
    shown.wait(lambda: shown.state == "waiting")
    come_to_rest(shown)
    return shown.window._navigator.charge_id


def let_pay(shown, gateway, charge_id):
    """Have the customer pay, after the till has asked once and heard that nobody has yet."""
    shown.till.payments.check_now(charge_id)
    gateway.pay(shown.till.payments.view(charge_id).charge.reference)
    shown.till.payments.check_now(charge_id)
    shown.wait(lambda: shown.state == "paid")
    come_to_rest(shown)
