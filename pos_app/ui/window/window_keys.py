"""The keys that mean the same on every page (ux.md 5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

_GOES_TO = {
    Qt.Key.Key_1: "sell",
    Qt.Key.Key_2: "transactions",
    Qt.Key.Key_3: "shift",
    Qt.Key.Key_Comma: "settings",
    Qt.Key.Key_L: "lock",
}


class WindowKeys(QObject):
    """Turns the window's own keys into wishes.

    Args:
        is_locked: whether nobody is signed in; then no key leads to another page.

    Signals:
        full_screen_keyed(): F11.
        shortcuts_keyed(): F12 or Ctrl+/.
        page_keyed(str): Ctrl with the sign of a page, by its name on the rail.
    """

    full_screen_keyed = Signal()
    shortcuts_keyed = Signal()
    page_keyed = Signal(str)

    def __init__(self, is_locked: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._is_locked = is_locked

    def handle(self, event: QKeyEvent) -> bool:
        """Use a key; return whether it was one of these."""
        key = Qt.Key(event.key())
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_F11:
            self.full_screen_keyed.emit()
        elif key == Qt.Key.Key_F12 or (is_control and key == Qt.Key.Key_Slash):
            self.shortcuts_keyed.emit()
        elif is_control and key in _GOES_TO and not self._is_locked():
            self.page_keyed.emit(_GOES_TO[key])
        else:
            return False
        return True
