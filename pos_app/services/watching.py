"""The watcher: asks about every charge in hand when it is due, one question at a time per charge.

The same watcher serves the till, the tests (`run_due` with a clock of their own) and a server
without a screen. Watching is leased in the database, so that of several tills exactly one asks
about a charge, and another takes over when that one dies.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, Charge
from pos_app.domain.errors import StorageError
from pos_app.domain.events import Asked, RefundChanged
from pos_app.services import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.services.asking import Asker
    from pos_app.services.cancelling import Canceller
    from pos_app.services.code_asking import CodeAsker
    from pos_app.services.ledger import Ledger
    from pos_app.services.payment_view import Progress
    from pos_app.services.refund_asking import RefundAsker

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a till that died keeps others from asking."""
RENEW_EVERY = timedelta(seconds=20)
WORKERS = 4
"""Questions in flight at the same time, over all charges."""
LONGEST_NAP_S = 1.0
GRACE_S = 0.05
"""From a change to the questions that follow from it: the screen has the change to show first,
and only one thread of the program runs at a time."""


class Watcher:
    """Asks about charges when they are due.

    Attributes:
        pace_for: how often to ask about a charge while its code can be paid.
    """

    def __init__(
        self,
        ledger: Ledger,
        asker: Asker,
        canceller: Canceller,
        refunds: RefundAsker,
        codes: CodeAsker,
        *,
        owner: str,
        pace_for: Callable[[Charge], schedule.Pace],
        budget_per_s: int = 20,
        executor: Executor | None = None,
        nap: Callable[[float], object] = time.sleep,
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._asker = asker
        self._canceller = canceller
        self._refunds = refunds
        self._codes = codes
        self._owner = owner
        self.pace_for = pace_for
        self._budget = Budget(budget_per_s)
        self._executor = executor or ThreadPoolExecutor(WORKERS, thread_name_prefix="ask")
        self._nap = nap
        self._wake = threading.Event()
        self._is_stopping = False
        self._thread: threading.Thread | None = None
        self._renewed_at: datetime | None = None
        self._queued: set[int] = set()
        self._others: frozenset[int] = frozenset()
        self._leased: frozenset[int] = frozenset()

    def start(self) -> None:
        """Ask from a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, wait for the questions in flight, and give the leases back."""
        self._is_stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self._executor.shutdown(wait=True, cancel_futures=True)
        try:
            with self._ledger.store.write() as work:
                work.charges.release(self._owner)
        except StorageError as trouble:
            _log.warning("the leases end by themselves: %s", trouble)

    def wake(self) -> None:
        """Look again at what is due: something has changed."""
        self._wake.set()

    def ask_now(self, charge_id: int, *, even_paid: bool = False) -> None:
        """Ask about one charge at once, on this thread; waits for a question in flight.

        Args:
            charge_id: the charge.
            even_paid: ask about a paid one, too, because somebody wants to know: it stays paid.

        Raises:
            StorageError: the answer could not be written; it will be asked again.
        """
        with self._board.asking(charge_id, wait=True):
            charge = self._board.charge(charge_id)
            if charge is None:
                return
            is_settled = charge.is_paid and Attention.MAYBE_RETURNED not in charge.attention
            if is_settled and even_paid:
                self._asker.inquire(charge)
            if not is_settled or self._board.refunds(charge_id):
                self._ask(charge)

    def run_due(self) -> float:
        """Ask about everything that is due now; returns the seconds until the next is."""
        now = self._ledger.clock.now()
        self._take_leases(now)
        nap = LONGEST_NAP_S
        for due_at, charge in self._planned():
            wait = (due_at - now).total_seconds()
            if wait > 0 or not self._budget.take(now):
                nap = min(nap, max(wait, 0.02))
                continue
            self._queued.add(charge.id)
            self._executor.submit(self._question, charge.id)
        return nap

    def _planned(self) -> list[tuple[datetime, Charge]]:
        planned = []
        for charge in self._board.charges():
            progress = self._board.progress(charge.id)
            is_busy = charge.id in self._queued or self._board.is_busy(charge.id)
            if is_busy or progress.sending_since is not None or charge.id in self._others:
                continue
            if self._board.refunds(charge.id) and charge.id not in self._leased:
                continue  # the right to ask comes with the next leases
            due_at = self._due_at(charge, progress)
            if due_at != progress.next_at:
                self._board.note(charge.id, next_at=due_at)
            if due_at is not None:
                planned.append((due_at, charge))
            elif charge.is_living:
                self._give_up(charge)
            elif not progress.is_watched_closely:
                self._board.forget(charge.id)
        return sorted(planned, key=lambda one: one[0])

    def _due_at(self, charge: Charge, progress: Progress) -> datetime | None:
        """Return when the next question about a charge or a refund of it is due.

        A refund that has none left is handed to a person.
        """
        clock = self._ledger.clock
        due_at = schedule.next_question_at(charge, progress, clock, self.pace_for(charge))
        for refund in self._board.refunds(charge.id):
            again_at = schedule.next_refund_question_at(refund, progress, clock)
            if again_at is None:
                self._refunds.end_watch(refund)
            else:
                due_at = min(due_at, again_at) if due_at else again_at
        return due_at

    def _question(self, charge_id: int) -> None:
        try:
            with self._board.asking(charge_id, wait=False) as is_ours:
                charge = self._board.charge(charge_id)
                if is_ours and charge is not None:
                    self._ask(charge)
        except StorageError:
            _log.exception("an answer could not be kept; it is asked for again")
        except Exception:  # noqa: BLE001 - the top-level handler of this thread
            _log.critical("a question ended in a way that nobody foresaw", exc_info=True)
            now = self._ledger.clock.now()
            self._board.update(charge_id, lambda p: replace(p, misses=p.misses + 1, ended_at=now))
        finally:
            self._queued.discard(charge_id)
            self._wake.set()

    def _ask(self, charge: Charge) -> None:
        if charge.is_paid:
            if Attention.MAYBE_RETURNED in charge.attention or self._board.refunds(charge.id):
                self._refunds.watch(charge.id)
        elif charge.gateway_id is None:
            if charge.is_customer_presented:
                self._codes.find(charge)
            elif charge.can_send_again and (charge.left_at or charge.is_card_keyed):
                self._asker.create(charge)  # a keyed card is only asked about by that
        elif charge.wants_cancel:
            self._canceller.go_on(charge.id)
        elif self._canceller.is_due(charge):
            self._canceller.try_again(charge.id)
        else:
            self._asker.inquire(charge)

    def _give_up(self, charge: Charge) -> None:
        """No further question is planned for a charge that is still living."""
        is_ours_to_make = charge.gateway_id is None and charge.left_at is None
        is_noted = Attention.WATCH_ENDED in charge.attention
        if not (is_ours_to_make or is_noted or charge.needs_answer or charge.is_decided):
            self._ledger.change(charge.id, "watch_ended", transitions.watch_ended)

    def _take_leases(self, now: datetime) -> None:
        is_early = self._renewed_at is not None and abs(now - self._renewed_at) < RENEW_EVERY
        if is_early and not self._has_new_refunds():
            return  # the distance, because a clock may have been set back
        self._renewed_at = now
        in_hand = self._board.charges()  # before: what is made meanwhile comes with its lease
        try:
            with self._ledger.store.write() as work:
                leased = work.charges.lease_open(self._owner, now, now + LEASE)
                watched = work.refunds.watched()
        except StorageError as trouble:
            _log.warning("can't look for open payments: %s", trouble)
            return
        known = {charge.id for charge in in_hand}
        for charge in leased:
            if charge.id not in known:
                self._board.put(charge)
                self._codes.plan_cancel(charge.id)
            of_it = tuple(one for one in watched if one.charge_id == charge.id)
            self._board.put_refunds(charge.id, of_it)
        open_ones = frozenset(charge.id for charge in in_hand if self._is_open(charge))
        self._leased = frozenset(charge.id for charge in leased)
        self._others = open_ones - self._leased - self._queued
        for charge_id in self._others:
            self._look_again(charge_id)

    def _is_open(self, charge: Charge) -> bool:
        return charge.is_living or bool(self._board.refunds(charge.id))

    def _has_new_refunds(self) -> bool:
        """Tell whether a refund needs watching of whose charge nobody knows who may ask."""
        known = self._leased | self._others
        return any(
            charge.id not in known and self._board.refunds(charge.id)
            for charge in self._board.charges()
        )

    def _look_again(self, charge_id: int) -> None:
        """Another till asks about this charge: take over what it has learned."""
        with self._ledger.store.read() as work:
            self._board.put(work.charges.get(charge_id))
            refunds = {one.id: one for one in work.refunds.of_charge(charge_id)}
        before = self._board.refunds(charge_id)
        self._board.put_refunds(
            charge_id, tuple(one for one in refunds.values() if one.is_watched)
        )
        for one in before:
            if refunds[one.id].status is not one.status:
                self._ledger.events.publish(RefundChanged(one, refunds[one.id]))
        self._ledger.events.publish(Asked(charge_id))

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                nap = self.run_due()
            except Exception:  # noqa: BLE001 - whatever it was, other payments are watched on
                _log.critical("the watcher stumbled and goes on", exc_info=True)
                nap = LONGEST_NAP_S
            if self._wake.wait(nap) and not self._is_stopping:
                self._nap(GRACE_S)
            self._wake.clear()


class Budget:
    """Lets through at most so many questions in any second, over all charges."""

    def __init__(self, per_s: int) -> None:
        self._per_s = per_s
        self._sent: list[datetime] = []

    def take(self, now: datetime) -> bool:
        """Tell whether one more question may be sent now, and count it if so."""
        second = timedelta(seconds=1)
        self._sent = [at for at in self._sent if abs(now - at) < second]
        if len(self._sent) >= self._per_s:
            return False
        self._sent.append(now)
        return True
