"""The field for a customer's code, which tells a scanner from typing (ux.md 5, 6.11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.scan_guard import END_GAP_MS, ScanGuard, now_ms

_LONGEST = 512


class CodeEdit(QLineEdit):
    """Shows dots. What a scanner sends replaces what was in the field before.

    Args:
        now_ms: monotonic milliseconds, for keys that carry no time of their own.

    Signals:
        scanned(): a scan is over, and the field holds all of it and nothing else. By its Enter,
            or after `END_GAP_MS` of silence where the scanner sends none.
    """

    scanned = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, now_ms: Callable[[], int] = now_ms
    ) -> None:
        super().__init__(parent)
        self.setObjectName("customerCodeEdit")
        self.setProperty("field", True)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_LONGEST)
        self.setAccessibleName(self.tr("Customer’s code"))
        theme.size(self, height=52)
        self._now_ms = now_ms
        self._guard = ScanGuard()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(END_GAP_MS)
        self._silence.timeout.connect(self._on_silence)

    def take_key(self, event: QKeyEvent) -> bool:
        """Type a character, wherever the focus is; return whether the key was one."""
        text = event.text()
        is_command = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_command or len(text) != 1 or not text.isprintable():
            return False
        self._guard.character(text, self._at(event))
        self.insert(text)
        if self._guard.looks_like_scan:
            self._silence.start()
        return True

    def take_enter(self, event: QKeyEvent) -> bool:
        """End a scan with its Enter; return whether it was one, and not a person's own."""
        return self._end(self._guard.enter(self._at(event)))

    def forget(self) -> None:
        """Take everything out."""
        self._silence.stop()
        self._guard.forget()
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch the characters on their way into the field."""
        if not self.take_key(event):
            self._guard.forget()
            super().keyPressEvent(event)

    @Slot()
    def _on_silence(self) -> None:
        burst = self._guard.burst
        self._guard.forget()
        self._end(burst)

    def _end(self, burst: str) -> bool:
        self._silence.stop()
        if burst:
            self.setText(burst)
            self.scanned.emit()
        return bool(burst)

    def _at(self, event: QKeyEvent) -> int:
        return event.timestamp() or self._now_ms()
