"""The buttons under a payment: what gives it up at the left, the primary one at the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords


@dataclass(frozen=True, slots=True)
class ActionLook:
    """How one action is offered.

    Attributes:
        words: English source of the button's words.
        keys: the key that presses it wherever the focus is.
        is_way_out: stands at the left, away from what goes on.
    """

    words: object
    icon: str = ""
    keys: str = ""
    is_way_out: bool = False
    is_danger: bool = False


LOOKS: Mapping[Action, ActionLook] = MappingProxyType({
    Action.CHECK: ActionLook(QT_TRANSLATE_NOOP("Payment", "Check now"), "refresh", "F5"),
    Action.CHECK_AGAIN: ActionLook(QT_TRANSLATE_NOOP("Payment", "Check again"), "refresh", "F5"),
    Action.PUT_ASIDE: ActionLook(QT_TRANSLATE_NOOP("Payment", "Put aside"), keys="Ctrl+D"),
    Action.CANCEL: ActionLook(
        QT_TRANSLATE_NOOP("Payment", "Cancel payment"), "close", "Esc",
        is_way_out=True, is_danger=True,
    ),
    Action.CANCEL_AGAIN: ActionLook(
        QT_TRANSLATE_NOOP("Payment", "Try cancelling again"), is_way_out=True, is_danger=True
    ),
    Action.STOP: ActionLook(
        QT_TRANSLATE_NOOP("Payment", "Stop waiting"), "close", "Esc",
        is_way_out=True, is_danger=True,
    ),
    Action.KEEP_WAITING: ActionLook(QT_TRANSLATE_NOOP("Payment", "Keep waiting")),
    Action.RETRY_CREATE: ActionLook(QT_TRANSLATE_NOOP("Payment", "Try again"), "refresh"),
    Action.STOP_CREATE: ActionLook(
        QT_TRANSLATE_NOOP("Payment", "Stop"), "close", "Esc", is_way_out=True
    ),
    Action.BACK_TO_SALE: ActionLook(QT_TRANSLATE_NOOP("Payment", "Back to sale")),
    Action.NEW_CODE: ActionLook(QT_TRANSLATE_NOOP("Payment", "New code")),
    Action.SCAN: ActionLook(QT_TRANSLATE_NOOP("Payment", "Scan again")),
    Action.OTHER_METHOD: ActionLook(QT_TRANSLATE_NOOP("Payment", "Choose another method")),
    Action.END_SALE: ActionLook(QT_TRANSLATE_NOOP("Payment", "End sale"), is_way_out=True),
    Action.NEW_SALE: ActionLook(QT_TRANSLATE_NOOP("Payment", "New sale")),
    Action.PRINT: ActionLook(QT_TRANSLATE_NOOP("Payment", "Print receipt"), "printer", "P"),
    Action.PRINT_AGAIN: ActionLook(QT_TRANSLATE_NOOP("Payment", "Print again"), "printer", "P"),
    Action.DONE: ActionLook(QT_TRANSLATE_NOOP("Payment", "Done")),
    Action.REFUND: ActionLook(QT_TRANSLATE_NOOP("Payment", "Refund…"), "undo"),
    Action.PRINT_SLIP: ActionLook(QT_TRANSLATE_NOOP("Payment", "Print slip"), "printer", "P"),
    Action.SETTLE: ActionLook(QT_TRANSLATE_NOOP("Payment", "Settle with manager"), "key"),
})  # fmt: skip

_UNHINTED = frozenset({Action.PUT_ASIDE})
"""The pictures have no room for these keys; the tooltip and F12 name them."""


def action_button(action: Action, tall: str = "56") -> ActionButton:
    """Return a new button for `action`; its property `action` says which."""
    look = LOOKS[action]
    words = QCoreApplication.translate("Payment", str(look.words))
    kind = "danger" if look.is_danger else "secondary"
    hint = "" if action in _UNHINTED else look.keys
    button = ActionButton(
        words, kind, tall=tall, icon=look.icon, hint=hint, object_name=action.value
    )
    button.setProperty("action", action.value)
    if action in _UNHINTED:
        button.setAccessibleDescription(look.keys)
        button.setToolTip(f"{words} ({look.keys})")
    return button


class PaymentActions(QWidget):
    """Shows the buttons of a state; a pressed one switches itself off until the next state.

    Args:
        tab_after: what Tab leaves for the first of them.

    Signals:
        chosen(Action): a button was pressed.
    """

    chosen = Signal(object)

    def __init__(self, tab_after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tab_after = tab_after
        self._buttons: dict[Action, ActionButton] = {}
        self._shown: tuple[Action, ...] = ()
        self._is_narrow = False
        self._arranged: tuple[tuple[Action, ...], bool] | None = None
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=8)
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        theme.size(self._above, spacing=12)
        theme.size(self._row, spacing=12)
        column.addLayout(self._above)
        column.addLayout(self._row)

    @property
    def shown(self) -> tuple[Action, ...]:
        """What is offered; the first is the primary one."""
        return self._shown

    @property
    def primary(self) -> ActionButton | None:
        """The button that Enter means, if any."""
        return self._buttons[self._shown[0]] if self._shown else None

    def button(self, action: Action) -> ActionButton | None:
        """Return the button of an offered action that may be pressed now."""
        button = self._buttons.get(action)
        is_offered = button is not None and action in self._shown and button.isEnabled()
        return button if is_offered else None

    def show_actions(self, words: StateWords) -> None:
        """Offer the actions of a new state, all switched on."""
        self._shown = words.actions
        for action in words.actions:
            if action not in self._buttons:
                self._add(action)
        for action, button in self._buttons.items():
            button.set_off("")
            look = LOOKS[action]
            if words.actions[:1] == (action,) and not words.is_calm and not look.is_danger:
                button.set_kind("primary")
                button.set_hint("Enter" if action in _UNHINTED else look.keys or "Enter")
            elif not look.is_danger:
                button.set_kind("secondary")
                button.set_hint("" if action in _UNHINTED else look.keys)
        self._arrange()

    def switch_off(self, action: Action, reason: str) -> None:
        """Switch one action off with a reason in its words; an empty reason switches it on."""
        if action in self._buttons:
            self._buttons[action].set_off(reason)

    def release(self) -> None:
        """Switch on again what was pressed: the command has ended and the state is the same."""
        for button in self._buttons.values():
            if not button.sub:
                button.setEnabled(True)

    def set_narrow(self, is_narrow: bool) -> None:
        """Put the way out above the others where they do not fit beside each other."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _add(self, action: Action) -> None:
        button = action_button(action)
        button.setParent(self)
        button.clicked.connect(self._on_clicked)
        self._buttons[action] = button

    def _arrange(self) -> None:
        wanted = (self._shown, self._is_narrow)
        if wanted == self._arranged:
            return
        self._arranged = wanted
        # Qt lays the whole page out for each child that appears in what can be seen.
        was_hidden = self.isHidden()
        self.hide()
        self._place()
        self.setVisible(not was_hidden)

    def _place(self) -> None:
        for layout in (self._above, self._row):
            while layout.takeAt(0) is not None:
                pass
        for button in self._buttons.values():
            button.hide()
        outs = [action for action in self._shown if LOOKS[action].is_way_out]
        others = [action for action in self._shown if action not in outs]
        left = self._above if self._is_narrow else self._row
        for action in outs:
            left.addWidget(self._buttons[action])
        left.addStretch(1)
        if left is not self._row:
            self._row.addStretch(1)
        for action in reversed(others):
            self._row.addWidget(self._buttons[action])
        before = self._tab_after
        for action in (*outs, *reversed(others)):
            self._buttons[action].show()
            QWidget.setTabOrder(before, self._buttons[action])
            before = self._buttons[action]

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            button.press_once()
            self.chosen.emit(Action(button.property("action")))
