"""Who buys, and their card where the cashier keys it: the questions before a card is charged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.customers import Customer
from pos_app.domain.gateways import gateway_name
from pos_app.domain.money import Money
from pos_app.ui.dialogs.customer_details import KEY_CARD, CustomerDetailsDialog
from pos_app.ui.dialogs.keyed_card import KeyedCardDialog

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.widgets.dialog import Dialog


class BuyerQuestions(QObject):
    """Asks over a page, one question after the other.

    Args:
        page: over which the questions are asked.

    Signals:
        told(Customer | None, KeyedCard | None): the answers. The card is None where the customer
            enters it on the service's page; the customer where only the card was asked for.
        given_up(): the cashier went back.
    """

    told = Signal(object, object)
    given_up = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._dialog: Dialog | None = None

    def ask(self, till: Till, gateway: str, amount: Money) -> None:
        """Ask who buys; where the shop allows it, the card may be keyed then.

        Args:
            till: whose settings and clock count.
            gateway: id of the payment service that is told.
            amount: what is to be charged.
        """
        dialog = CustomerDetailsDialog(
            self._page,
            gateway_name(gateway),
            amount,
            till.settings.customer_country(gateway),
            may_key_card=till.settings.may_key_cards(gateway),
        )
        dialog.answered.connect(partial(self._on_customer, dialog, till, gateway, amount))
        self._dialog = dialog
        dialog.open()

    def ask_card(
        self, till: Till, gateway: str, amount: Money, customer: Customer | None = None
    ) -> None:
        """Ask for the card alone; `customer` is told together with it."""
        today = till.clock.local(till.clock.now()).date()
        dialog = KeyedCardDialog(
            self._page, gateway_name(gateway), amount, today, is_training=till.is_training
        )
        dialog.answered.connect(partial(self._on_card, dialog, customer))
        self._dialog = dialog
        dialog.open()

    def withdraw(self) -> None:
        """Answer an open question with going back."""
        if self._dialog is not None:
            self._dialog.force_dismiss()

    def _on_customer(
        self, dialog: CustomerDetailsDialog, till: Till, gateway: str, amount: Money, answer: str
    ) -> None:
        self._dialog = None
        customer = dialog.take()
        if customer is None:
            self.given_up.emit()
        elif answer == KEY_CARD:
            self.ask_card(till, gateway, amount, customer)
        else:
            self.told.emit(customer, None)

    def _on_card(self, dialog: KeyedCardDialog, customer: Customer | None, _answer: str) -> None:
        self._dialog = None
        card = dialog.take()
        if card is None:
            self.given_up.emit()
        else:
            self.told.emit(customer, card)
