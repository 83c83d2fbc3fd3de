"""The payment page's commands: look, check, cancel, stop, put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.gateways import gateway_name
from pos_app.domain.refunds import returned_by
from pos_app.services.board import Facts
from pos_app.services.payment_view import PaymentView, Said, payment_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.charges import Charge
    from pos_app.domain.sales import Sale
    from pos_app.services.cancelling import Canceller
    from pos_app.services.ledger import Ledger
    from pos_app.services.watching import Watcher


class Payments:
    """What can be done about a charge that has been created.

    `view` only looks at memory and may be called on the GUI thread. Everything else may wait for
    disk or gateway, belongs on a worker thread, and raises `StorageError` when the ledger cannot
    be written: then nothing has changed.
    """

    def __init__(
        self,
        ledger: Ledger,
        watcher: Watcher,
        canceller: Canceller,
        *,
        gateway_name: str,
        is_training: bool,
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._watcher = watcher
        self._canceller = canceller
        self._gateway_name = gateway_name
        self._is_training = is_training

    def open(self, charge_id: int) -> PaymentView:
        """Take a charge in hand for its page; a stopped or put-aside one is picked up again."""
        with self._ledger.store.read() as work:
            charge = work.charges.get(charge_id)
            cashier = work.people.get(charge.cashier_id).name
            count = work.sales.get(charge.sale_id).count
            returned = returned_by(work.refunds.of_charge(charge_id))
        self._board.remember(charge_id, Facts(cashier, count))
        self._board.put(charge)
        self._board.note(charge_id, is_watched_closely=True, returned=returned)
        if charge.is_living:
            self._ledger.change(charge_id, "charge_picked_up", transitions.picked_up)
        self._watcher.wake()
        return self.view(charge_id)

    def view(self, charge_id: int) -> PaymentView:
        """Return what the page shows now. The charge must have been created or opened here."""
        charge = self._board.charge(charge_id)
        if charge is None:
            raise LookupError(f"charge {charge_id} is not in hand")
        facts = self._board.facts(charge_id) or Facts()
        return payment_view(
            charge,
            self._board.progress(charge_id),
            self._ledger.clock.now(),
            gateway_name=gateway_name(charge.gateway) or self._gateway_name,
            cashier=facts.cashier,
            item_count=facts.item_count,
            is_training=self._is_training,
        )

    def check_now(self, charge_id: int) -> PaymentView:
        """Ask the gateway at once."""
        self._watcher.ask_now(charge_id)
        self._watcher.wake()
        return self.view(charge_id)

    def ask(self, charge_id: int) -> Said | None:
        """Ask the gateway about any charge at once, in hand or not, paid or not.

        Returns:
            What an inquiry brought; None where something else was asked: whether a cancel has
            returned it, for instance.
        """
        if self._board.charge(charge_id) is None:
            with self._ledger.store.read() as work:
                self._board.put(work.charges.get(charge_id))
        before = self._board.progress(charge_id).checks[:1]
        self._watcher.ask_now(charge_id, even_paid=True)
        self._watcher.wake()
        newest = self._board.progress(charge_id).checks[:1]
        return newest[0].said if newest and newest != before else None

    def cancel(self, charge_id: int, person_id: int | None = None) -> PaymentView:
        """Give an unpaid charge up: inquire, cancel, inquire."""
        self._canceller.cancel(charge_id, person_id)
        self._watcher.wake()
        return self.view(charge_id)

    def stop(self, charge_id: int, person_id: int | None = None) -> PaymentView:
        """Stop waiting; the code stays open until it expires and is watched (promise 6)."""
        now = self._ledger.clock.now()
        return self._change(
            charge_id, "charge_stopped", person_id, lambda c: transitions.stopped(c, now)
        )

    def put_aside(self, charge_id: int, person_id: int | None = None) -> PaymentView:
        """Serve the next customer; this payment is watched on."""
        now = self._ledger.clock.now()
        self._ledger.change(
            charge_id, "charge_put_aside", lambda c: transitions.put_aside(c, now), person_id
        )
        return self.keep_waiting(charge_id)

    def keep_waiting(self, charge_id: int) -> PaymentView:
        """Go on after "Couldn't cancel" or "Time's up, but the code is still open".

        A cancel that was to be tried again by itself is not.
        """
        self._board.note(charge_id, cancel_refusal=None, cancel_again_at=None)
        self._watcher.wake()
        return self.view(charge_id)

    def close(self, charge_id: int) -> None:
        """The page has been left. Memory only: instant."""
        if self._board.charge(charge_id) is not None:
            self._board.note(charge_id, is_watched_closely=False)
            self._watcher.wake()

    def hint_declined(self, charge_id: int) -> PaymentView:
        """A notice said that the wallet said no; the same code can still be paid."""
        now = self._ledger.clock.now()
        return self._change(
            charge_id, "charge_declined_hint", None, lambda c: transitions.declined_hint(c, now)
        )

    def save_contact(self, charge_id: int, words: str) -> None:
        """Keep how to reach the customer of an unknown payment, apart and never in the journal."""
        with self._ledger.store.write() as work:
            work.contacts.set(charge_id, words.strip())

    def contact(self, charge_id: int) -> str:
        """Return how to reach the customer; empty when nobody wrote it down."""
        with self._ledger.store.read() as work:
            return work.contacts.get(charge_id)

    def sale_of(self, charge_id: int) -> Sale:
        """Return what the charge is for."""
        with self._ledger.store.read() as work:
            return work.sales.get(work.charges.get(charge_id).sale_id)

    def _change(
        self,
        charge_id: int,
        why: str,
        person_id: int | None,
        change: Callable[[Charge], Charge],
    ) -> PaymentView:
        self._ledger.change(charge_id, why, change, person_id)
        self._watcher.wake()
        return self.view(charge_id)
