"""The PIN in the making on the Lock page: keyed, typed, or not meant at all (ux.md 6.1, 5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pos_app.ui.widgets.pin_entry import PinEntry
from pos_app.ui.widgets.scan_guard import ScanGuard

_SCAN_WAIT_MS = 100
"""How long a PIN that came as fast as a scanner types waits: a scan goes on or ends in Enter."""


class PinTyping(QObject):
    """Takes digits, and tells a person's from a scanner's. Shows and says nothing of them.

    Args:
        may_type: whether digits are taken now.

    Signals:
        digit_taken(): one more digit is there.
        changed(): another number of digits is there, or expected.
        completed(): the PIN is there, to be taken by `hand_over` and checked.
    """

    digit_taken = Signal()
    changed = Signal()
    completed = Signal()

    def __init__(self, may_type: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may_type = may_type
        self._pin = PinEntry()
        self._guard = ScanGuard()
        self._scan_wait = QTimer(self)
        self._scan_wait.setSingleShot(True)
        self._scan_wait.setInterval(_SCAN_WAIT_MS)
        self._scan_wait.timeout.connect(self.completed)

    @property
    def keyed(self) -> int:
        """How many digits have been keyed."""
        return self._pin.keyed

    @property
    def length(self) -> int:
        """Digits of the whole PIN."""
        return self._pin.length

    def expect(self, length: int | None) -> None:
        """Forget all digits, and expect a PIN of `length` digits if it is given."""
        self._scan_wait.stop()
        self._pin.clear(length)
        self.changed.emit()

    @Slot()
    def take_back(self) -> None:
        """Forget the last digit."""
        self._scan_wait.stop()
        self._pin.take_back()
        self.changed.emit()

    def hand_over(self) -> str:
        """Return the PIN for the one call that checks it, and forget it here."""
        self._scan_wait.stop()
        return self._pin.hand_over()

    @Slot(str)
    def press_digit(self, digit: str) -> None:
        """Take a digit of the pad."""
        self._guard.forget()
        if self._take(digit) and self._pin.is_complete:
            self.completed.emit()

    def type_digit(self, digit: str, at_ms: int) -> None:
        """Take a digit of the keyboard, unless it is a scanner's; `at_ms` is monotonic."""
        self._guard.character(digit, at_ms)
        if self._scan_wait.isActive():  # a complete PIN, and still more at a scanner's speed
            self.expect(None)
            return
        if self._guard.looks_like_scan and self._pin.keyed == 0:
            return
        if not self._take(digit) or not self._pin.is_complete:
            return
        if self._guard.is_fast:
            self._scan_wait.start()
        else:
            self.completed.emit()

    def enter(self, at_ms: int) -> bool:
        """Take Enter: it ends a scan, or the PIN. Returns whether it did one of the two."""
        if self._guard.enter(at_ms):
            self.expect(None)
            return True
        if self._pin.is_complete:
            self.completed.emit()
            return True
        return False

    def _take(self, digit: str) -> bool:
        if not self._may_type():
            return False
        self._pin.key(digit)
        self.digit_taken.emit()
        self.changed.emit()
        return True
