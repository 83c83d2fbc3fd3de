"""From a press of Charge to a recorded charge, with the questions that come between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.cards import KeyedCard
from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CustomerCode
from pos_app.domain.customers import Customer
from pos_app.domain.errors import ChargeStillOpenError, PosAppError
from pos_app.domain.gateways import needs_customer, takes_tips
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale
from pos_app.ui.dialogs.large_amount import LargeAmountDialog
from pos_app.ui.dialogs.same_customer import SameCustomerDialog
from pos_app.ui.dialogs.tip import TipDialog
from pos_app.ui.pages.buyer_questions import BuyerQuestions

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


@dataclass(frozen=True, slots=True)
class Wish:
    """What the cashier wants to charge.

    Attributes:
        total: what is to be charged, a tip included, in the currency of `method`.
        cashier_id: who sells.
        code: the customer's own, where that is to be charged.
        customer: who buys, where the payment service must know.
        card: keyed by the cashier; the checkout's once the charge is recorded, wiped here before.
        tip: the part of `total` that is a tip, may be zero; None: nobody has been asked.
    """

    sale: Sale
    method: PaymentMethod
    total: Money
    cashier_id: int
    code: CustomerCode | None = None
    customer: Customer | None = None
    card: KeyedCard | None = None
    tip: Money | None = None


class ChargeFlow(QObject):
    """One press of Charge at a time. Nothing is sent here: the payment page sends.

    Args:
        page: over which the questions are asked.

    Signals:
        started(Charge): the intent is on disk.
        refused(PosAppError): it could not be written. Money: nothing happened.
        given_up(): the cashier went back at a question.
        open_payment_wanted(int): the cashier wants to see this earlier charge.
    """

    started = Signal(object)
    refused = Signal(object)
    given_up = Signal()
    open_payment_wanted = Signal(int)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._till: Till | None = None
        self._background: Background | None = None
        self._asking: Wish | None = None
        self._buyer = BuyerQuestions(page)
        self._buyer.told.connect(self._on_buyer)
        self._buyer.given_up.connect(self.given_up)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def begin(self, wish: Wish) -> None:
        """Ask for a tip and about a large amount, then write the intent down."""
        if self._till is None:
            self.given_up.emit()
            return
        methods = self._till.settings.methods
        is_asked_for = methods.tips and takes_tips(self._till.settings.gateway(wish.method))
        if wish.tip is None and is_asked_for:
            self._ask_tip(wish, methods.tips)
        else:
            self._ask_about_amount(wish)

    def _ask_tip(self, wish: Wish, percentages: tuple[int, ...]) -> None:
        dialog = TipDialog(self._page, wish.total, percentages)
        dialog.tip_chosen.connect(partial(self._on_tip, wish))
        dialog.answered.connect(self._on_tip_answered)
        dialog.open()

    def _on_tip(self, wish: Wish, tip: Money) -> None:
        self._ask_about_amount(replace(wish, tip=tip, total=wish.total + tip))

    def _on_tip_answered(self, answer: str) -> None:
        if answer != "go":
            self.given_up.emit()

    def _ask_about_amount(self, wish: Wish) -> None:
        assert self._till is not None
        limit = self._till.settings.large_amount
        if wish.total.currency == limit.currency and limit <= wish.total:
            dialog = LargeAmountDialog(self._page, wish.total)
            dialog.answered.connect(partial(self._on_large, wish))
            dialog.open()
        else:
            self._ask_customer(wish)

    def _on_large(self, wish: Wish, answer: str) -> None:
        if answer == "charge":
            self._ask_customer(wish)
        else:
            self.given_up.emit()

    def _ask_customer(self, wish: Wish) -> None:
        assert self._till is not None
        gateway = self._till.settings.gateway(wish.method)
        if not needs_customer(gateway):
            self._charge(wish)
            return
        self._asking = wish
        self._buyer.ask(self._till, gateway, wish.total)

    @Slot(object, object)
    def _on_buyer(self, customer: Customer, card: KeyedCard | None) -> None:
        wish, self._asking = self._asking, None
        if wish is not None:
            self._charge(replace(wish, customer=customer, card=card))

    def _charge(self, wish: Wish, *, is_other_customer: bool = False) -> None:
        if self._till is None or self._background is None:
            self.given_up.emit()
            return
        charge: Callable[..., Charge]
        if wish.code is None:
            charge = partial(
                self._till.checkout.charge,
                wish.sale,
                wish.method,
                wish.cashier_id,
                customer=wish.customer,
                tip=wish.tip,
                card=wish.card,
            )
        else:
            taking = self._till.taking
            charge = partial(taking.charge, wish.sale, wish.code, wish.cashier_id, tip=wish.tip)
        failed = partial(self._on_refused, wish)
        call = partial(charge, is_other_customer=is_other_customer)
        self._background.run(call, self.started.emit, failed, owner=self, lane="charge")

    def _on_refused(self, wish: Wish, error: PosAppError) -> None:
        if not isinstance(error, ChargeStillOpenError):
            _wipe(wish)
            self.refused.emit(error)
            return
        dialog = SameCustomerDialog(self._page, wish.total, error.reference, self._earlier(error))
        dialog.answered.connect(partial(self._on_same_customer, wish, error.charge_id))
        dialog.open()

    def _earlier(self, error: ChargeStillOpenError) -> Charge | None:
        assert self._till is not None
        try:
            return self._till.payments.view(error.charge_id).charge
        except LookupError:  # made by another till, or before the program was started
            return None

    def _on_same_customer(self, wish: Wish, charge_id: int, answer: str) -> None:
        if answer == "other":
            self._charge(wish, is_other_customer=True)
            return
        _wipe(wish)
        self.given_up.emit()
        if answer == "go":
            self.open_payment_wanted.emit(charge_id)


def _wipe(wish: Wish) -> None:
    if wish.card is not None:
        wish.card.wipe()
