"""What is about to be charged, written down before anything is sent (design.md, promise 1)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain.amount_entry import MAX_DIGITS
from pos_app.domain.charges import Charge
from pos_app.domain.errors import (
    AmountError,
    ChargeStillOpenError,
    GatewayNotSetUp,
    MethodNotAvailableError,
    NoShiftError,
    SaleAlreadyPaidError,
)
from pos_app.domain.gateways import takes_keyed_cards, takes_tips
from pos_app.domain.references import new_reference, random_tail
from pos_app.services.board import Facts
from pos_app.services.ledger import difference
from pos_app.services.watching import LEASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.methods import PaymentMethod
    from pos_app.domain.money import Money
    from pos_app.domain.sales import Sale
    from pos_app.domain.shifts import Shift
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.catalogue import Catalogue, MethodChoice
    from pos_app.services.ledger import Ledger
    from pos_app.storage.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)

SAME_CUSTOMER_WITHIN = timedelta(minutes=30)
"""The same amount again within this time asks "Is this the same customer?" (promise 7)."""


class Intents:
    """Records sales and the charges about to be made for them. Blocks; sends nothing.

    Args:
        till_code: begins every reference of this till.
        owner: under which this till watches charges.
        tail: makes the random end of a reference.
    """

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        gateways: GatewayDirectory,
        *,
        till_code: str,
        owner: str,
        tail: Callable[[], str] = random_tail,
    ) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._gateways = gateways
        self._till_code = till_code
        self._owner = owner
        self._tail = tail

    def write(
        self,
        sale: Sale,
        method: PaymentMethod,
        cashier_id: int,
        *,
        is_other_customer: bool,
        is_customer_presented: bool,
        is_card_keyed: bool,
        tip: Money | None = None,
    ) -> Charge:
        """Write a sale and the intent to charge it down; leased, so that no other till asks.

        Arguments and errors are those of `Checkout.charge`; each error means that nothing was
        written, and nothing may be sent.
        """
        choice = self._catalogue.choice(method, is_customer_presented=is_customer_presented)
        price, amount = _price_and_amount(sale, choice, tip)
        gateway_id, credentials = self._gateway_for(
            method, is_customer_presented=is_customer_presented
        )
        _refuse_extras(gateway_id, method, is_card_keyed=is_card_keyed, has_tip=bool(tip))
        now = self._ledger.clock.now()
        with self._ledger.store.write() as work:
            shift = self._open_shift(work)
            self._refuse_second(work, sale, price, now, is_other_customer=is_other_customer)
            sale = sale if sale.id else self._recorded(work, sale, amount, shift, cashier_id)
            charge = work.charges.add(
                Charge(
                    id=0,
                    reference=self._new_reference(work, now),
                    sale_id=sale.id,
                    till_code=self._till_code,
                    shift_id=shift.id,
                    cashier_id=cashier_id,
                    method=method,
                    amount=amount,
                    gateway=gateway_id,
                    credentials=credentials,
                    created_at=now,
                    is_customer_presented=is_customer_presented,
                    is_card_keyed=is_card_keyed,
                    tip=tip or None,
                )
            )
            self._lease_and_journal(work, charge)
            cashier = work.people.get(cashier_id).name
        self._ledger.board.remember(charge.id, Facts(cashier, sale.count))
        return charge

    def _open_shift(self, work: UnitOfWork) -> Shift:
        shift = work.shifts.open_at(self._till_code)
        if shift is None:
            raise NoShiftError("No shift is open.")
        return shift

    def _lease_and_journal(self, work: UnitOfWork, charge: Charge) -> None:
        at, news = charge.created_at, difference(None, charge)
        work.charges.lease(charge.id, self._owner, at + LEASE)
        work.journal.append("charge_created", charge.reference, at, charge.cashier_id, news)

    def _gateway_for(
        self, method: PaymentMethod, *, is_customer_presented: bool
    ) -> tuple[str, str]:
        """Return gateway and credentials; without a token the charge is refused when sent."""
        if is_customer_presented:
            taking = self._gateways.for_codes()
            return taking.id, taking.credentials
        try:
            gateway = self._gateways.for_new(method)
        except GatewayNotSetUp as trouble:
            _log.warning("charging without a gateway: %s", trouble)
            return self._gateways.id_for(method), ""
        return gateway.id, gateway.credentials

    def _recorded(
        self, work: UnitOfWork, sale: Sale, amount: Money, shift: Shift, cashier_id: int
    ) -> Sale:
        return work.sales.add(
            sale,
            amount.currency,
            till_code=self._till_code,
            cashier_id=cashier_id,
            shift_id=shift.id,
            at=self._ledger.clock.now(),
        )

    def _refuse_second(
        self,
        work: UnitOfWork,
        sale: Sale,
        price: Money,
        now: datetime,
        *,
        is_other_customer: bool,
    ) -> None:
        if sale.id and work.charges.has_paid(sale.id):
            raise SaleAlreadyPaidError("This sale has been paid.")
        if not is_other_customer:
            earlier = work.charges.recent_open(price, now - SAME_CUSTOMER_WITHIN)
            if earlier is not None:
                raise ChargeStillOpenError(earlier.id, earlier.reference)

    def _new_reference(self, work: UnitOfWork, now: datetime) -> str:
        """Return a reference that this ledger has never seen (promise 2)."""
        today = self._ledger.clock.local(now).date()
        while True:
            number = work.tills.next_number(self._till_code)
            reference = new_reference(self._till_code, today, number, self._tail())
            if work.charges.by_reference(reference) is None:
                return reference


def _refuse_extras(
    gateway_id: str, method: PaymentMethod, *, is_card_keyed: bool, has_tip: bool
) -> None:
    if is_card_keyed and not takes_keyed_cards(gateway_id):
        raise MethodNotAvailableError(f"{method} takes no keyed cards here.")
    if has_tip and not takes_tips(gateway_id):
        raise MethodNotAvailableError(f"{method} takes no tips here.")


def _price_and_amount(sale: Sale, choice: MethodChoice, tip: Money | None) -> tuple[Money, Money]:
    if any(line.unit_price.currency != choice.currency for line in sale.lines):
        raise MethodNotAvailableError(f"{choice.method} takes {choice.currency} only.")
    price = sale.total(choice.currency)
    if price.minor <= 0:
        raise AmountError("The amount must be above zero.")
    if tip is not None and (tip.minor < 0 or tip.currency != choice.currency):
        raise AmountError(f"{tip} can't be a tip.")
    amount = price if tip is None else price + tip
    if len(str(amount.minor)) > MAX_DIGITS:
        raise AmountError(f"{amount} is more than one payment can take.")
    return price, amount
