"""From a sale to a code: the intent on disk first, then the gateway."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customers import Purchase
from pos_app.domain.errors import OutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.cards import KeyedCard
    from pos_app.domain.charges import Charge
    from pos_app.domain.customers import Customer
    from pos_app.domain.methods import PaymentMethod
    from pos_app.domain.money import Money
    from pos_app.domain.sales import Sale
    from pos_app.services.asking import Asker
    from pos_app.services.intents import Intents
    from pos_app.services.ledger import Ledger
    from pos_app.services.watching import Watcher

ASK_AGAIN_FOR = timedelta(seconds=10)
"""How long a create whose answer was lost is sent again before the cashier is asked."""
ASK_AGAIN_EVERY_S = 1.0


class Checkout:
    """Makes charges. Every method blocks; none may be called on the GUI thread.

    Args:
        nap: waits so many seconds between two tries; the tests bring their own.
    """

    def __init__(
        self,
        ledger: Ledger,
        intents: Intents,
        asker: Asker,
        watcher: Watcher,
        *,
        nap: Callable[[float], object],
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._intents = intents
        self._asker = asker
        self._watcher = watcher
        self._nap = nap
        self._customers: dict[int, Customer] = {}
        self._cards: dict[int, KeyedCard] = {}

    def charge(
        self,
        sale: Sale,
        method: PaymentMethod,
        cashier_id: int,
        *,
        is_other_customer: bool = False,
        customer: Customer | None = None,
        is_customer_presented: bool = False,
        card: KeyedCard | None = None,
        tip: Money | None = None,
    ) -> Charge:
        """Write a sale and the intent to charge it down. Nothing is sent yet: see `send`.

        Args:
            sale: what is sold; with an id it is charged once more, as after an expired code.
            method: how the customer pays; decides the currency.
            cashier_id: who sells.
            is_other_customer: the cashier has answered "Is this the same customer?" with no.
            customer: who buys, where the gateway must know; only in memory, until it is sent.
            is_customer_presented: the customer's code is scanned (`Taking`), instead of ours.
            card: keyed by the cashier, together with a `customer`; wiped by the one request that
                carries it. It stays the caller's when this raises.
            tip: on top of what the sale costs, in the same currency; None or zero for none.

        Raises:
            GatewayNotSetUp: no service takes customers' codes, if that is asked for.
            AmountError: sale or tip is zero, too long, or in another currency than the method's.
            MethodNotAvailableError: the method is off, or takes no keyed cards, or no tips.
            NoShiftError: no shift is open.
            SaleAlreadyPaidError: the sale has been paid.
            ChargeStillOpenError: an earlier charge may still take this customer's money.
            StorageError: it could not be written down. Money: nothing happened; send nothing.
        """
        charge = self._intents.write(
            sale,
            method,
            cashier_id,
            is_other_customer=is_other_customer,
            is_customer_presented=is_customer_presented,
            is_card_keyed=card is not None,
            tip=tip,
        )
        since = charge.created_at
        self._board.note(
            charge.id, sending_since=since, is_watched_closely=True, may_be_sent=False
        )
        self._keep(charge.id, customer, card)
        self._ledger.created(charge)
        return charge

    def _keep(self, charge_id: int, customer: Customer | None, card: KeyedCard | None) -> None:
        """Have in memory what the one request will carry."""
        if customer is not None:
            self._customers[charge_id] = customer
        if card is not None:
            self._cards[charge_id] = card

    def send(self, charge_id: int, card: KeyedCard | None = None) -> Charge:
        """Ask the gateway for the code, and ask the same again while an answer is lost.

        Safe to repeat: it is the same reference, and no code of it was shown, so nobody can have
        paid. Where the gateway refuses a reference that it knows, it is asked what became of the
        charge instead, and one whose code is lost is closed (`transitions.found_out`). Ends after
        at most `ASK_AGAIN_FOR` beyond the first lost answer.

        The customer's details are forgotten with this call, unless the charge surely never left:
        then with its next try, or when the sale is left. A keyed card is wiped in any case. It is
        sent at most once; whether it was paid is asked, also where the answer says so.

        Args:
            charge_id: the charge.
            card: keyed once more, after the one before surely never left.

        Raises:
            StorageError: an answer could not be written down; the charge is asked about again.
        """
        self._board.note(charge_id, sending_since=self._ledger.clock.now())
        customer = self._customers.pop(charge_id, None)
        card = card or self._cards.pop(charge_id, None)
        try:
            with self._board.asking(charge_id, wait=True):
                self._send(charge_id, self._purchase(charge_id, customer, card))
                self._find_out_about_card(self._in_hand(charge_id))
                if customer and self._in_hand(charge_id).is_surely_not_sent:
                    self._customers[charge_id] = customer
        finally:
            if card is not None:
                card.wipe()
            self._board.note(charge_id, sending_since=None)
            self._watcher.wake()
        return self._in_hand(charge_id)

    def leave(self, charge_id: int) -> Charge:
        """Go back to the sale before a code is known.

        A charge that surely never left is closed. Any other is asked about until it is known,
        cancelled or watched, and its code is never shown.
        """
        self._customers.pop(charge_id, None)
        self._wipe_card(charge_id)
        now = self._ledger.clock.now()
        charge = self._ledger.change(charge_id, "charge_left", lambda c: transitions.left(c, now))
        self._board.note(charge_id, is_watched_closely=False, misses=0, ended_at=None)
        self._watcher.wake()
        return charge

    def give_card_up(self, charge_id: int) -> Charge:
        """Send a keyed card never again: closed if it surely was not sent, else asked about."""
        self._wipe_card(charge_id)
        charge = self._in_hand(charge_id)
        return (
            self.leave(charge_id) if charge.is_surely_not_sent else self._asker.lose_card(charge)
        )

    def _wipe_card(self, charge_id: int) -> None:
        card = self._cards.pop(charge_id, None)
        if card is not None:
            card.wipe()

    def _purchase(
        self, charge_id: int, customer: Customer | None, card: KeyedCard | None
    ) -> Purchase | None:
        if customer is None:
            return None
        with self._ledger.store.read() as work:
            sale = work.sales.get(self._in_hand(charge_id).sale_id)
        return Purchase(customer, sale.lines, card)

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

    def _find_out_about_card(self, charge: Charge) -> None:
        """Ask whether a card that was sent has been paid; without any answer it is unknown."""
        if not charge.is_card_keyed:
            return
        if charge.is_unanswered:
            self._asker.lose_card(charge)
        elif charge.status is ChargeStatus.WAITING and charge.code is None:
            self._asker.inquire(charge)

    def _in_hand(self, charge_id: int) -> Charge:
        charge = self._board.charge(charge_id)
        if charge is None:
            with self._ledger.store.read() as work:
                charge = work.charges.get(charge_id)
            self._board.put(charge)
        return charge
