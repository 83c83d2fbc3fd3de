"""The three faces of the payment page: in the making, paid, unknown. Exactly one is on top."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos_app.receipts.rows import Receipt
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.services.printing import PrintResult
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.late_key_guard import LateKeyGuard
from pos_app.ui.widgets.paid_panel import PaidPanel
from pos_app.ui.widgets.payment_panel import PaymentPanel
from pos_app.ui.widgets.payment_table import ASSERTIVE, Action
from pos_app.ui.widgets.payment_words import StateWords
from pos_app.ui.widgets.tab_order import put_in_order, stops_in
from pos_app.ui.widgets.unknown_panel import UnknownPanel

PAID = frozenset({Screen.PAID, Screen.PAID_LATE})
_ASIDE = QSizePolicy.Policy.Ignored
"""What is not on top must not keep room: a stack is as large as its largest page."""


class PaymentStage(QStackedWidget):
    """Shows views; moves focus, announces and holds late keys back when the state changes.

    The face of a payment in the making is there from the start, the others when they are first
    asked for, or by `make_next`.

    Signals:
        chosen(Action): a button was pressed.
        contact_changed(str): how to reach the customer was edited and left.
    """

    chosen = Signal(object)
    contact_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces: list[PaymentPanel | PaidPanel | UnknownPanel] = []
        self.panel = PaymentPanel()
        self._paid: PaidPanel | None = None
        self._unknown: UnknownPanel | None = None
        self._guard = LateKeyGuard(self)
        self._view: PaymentView | None = None
        self._words: StateWords | None = None
        self._actions: tuple[Action, ...] = ()
        self._add(self.panel)
        self._turn_to(self.panel)
        self.panel.action_row.chosen.connect(self.chosen)

    @property
    def paid(self) -> PaidPanel:
        """The face of a paid payment."""
        if self._paid is None:
            self._paid = PaidPanel()
            self._paid.chosen.connect(self.chosen)
            self._paid.begin()
            self._add(self._paid)
        return self._paid

    @property
    def unknown(self) -> UnknownPanel:
        """The face of a payment whose outcome is unknown."""
        if self._unknown is None:
            self._unknown = UnknownPanel()
            self._unknown.chosen.connect(self.chosen)
            self._unknown.contact_changed.connect(self.contact_changed)
            self._add(self._unknown)
        return self._unknown

    def make_next(self) -> bool:
        """Make one more face; return whether there was one to make."""
        if self._paid is None:
            return self.paid is not None
        return self._unknown is None and self.unknown is not None

    @property
    def primary(self) -> ActionButton | None:
        """The button that Enter means, if the state has one."""
        return self._face().primary

    @property
    def is_guarded(self) -> bool:
        """Whether the state is so new that a late Enter must not answer it."""
        return self._guard.is_holding

    def button(self, action: Action) -> ActionButton | None:
        """Return the button of an action that may be pressed now."""
        return self._face().button(action)

    def release(self) -> None:
        """Switch pressed buttons on again: a command has ended and the state is the same."""
        for face in self._faces:
            face.release()

    def show_trouble(self, happened: str, text: str) -> bool:
        """Say that a command could not be carried out; False where there is no place for it."""
        if self.currentWidget() is not self.panel:
            return False
        self.panel.show_trouble(happened, text)
        return True

    def clear(self) -> None:
        """Take everything payable off the screen; the next view is a new one."""
        if self._view is not None:
            self._forget()
        self._view = None
        self.panel.scan.clear()

    @Slot(object)
    def show_receipt(self, receipt: Receipt) -> None:
        """Show the paper of the payment."""
        self.paid.receipt.show_receipt(receipt)

    @Slot()
    def show_printing(self) -> None:
        """Say that the paper is on its way to the printer."""
        self.paid.show_printing()

    @Slot(object)
    def show_print_result(self, result: PrintResult) -> None:
        """Say what became of printing."""
        self.paid.show_print_result(result)

    @Slot(str)
    def show_contact(self, contact: str) -> None:
        """Show how to reach the customer."""
        self.unknown.show_contact(contact)

    def hand_over_contact(self) -> None:
        """Tell of a contact that was typed and has not been told yet."""
        if self._unknown is not None:
            self._unknown.hand_over_contact()

    def show_view(self, view: PaymentView, words: StateWords, now: datetime) -> bool:
        """Show `view`; return whether it is a new state or another charge."""
        before, self._view, self._words = self._view, view, words
        is_other = before is None or before.charge.id != view.charge.id
        is_new = is_other or (before is not None and before.state is not view.state)
        if is_other and before is not None:
            self._forget()
        has_new_buttons = is_other or words.actions != self._actions
        if is_new or has_new_buttons:
            self._actions = words.actions
            self.panel.action_row.show_actions(words)
        if is_new:
            self.panel.hide_trouble()
        self.panel.show_view(view, words, now)
        if view.state in PAID:
            self.paid.show_view(view, words, is_new=is_new)
        elif view.state is Screen.UNKNOWN:
            self.unknown.show_view(view, words, now)
        if has_new_buttons:
            self._guard.hold()
        if is_new:
            self._enter(view)
        return is_new

    def announce_state(self) -> None:
        """Have the state read aloud: the page has come up with it."""
        if self._view is not None and self._words is not None:
            text = f"{self._words.title} {self._words.text}"
            announce(self, text, is_urgent=self._view.state in ASSERTIVE)

    def focus_first(self) -> None:
        """Put the focus on the primary button; without one, on nothing that Enter would press."""
        wanted = self.primary or self
        if wanted.isVisible():
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Let nothing of one payment be seen with the next."""
        if self._paid is not None:
            self._paid.begin()
        if self._unknown is not None:
            self._unknown.begin()

    def _enter(self, view: PaymentView) -> None:
        if view.state in PAID:
            self._turn_to(self.paid)
        elif view.state is Screen.UNKNOWN:
            self.unknown.release()
            self._turn_to(self.unknown)
        else:
            self._turn_to(self.panel)
        self.focus_first()
        if self.currentWidget() is not self.panel and self.isVisible():
            self.announce_state()

    def _add(self, face: PaymentPanel | PaidPanel | UnknownPanel) -> None:
        face.setSizePolicy(_ASIDE, _ASIDE)
        self._faces.append(face)
        self.addWidget(face)
        if face is not self.panel:
            put_in_order([self.panel.scan.larger, *stops_in(face)])

    def _turn_to(self, wanted: QWidget) -> None:
        for face in self._faces:
            policy = QSizePolicy.Policy.Expanding if face is wanted else _ASIDE
            face.setSizePolicy(policy, policy)
        self.setCurrentWidget(wanted)

    def _face(self) -> PaymentPanel | PaidPanel | UnknownPanel:
        return self._faces[self.currentIndex()]
