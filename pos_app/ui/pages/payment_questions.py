"""The questions before a payment is cancelled or no longer waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.ui.dialogs.cancel_confirm import CancelConfirmDialog
from pos_app.ui.dialogs.stop_confirm import StopConfirmDialog
from pos_app.ui.pages.buyer_questions import BuyerQuestions
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords

if TYPE_CHECKING:
    from pos_app.domain.cards import KeyedCard
    from pos_app.domain.customers import Customer
    from pos_app.services.till import Till


class PaymentQuestions(QObject):
    """Asks over the payment page, one question at a time.

    Signals:
        confirmed(Action): CANCEL or STOP was meant.
        kept(): the safe answer was given.
        buyer_told(Customer, KeyedCard | None): who buys, for a new code or by another card.
        card_told(KeyedCard): the card once more, after it surely never left.
    """

    confirmed = Signal(object)
    kept = Signal()
    buyer_told = Signal(object, object)
    card_told = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._dialog: Dialog | None = None
        self._asked: Action | None = None
        self._buyer = BuyerQuestions(page)
        self._buyer.told.connect(self._on_buyer)
        self._buyer.given_up.connect(self._on_buyer_given_up)

    def ask(self, action: Action, charge: Charge) -> None:
        """Ask before CANCEL or STOP."""
        is_cancel = action is Action.CANCEL
        kind = CancelConfirmDialog if is_cancel else StopConfirmDialog
        dialog = kind(self._page, charge)
        dialog.answered.connect(self._on_answered)
        self._dialog, self._asked = dialog, action
        dialog.open()

    def ask_buyer(self, till: Till, charge: Charge) -> None:
        """Ask who buys, before the same sale is charged once more after `charge`."""
        self._asked = Action.NEW_CODE
        self._buyer.ask(till, charge.gateway, charge.amount)

    def ask_card(self, till: Till, charge: Charge) -> None:
        """Ask for the card once more, before `charge` is sent: it is not kept."""
        self._asked = Action.RETRY_CREATE
        self._buyer.ask_card(till, charge.gateway, charge.amount)

    def withdraw(self, words: StateWords | None) -> None:
        """Close the question with its safe answer, if the state no longer offers the action."""
        if words is not None and self._asked in words.actions:
            return
        self._buyer.withdraw()
        if self._dialog is not None:
            self._dialog.force_dismiss()

    @Slot(object, object)
    def _on_buyer(self, customer: Customer | None, card: KeyedCard | None) -> None:
        if self._asked is Action.RETRY_CREATE:
            self.card_told.emit(card)
        else:
            self.buyer_told.emit(customer, card)

    @Slot()
    def _on_buyer_given_up(self) -> None:
        self.kept.emit()

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        self._dialog = None
        if answer in {"cancel", "stop"}:
            self.confirmed.emit(self._asked)
        else:
            self.kept.emit()
