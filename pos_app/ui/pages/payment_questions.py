"""The questions before a payment is cancelled or no longer waited for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.gateways import gateway_name
from pos_app.ui.dialogs.cancel_confirm import CancelConfirmDialog
from pos_app.ui.dialogs.customer_details import CustomerDetailsDialog
from pos_app.ui.dialogs.stop_confirm import StopConfirmDialog
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords


class PaymentQuestions(QObject):
    """Asks over the payment page, one question at a time.

    Signals:
        confirmed(Action): CANCEL or STOP was meant.
        kept(): the safe answer was given.
        customer_told(Customer): who buys, for a new code.
    """

    confirmed = Signal(object)
    kept = Signal()
    customer_told = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._dialog: Dialog | None = None
        self._asked: Action | None = None

    def ask(self, action: Action, charge: Charge) -> None:
        """Ask before CANCEL or STOP."""
        is_cancel = action is Action.CANCEL
        kind = CancelConfirmDialog if is_cancel else StopConfirmDialog
        dialog = kind(self._page, charge)
        dialog.answered.connect(self._on_answered)
        self._dialog, self._asked = dialog, action
        dialog.open()

    def ask_customer(self, charge: Charge, country: str) -> None:
        """Ask who buys, before the same sale is charged once more.

        Args:
            charge: the one before.
            country: ISO 3166 code to begin with.
        """
        name = gateway_name(charge.gateway)
        dialog = CustomerDetailsDialog(self._page, name, charge.amount, country)
        dialog.answered.connect(partial(self._on_customer, dialog))
        self._dialog, self._asked = dialog, Action.NEW_CODE
        dialog.open()

    def withdraw(self, words: StateWords | None) -> None:
        """Close the question with its safe answer, if the state no longer offers the action."""
        if self._dialog is not None and (words is None or self._asked not in words.actions):
            self._dialog.force_dismiss()

    def _on_customer(self, dialog: CustomerDetailsDialog, _answer: str) -> None:
        self._dialog = None
        customer = dialog.take()
        if customer is None:
            self.kept.emit()
        else:
            self.customer_told.emit(customer)

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        self._dialog = None
        if answer in {"cancel", "stop"}:
            self.confirmed.emit(self._asked)
        else:
            self.kept.emit()
