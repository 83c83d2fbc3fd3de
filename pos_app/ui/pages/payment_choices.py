"""What the cashier chooses on the payment page: asked about where needed, then carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Attention
from pos_app.domain.gateways import needs_customer
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.ui.pages.payment_approvals import PaymentApprovals
from pos_app.ui.pages.payment_commands import PaymentCommands
from pos_app.ui.pages.payment_questions import PaymentQuestions
from pos_app.ui.widgets.payment_table import Action

if TYPE_CHECKING:
    from pos_app.domain.cards import KeyedCard
    from pos_app.domain.customers import Customer
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.payment_words import StateWords

_DEEDS: dict[Action, Callable[[PaymentCommands, PaymentView], None]] = {
    Action.CHECK: lambda do, _: do.check(),
    Action.CHECK_AGAIN: lambda do, _: do.check(),
    Action.PUT_ASIDE: lambda do, _: do.put_aside(),
    Action.CANCEL_AGAIN: lambda do, _: do.cancel(),
    Action.KEEP_WAITING: lambda do, _: do.keep_waiting(),
    Action.RETRY_CREATE: lambda do, _: do.send(),
    Action.STOP_CREATE: lambda do, _: do.go_back_to_sale(),
    Action.BACK_TO_SALE: lambda do, _: do.go_back_to_sale(),
    Action.OTHER_METHOD: lambda do, _: do.go_back_to_sale(),
    Action.SCAN: lambda do, _: do.scan_again(),
    Action.NEW_CODE: lambda do, view: do.new_code(view.charge),
    Action.PRINT: lambda do, _: do.print_receipt(),
    Action.PRINT_AGAIN: lambda do, _: do.print_receipt(),
    Action.PRINT_SLIP: lambda do, view: do.print_slip(view.returned),
    Action.DONE: lambda do, view: do.mark_seen(Attention.PAID_LATE, view.charge),
}


class PaymentChoices(QObject):
    """Knows which payment is on the page, and does to it what is chosen.

    Args:
        page: over which questions are asked.

    Signals:
        new_sale_wanted(): the cashier is done with this sale.
        changed(int): something about the charge of this id is on disk.
        ended(): a question has been answered without a deed; the buttons may be pressed again.
        toast_wanted(str): words for a toast.
        sound_wanted(str): a sound of ux.md 7.
        refund_changed(RefundChanged): comes in: what the window has heard of any refund.
    """

    new_sale_wanted = Signal()
    changed = Signal(int)
    ended = Signal()
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)
    refund_changed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._till: Till | None = None
        self._commands: PaymentCommands | None = None
        self._view: PaymentView | None = None
        self._questions = PaymentQuestions(page)
        self._questions.confirmed.connect(self._on_confirmed)
        self._questions.kept.connect(self.ended)
        self._questions.buyer_told.connect(self._on_buyer)
        self._questions.card_told.connect(self._on_card)
        self._approvals = PaymentApprovals(page)
        self.refund_changed.connect(self._approvals.refund_changed)
        self._approvals.ended.connect(self.ended)
        self._approvals.changed.connect(self.changed)
        self._approvals.toast_wanted.connect(self.toast_wanted)
        self._approvals.sound_wanted.connect(self.sound_wanted)

    def connect_till(self, till: Till, background: Background, commands: PaymentCommands) -> None:
        """Keep the services, and who carries things out."""
        self._till, self._commands = till, commands
        self._approvals.connect_till(till, background)

    def tell_person(self, person: Person | None) -> None:
        """Know who is at the till."""
        self._approvals.tell_person(person)

    def follow(self, view: PaymentView, words: StateWords) -> None:
        """Know what is on the page; close a question that it no longer raises."""
        self._view = view
        self._questions.withdraw(words if view.state is not Screen.NO_ANSWER else None)
        self._approvals.withdraw(words)

    def let_go(self) -> None:
        """Have no payment any more; open questions get their safe answer."""
        self._questions.withdraw(None)
        self._approvals.withdraw(None)
        self._view = None

    @Slot(object)
    def choose(self, action: Action) -> None:
        """Do `action` to the payment on the page, or ask about it first."""
        if self._till is None or self._commands is None or self._view is None:
            return
        charge = self._view.charge
        if action in {Action.CANCEL, Action.STOP}:
            self._questions.ask(action, charge)
        elif action is Action.NEW_CODE and needs_customer(charge.gateway):
            self._questions.ask_buyer(self._till, charge)
        elif action is Action.RETRY_CREATE and charge.is_card_keyed:
            self._questions.ask_card(self._till, charge)
        elif action in {Action.SETTLE, Action.REFUND}:
            self._approvals.begin(action, charge.id)
        elif action in {Action.NEW_SALE, Action.END_SALE}:
            self.new_sale_wanted.emit()
        else:
            _DEEDS[action](self._commands, self._view)

    @Slot(object)
    def _on_confirmed(self, action: Action) -> None:
        if self._commands is not None:
            (self._commands.cancel if action is Action.CANCEL else self._commands.stop)()

    @Slot(object, object)
    def _on_buyer(self, customer: Customer, card: KeyedCard | None) -> None:
        if self._commands is not None and self._view is not None:
            self._commands.new_code(self._view.charge, customer, card)

    @Slot(object)
    def _on_card(self, card: KeyedCard) -> None:
        if self._commands is not None:
            self._commands.send(card)
