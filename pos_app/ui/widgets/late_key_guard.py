"""A late key or tap must not answer a question that has only just appeared (ux.md, 6.3)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

LATE_MS = 700

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_PRESSES = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseButtonRelease,
}
_ANSWER_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class LateKeyGuard(QObject):
    """For 700 ms after `hold`, ignores Enter, Space and taps on buttons inside a widget.

    `is_holding` says so to whoever handles keys elsewhere (the window does). It watches the
    buttons that are there and the widget itself, which gets what a field inside does not use: a
    filter on the application would be asked about every event of a page that is just coming up.

    Args:
        guarded: the widget; a button, or what has buttons in it.
        means_enter: whether Enter may mean one of them wherever the focus is.
    """

    def __init__(self, guarded: QWidget, *, means_enter: bool = True) -> None:
        super().__init__(guarded)
        self._guarded = guarded
        self.means_enter = means_enter
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_over)

    @property
    def is_holding(self) -> bool:
        """Whether keys and taps are ignored now."""
        return self._timer.isActive()

    @property
    def is_on_screen(self) -> bool:
        """Whether what it guards can be seen."""
        return self._guarded.isVisible()

    @Slot()
    def hold(self, duration_ms: int = LATE_MS) -> None:
        """Begin, or begin again; buttons made later are not guarded."""
        for widget in self._watched():
            widget.installEventFilter(self)
        self._timer.start(duration_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what came too late."""
        kind = event.type()
        if kind in _KEYS:
            assert isinstance(event, QKeyEvent)
            return event.key() in _ANSWER_KEYS
        return kind in _PRESSES and isinstance(watched, QAbstractButton)

    def _watched(self) -> list[QWidget]:
        return [self._guarded, *self._guarded.findChildren(QAbstractButton)]

    @Slot()
    def _on_over(self) -> None:
        for widget in self._watched():
            widget.removeEventFilter(self)


def is_held(root: QWidget) -> bool:
    """Return whether Enter means nothing right now: what it would press has only just come."""
    return any(
        guard.means_enter and guard.is_holding and guard.is_on_screen
        for guard in root.findChildren(LateKeyGuard)
    )
