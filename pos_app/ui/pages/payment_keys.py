"""The keyboard of the payment page (ux.md 6.3), and the code as large as the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.services.payment_view import PaymentView
from pos_app.ui.pages.page import Shortcut
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.big_code_view import BigCodeView
from pos_app.ui.widgets.payment_stage import PaymentStage
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.scan_guard import ScanGuard, now_ms

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ACTIONS = {
    Qt.Key.Key_Escape: (Action.CANCEL, Action.STOP),
    Qt.Key.Key_F5: (Action.CHECK, Action.CHECK_AGAIN),
    Qt.Key.Key_P: (Action.PRINT, Action.PRINT_SLIP),
}


class LargerCode(QObject):
    """Covers the page's window with the code on request; made at the first one.

    Signals:
        closed(): the page can be seen again.
    """

    closed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._cover: BigCodeView | None = None

    def open(self, view: PaymentView | None) -> None:
        """Show the code of `view` as large as the window; nothing where there is none."""
        if view is None or view.code is None:
            return
        if self._cover is None:
            self._cover = BigCodeView(self._page.window())
            self._cover.closed.connect(self.closed)
        self._cover.show_code(view)

    def follow(self, view: PaymentView) -> None:
        """Stay in line with the payment; without a code to pay it goes away."""
        if self._cover is not None and self._cover.isVisible():
            self._cover.show_code(view)

    def close(self) -> None:
        """Take it away."""
        if self._cover is not None:
            self._cover.close_view()

    def take_key(self, event: QKeyEvent) -> bool:
        """Use every key while it is open; return whether it is."""
        if self._cover is None or not self._cover.isVisible():
            return False
        self._cover.keyPressEvent(event)
        return True


class PaymentKeys(QObject):
    """Presses the stage's buttons for keys, wherever the focus is.

    What a scanner types presses none: a code that is scanned twice must not print, nor answer
    what has come on the screen meanwhile.

    Signals:
        larger_keyed(): Ctrl+B.
    """

    larger_keyed = Signal()

    def __init__(self, stage: PaymentStage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._guard = ScanGuard()

    def handle(self, event: QKeyEvent) -> bool:
        """Use a key of `shortcuts`; return whether it was one."""
        key, at_ms = Qt.Key(event.key()), event.timestamp() or now_ms()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_B:
                self.larger_keyed.emit()
                return True
            return key == Qt.Key.Key_D and self._press(Action.PUT_ASIDE)
        if key in _ENTER:
            if self._guard.enter(at_ms):
                return True
            return self._stage.is_guarded or _click(self._stage.primary)
        if event.text().isprintable() and event.text():
            self._guard.character(event.text(), at_ms)
            if self._guard.is_fast:
                return True
        return self._press(*_ACTIONS.get(key, ()))

    def _press(self, *actions: Action) -> bool:
        """Press the first of `actions` that is offered; return whether there was one."""
        return any(_click(self._stage.button(action)) for action in actions)


def shortcuts() -> tuple[Shortcut, ...]:
    """Return what the keys do on the payment page, for F12."""
    return (
        Shortcut("Enter", _tr("The marked button; once paid, a new sale")),
        Shortcut("F5", _tr("Check now")),
        Shortcut("Ctrl+B", _tr("Show the code larger")),
        Shortcut("Ctrl+D", _tr("Put aside")),
        Shortcut("Esc", _tr("Cancel payment or stop waiting; asks first")),
        Shortcut("P", _tr("Print the receipt or slip")),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("PaymentPage", words)


def _click(button: ActionButton | None) -> bool:
    if button is None or not button.isEnabled():
        return False
    button.click()
    return True
