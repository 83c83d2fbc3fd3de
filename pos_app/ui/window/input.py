"""Keys, taps and idleness, seen before any widget sees them.

The filter sits on the native window, which gets each press once, instead of on the application,
which would hand every paint and timer event to Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from pos_app.domain.amount_entry import MAX_DIGITS
from pos_app.ui.widgets.dialog import Dialog, open_dialog
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.scan_guard import ScanGuard, now_ms
from pos_app.ui.widgets.trouble_page import is_covered

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.widgets.focus_ring import FocusRing

HINTS_HIDE_MS = 5 * 60_000
MANAGER_LEAVES_MS = 5 * 60_000
"""A manager's visit to the settings ends after so long without input (ux.md 6.7)."""

_MOVING = frozenset({
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
})  # fmt: skip
_MODIFIERS = frozenset({
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta
})  # fmt: skip
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_EDITING = frozenset({
    Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete, Qt.Key.Key_Insert,
})  # fmt: skip
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_POINTER = frozenset({
    QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress
})  # fmt: skip


class WindowInput(QObject):
    """Routes keys, tells the focus ring what is in use, and notices idleness.

    What a barcode scanner types answers no dialog and presses no button (ux.md 5).

    Signals:
        idle(): nobody has touched anything for the time of `watch_idleness`.
        manager_idle(): nobody has for 5 minutes, during a visit; again after each further 5.
        keyboard_unused(bool): True after 5 minutes without a key, False at the next one.
    """

    idle = Signal()
    manager_idle = Signal()
    keyboard_unused = Signal(bool)

    def __init__(
        self,
        window: QWidget,
        ring: FocusRing,
        window_key: Callable[[QKeyEvent], bool],
        page_key: Callable[[QKeyEvent], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._ring = window, ring
        self._window_key, self._page_key = window_key, page_key
        self._was_offered = False
        self._guard = ScanGuard()
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.timeout.connect(self.idle)
        self._manager_timer = QTimer(self)
        self._manager_timer.setInterval(MANAGER_LEAVES_MS)
        self._manager_timer.timeout.connect(self.manager_idle)
        self._hint_timer = QTimer(self)
        self._hint_timer.setSingleShot(True)
        self._hint_timer.setInterval(HINTS_HIDE_MS)
        self._hint_timer.timeout.connect(self._on_keyboard_unused)
        self._is_keyboard_used = True

    def watch_idleness(self, idle_ms: int) -> None:
        """Say `idle` after `idle_ms` without input, and again after each further time."""
        self._idle_timer.setInterval(idle_ms)
        self._idle_timer.start()
        self._hint_timer.start()

    @Slot(bool)
    def watch_manager(self, is_there: bool) -> None:
        """Say `manager_idle` from now on, or no more."""
        if is_there:
            self._manager_timer.start()
        else:
            self._manager_timer.stop()

    def wait_again(self) -> None:
        """Begin the idle time anew: locking had to wait."""
        self._idle_timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what comes to the native window."""
        del watched
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._was_offered = True
            return self.offer(event)
        if kind == QEvent.Type.KeyRelease:
            self._was_offered = False
            self._ring.key_over()
        elif kind in _POINTER:
            self._ring.by_pointer()
            self._restart_idle()
        elif kind == QEvent.Type.MouseMove:
            self._restart_idle()
        return False

    def offer_unused(self, event: QKeyEvent) -> bool:
        """Route a key that no widget used, unless it has been offered already."""
        was_offered, self._was_offered = self._was_offered, False
        return not was_offered and self.offer(event)

    def offer(self, event: QKeyEvent) -> bool:
        """Route a key press; return whether it was used up."""
        self._on_keyboard(event)
        key = event.key()
        if key in _MODIFIERS:
            return False
        if key in _ENTER and (event.isAutoRepeat() or is_held(self._window)):
            return True
        return not is_covered(self._window) and self._route(event)

    def _route(self, event: QKeyEvent) -> bool:
        scanned = self._scanned(event)
        dialog = open_dialog(self._window)
        if dialog is not None:
            # What a scanner has typed is no answer to a question, and no PIN.
            return len(scanned) > MAX_DIGITS or _offer_to(dialog, event)
        if scanned:
            self._page_key(event)  # it presses no button, whichever has the focus
            return True
        if self._window_key(event):
            return True
        return not _is_typing(event) and self._offer_to_page(event)

    def _scanned(self, event: QKeyEvent) -> str:
        """Return what a scan has brought that this key ends, else empty.

        What goes into a field for texts or cards is not kept here, and is that field's matter.
        """
        text, at_ms = event.text(), event.timestamp() or now_ms()
        if event.key() in _ENTER:
            return self._guard.enter(at_ms)
        is_own = isinstance(QApplication.focusWidget(), _TEXT_FIELDS)
        if len(text) == 1 and text.isprintable() and not is_own:
            self._guard.character(text, at_ms)
        else:
            self._guard.forget()
        return ""

    def _offer_to_page(self, event: QKeyEvent) -> bool:
        if self._press_focused(event, only_walked_to=True) or self._page_key(event):
            return True
        return self._press_focused(event, only_walked_to=False)

    def _press_focused(self, event: QKeyEvent, *, only_walked_to: bool) -> bool:
        """Let Enter press the button that has the focus (ux.md, section 9)."""
        focused = QApplication.focusWidget()
        if event.key() not in _ENTER or not isinstance(focused, QAbstractButton):
            return False
        if only_walked_to and not self._ring.is_walked_to:
            return False
        if focused.isEnabled():
            focused.click()
        return True

    def _on_keyboard(self, event: QKeyEvent) -> None:
        self._ring.by_keyboard(is_moving=event.key() in _MOVING)
        self._restart_idle()
        self._hint_timer.start()
        if not self._is_keyboard_used:
            self._is_keyboard_used = True
            self.keyboard_unused.emit(False)

    def _restart_idle(self) -> None:
        for timer in (self._idle_timer, self._manager_timer):
            if timer.isActive():
                timer.start()

    @Slot()
    def _on_keyboard_unused(self) -> None:
        self._is_keyboard_used = False
        self.keyboard_unused.emit(True)


def _offer_to(dialog: Dialog, event: QKeyEvent) -> bool:
    if event.key() == Qt.Key.Key_Escape:
        dialog.dismiss()
        return True
    return not _is_typing(event) and dialog.handle_key(event)


def _is_typing(event: QKeyEvent) -> bool:
    """Return whether the key belongs to the text field that has the focus."""
    focused = QApplication.focusWidget()
    if not isinstance(focused, _TEXT_FIELDS):
        return False
    if isinstance(focused, QLineEdit) and focused.isReadOnly():
        return False
    key, modifiers = event.key(), event.modifiers()
    if key in _ENTER:
        return isinstance(focused, (QPlainTextEdit, QTextEdit))
    if key == Qt.Key.Key_Escape or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
        return False
    is_command = modifiers & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    return not is_command or key in _EDITING
