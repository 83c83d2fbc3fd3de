"""Toasts: short words at the window's foot that need no answer (ux.md, section 5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label

PLAIN_MS = 5_000
WITH_ACTION_MS = 10_000
MOST = 2


class Toast(QFrame):
    """One toast; goes by itself, and waits while the focus is in it.

    Signals:
        over(QObject): its time is over or its action was taken.
    """

    over = Signal(object)

    def __init__(
        self, text: str, action_text: str, action: Callable[[], None] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setProperty("bar", "toast")
        self.setAccessibleName(text)
        self._action = action
        theme.size(self, height=56)
        row = QHBoxLayout(self)
        theme.size(row, margins=(20, 0, 12, 0), spacing=16)
        row.addWidget(Label(text, "bodyStrong", parent=self))
        self.button: QPushButton | None = None
        if action is not None:
            self.button = QPushButton(action_text, self)
            self.button.setObjectName("toastActionButton")
            self.button.setProperty("kind", "text")
            self.button.clicked.connect(self._on_action)
            row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PLAIN_MS if action is None else WITH_ACTION_MS)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """Show it and let its time run."""
        self.adjustSize()
        self.show()
        self._timer.start()
        announce(self, self.accessibleName())

    @Slot()
    def _on_time(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start()
            return
        self.over.emit(self)

    @Slot()
    def _on_action(self) -> None:
        action, self._action = self._action, None
        self.over.emit(self)
        if action is not None:
            action()


class ToastArea(QObject):
    """Shows at most two toasts, centred at the foot of a window; the oldest makes room."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    def show_toast(
        self, text: str, action_text: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Say `text`, with at most one action. Never for money outcomes that need someone."""
        while len(self._toasts) >= MOST:
            self._on_over(self._toasts[0])
        toast = Toast(text, action_text, action, self._window)
        toast.over.connect(self._on_over)
        self._toasts.append(toast)
        toast.begin()
        self._place()

    @Slot()
    def clear(self) -> None:
        """Take all of them away, and their actions: whoever was told has left."""
        for toast in tuple(self._toasts):
            self._on_over(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        # The type first: a window that is being taken apart sends events to what is half gone.
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return False

    @Slot(object)
    def _on_over(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        foot = self._window.height() - theme.px(24)
        for toast in reversed(self._toasts):
            foot -= toast.height()
            toast.move((self._window.width() - toast.width()) // 2, foot)
            toast.raise_()
            foot -= theme.px(8)
