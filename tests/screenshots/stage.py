"""The real window with the till of the pictures behind it, driven like by a person."""

import time

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.ui.format import clock_text
from pos_app.ui.pages.lock import LockPage
from pos_app.ui.widgets.top_bar import TopBar
from pos_app.ui.window import MainWindow
from pos_app.ui.window.pages import NAMES, make_page
from tests.fakes.payments import NOW, view
from tests.screenshots.till import PicturedTill

PATIENCE_S = 10
BETWEEN_KEYS_MS = 150
"""Slower than any barcode scanner."""


def _make(name):
    return LockPage(now=lambda: NOW) if name == "lock" else make_page(name)


class Stage:
    """One window for one picture.

    Attributes:
        till: what is behind the window; change it before `connect`, or between two steps.
        window: the window itself.
    """

    def __init__(self, size, *, is_training=False):
        self.till = PicturedTill(is_training)
        self.window = MainWindow(is_training=is_training, make=_make)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self._at_ms = 1

    def connect(self):
        """Have the till behind the window."""
        self.window.connect_till(self.till)
        stack = self.widget("pageStack")
        self.settle(lambda: stack.count() == len(NAMES))

    def sign_in(self):
        """Connect the till and let Mei Lin in."""
        self.connect()
        self.keys("1111")
        self.settle(lambda: self.widget("sellPage").isVisible())

    def pay(self, state, **changes):
        """Sign in and show the payment page in `state`."""
        self.till.payments.shown = view(state, is_training=self.till.is_training, **changes)
        self.sign_in()
        self.window.show_payment(self.till.payments.shown.charge.id)
        self.settle()

    def keys(self, *keys):
        """Press keys as a person would: texts, keys of Qt, or (key of Qt, what is held)."""
        for key in keys:
            if isinstance(key, str):
                for character in key:
                    self._press(Qt.Key(ord(character.upper())), character)
            elif isinstance(key, tuple):
                self._press(key[0], held=key[1])
            else:
                self._press(key)
        self.settle()

    def click(self, object_name):
        """Press a button by its name in the register."""
        self.widget(object_name).click()
        self.settle()

    def widget(self, object_name):
        """Return the widget of this name."""
        found = self.window.findChild(QWidget, object_name)
        assert found is not None, f"there is no {object_name}"
        return found

    def settle(self, is_done=lambda: True):
        """Wait until nothing is under way."""
        end = time.monotonic() + PATIENCE_S
        while True:
            QCoreApplication.processEvents()
            if self.window.background.is_idle and is_done():
                break
            assert time.monotonic() < end, "the window does not come to rest"
        QCoreApplication.processEvents()

    def save(self, file):
        """Take the picture."""
        self.settle()
        self.window.findChild(TopBar).show_clock(clock_text(NOW))
        QCoreApplication.processEvents()
        assert self.window.grab().save(str(file)), file

    def close(self):
        """Take the window away."""
        self.window.events.stop()
        self.window.background.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()

    def _press(self, key, text="", held=Qt.KeyboardModifier.NoModifier):
        self._at_ms += BETWEEN_KEYS_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self._at_ms)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)
