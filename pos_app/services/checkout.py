"""From a sale to a code: the intent on disk first, then the gateway."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.amount_entry import MAX_DIGITS
from pos_app.domain.charges import Charge
from pos_app.domain.customers import Purchase
from pos_app.domain.errors import (
    AmountError,
    ChargeStillOpenError,
    GatewayNotSetUp,
    MethodNotAvailableError,
    NoShiftError,
    OutcomeUnknown,
    SaleAlreadyPaidError,
)
from pos_app.domain.references import new_reference, random_tail
from pos_app.services.board import Facts
from pos_app.services.ledger import difference
from pos_app.services.watching import LEASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.customers import Customer
    from pos_app.domain.methods import PaymentMethod
    from pos_app.domain.money import Money
    from pos_app.domain.sales import Sale
    from pos_app.domain.shifts import Shift
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.asking import Asker
    from pos_app.services.catalogue import Catalogue
    from pos_app.services.ledger import Ledger
    from pos_app.services.watching import Watcher
    from pos_app.storage.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)

SAME_CUSTOMER_WITHIN = timedelta(minutes=30)
"""The same amount again within this time asks "Is this the same customer?" (promise 7)."""
ASK_AGAIN_FOR = timedelta(seconds=10)
"""How long a create whose answer was lost is sent again before the cashier is asked."""
ASK_AGAIN_EVERY_S = 1.0


class Checkout:
    """Makes charges. Every method blocks; none may be called on the GUI thread.

    Args:
        till_code: begins every reference of this till.
        owner: under which this till watches charges.
        nap: waits so many seconds between two tries; the tests bring their own.
        tail: makes the random end of a reference.
    """

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        gateways: GatewayDirectory,
        asker: Asker,
        watcher: Watcher,
        *,
        till_code: str,
        owner: str,
        nap: Callable[[float], object],
        tail: Callable[[], str] = random_tail,
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._catalogue = catalogue
        self._gateways = gateways
        self._asker = asker
        self._watcher = watcher
        self._till_code = till_code
        self._owner = owner
        self._nap = nap
        self._tail = tail
        self._customers: dict[int, Customer] = {}

    def charge(
        self,
        sale: Sale,
        method: PaymentMethod,
        cashier_id: int,
        *,
        is_other_customer: bool = False,
        customer: Customer | None = None,
        is_customer_presented: bool = False,
    ) -> Charge:
        """Write a sale and the intent to charge it down. Nothing is sent yet: see `send`.

        Args:
            sale: what is sold; with an id it is charged once more, e.g. after an expired code.
            method: how the customer pays; decides the currency.
            cashier_id: who sells.
            is_other_customer: the cashier has answered "Is this the same customer?" with no.
            customer: who buys, where the gateway must know; only in memory, until it is sent.
            is_customer_presented: the customer's code is scanned (`Taking`), instead of ours.

        Raises:
            GatewayNotSetUp: no service takes customers' codes, if that is asked for.
            AmountError: the total is zero, too long, or in another currency than the method's.
            MethodNotAvailableError: the method is switched off.
            NoShiftError: no shift is open.
            SaleAlreadyPaidError: the sale has been paid.
            ChargeStillOpenError: an earlier charge may still take this customer's money.
            StorageError: the intent could not be written down. Money: nothing happened, and
                nothing may be sent.
        """
        amount = self._amount(sale, method)
        gateway_id, credentials = self._gateway_for(
            method, is_customer_presented=is_customer_presented
        )
        now = self._ledger.clock.now()
        with self._ledger.store.write() as work:
            shift = work.shifts.open_at(self._till_code)
            if shift is None:
                raise NoShiftError("No shift is open.")
            self._refuse_second(work, sale, amount, now, is_other_customer=is_other_customer)
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
                )
            )
            work.charges.lease(charge.id, self._owner, now + LEASE)
            work.journal.append(
                "charge_created", charge.reference, now, cashier_id, difference(None, charge)
            )
            cashier = work.people.get(cashier_id).name
        self._board.remember(charge.id, Facts(cashier, sale.count))
        self._board.note(charge.id, sending_since=now, is_watched_closely=True, may_be_sent=False)
        if customer is not None:
            self._customers[charge.id] = customer
        self._ledger.created(charge)
        return charge

    def send(self, charge_id: int) -> Charge:
        """Ask the gateway for the code, and ask the same again while an answer is lost.

        Safe to repeat: it is the same reference, and no code of it was shown, so nobody can have
        paid. Where the gateway refuses a reference that it knows, it is asked what became of the
        charge instead, and one whose code is lost is closed (`transitions.found_out`). Ends after
        at most `ASK_AGAIN_FOR` beyond the first lost answer.

        The customer's details are forgotten with this call, unless the charge surely never left:
        then with its next try, or when the sale is left.

        Raises:
            StorageError: an answer could not be written down; the charge is asked about again.
        """
        self._board.note(charge_id, sending_since=self._ledger.clock.now())
        customer = self._customers.pop(charge_id, None)
        try:
            with self._board.asking(charge_id, wait=True):
                self._send(charge_id, self._purchase(charge_id, customer))
                if customer and self._in_hand(charge_id).is_surely_not_sent:
                    self._customers[charge_id] = customer
        finally:
            self._board.note(charge_id, sending_since=None)
            self._watcher.wake()
        return self._in_hand(charge_id)

    def leave(self, charge_id: int) -> Charge:
        """Go back to the sale before a code is known.

        A charge that surely never left is closed. Any other is asked about until it is known,
        cancelled or watched, and its code is never shown.
        """
        self._customers.pop(charge_id, None)
        now = self._ledger.clock.now()
        charge = self._ledger.change(charge_id, "charge_left", lambda c: transitions.left(c, now))
        self._board.note(charge_id, is_watched_closely=False, misses=0, ended_at=None)
        self._watcher.wake()
        return charge

    def _purchase(self, charge_id: int, customer: Customer | None) -> Purchase | None:
        if customer is None:
            return None
        with self._ledger.store.read() as work:
            sale = work.sales.get(self._in_hand(charge_id).sale_id)
        return Purchase(customer, sale.lines)

    def _send(self, charge_id: int, purchase: Purchase | None) -> None:
        lost_at: datetime | None = None
        while (charge := self._in_hand(charge_id)).can_send_again:
            outcome = self._asker.create(charge, purchase)
            now = self._ledger.clock.now()
            if isinstance(outcome, OutcomeUnknown):
                lost_at = lost_at or now
            is_lost = isinstance(outcome, Exception) and lost_at is not None
            if lost_at is None or not is_lost or now - lost_at >= ASK_AGAIN_FOR:
                return
            self._nap(ASK_AGAIN_EVERY_S)

    def _in_hand(self, charge_id: int) -> Charge:
        charge = self._board.charge(charge_id)
        if charge is None:
            with self._ledger.store.read() as work:
                charge = work.charges.get(charge_id)
            self._board.put(charge)
        return charge

    def _amount(self, sale: Sale, method: PaymentMethod) -> Money:
        currency = self._catalogue.choice(method).currency
        if any(line.unit_price.currency != currency for line in sale.lines):
            raise MethodNotAvailableError(f"{method} takes {currency} only.")
        amount = sale.total(currency)
        if amount.minor <= 0:
            raise AmountError("The amount must be above zero.")
        if len(str(amount.minor)) > MAX_DIGITS:
            raise AmountError(f"{amount} is more than one payment can take.")
        return amount

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
        amount: Money,
        now: datetime,
        *,
        is_other_customer: bool,
    ) -> None:
        if sale.id and work.charges.has_paid(sale.id):
            raise SaleAlreadyPaidError("This sale has been paid.")
        if not is_other_customer:
            earlier = work.charges.recent_open(amount, now - SAME_CUSTOMER_WITHIN)
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
