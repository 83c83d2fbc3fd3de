"""Asks about a charge at once when a notice has come in, or its customer has come back."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.errors import StorageError
from pos_app.domain.events import ChargeChanged

if TYPE_CHECKING:
    from pos_app.domain.events import Event
    from pos_app.services.ledger import Ledger
    from pos_app.services.receiving import Receiving
    from pos_app.services.watching import Watcher
    from pos_app.storage.notices import WaitingNotice

_log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
"""While something waits for money here. A look is one read of an index that is nearly empty."""
LOOK_SELDOM_S = 2.0
AGAIN_AFTER = timedelta(seconds=30)
"""When a closed charge is asked about again whose question got no answer."""


class Notified:
    """Looks for notices and arrivals in the ledger, on a thread of its own, and asks about them.

    A notice makes nothing paid (promise 3): the gateway's answer to the question does. What is
    still living is watched on by the watcher whatever becomes of this question.
    """

    def __init__(self, ledger: Ledger, watcher: Watcher, receiving: Receiving, owner: str) -> None:
        self._ledger = ledger
        self._watcher = watcher
        self._receiving = receiving
        self._owner = owner
        self._tried: dict[int, datetime] = {}
        self._is_stopping = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._ledger.events.subscribe(self._on_event)
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for a question in flight."""
        self._is_stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Ask about every charge that a notice waits for, or an arrival.

        Raises:
            StorageError: the ledger can't be read or written; look again.
        """
        now = self._ledger.clock.now()
        with self._ledger.store.read() as work:
            waiting = work.notices.waiting(self._owner, now)
            arrived = work.arrivals.waiting(self._owner, now)
        for notice in waiting:
            tried_at = self._tried.get(notice.id)
            if tried_at is None or now - tried_at >= AGAIN_AFTER:
                self._follow(notice)
        for charge_id in arrived:
            self._ask(charge_id)
            with self._ledger.store.write() as work:
                work.arrivals.mark_taken(charge_id, now)

    def _follow(self, notice: WaitingNotice) -> None:
        board, now = self._ledger.board, self._ledger.clock.now()
        if notice.is_paid:
            self._receiving.note_told(notice.charge_id)
        else:
            self._ledger.change(
                notice.charge_id,
                "charge_declined_hint",
                lambda charge: transitions.declined_hint(charge, now),
            )
        self._ask(notice.charge_id)
        charge = board.charge(notice.charge_id)
        is_settled = charge is None or charge.is_paid or charge.is_living or not notice.is_paid
        if not is_settled and board.progress(notice.charge_id).misses:
            self._tried[notice.id] = now
            return
        self._tried.pop(notice.id, None)
        with self._ledger.store.write() as work:
            work.notices.mark_taken(notice.id, now)

    def _ask(self, charge_id: int) -> None:
        board = self._ledger.board
        if board.charge(charge_id) is None:
            with self._ledger.store.read() as work:
                board.put(work.charges.get(charge_id))
        self._watcher.ask_now(charge_id)
        self._watcher.wake()

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                self.look()
                self._receiving.look()
            except StorageError as trouble:
                _log.warning("can't look for notices: %s", trouble)
            except Exception:  # noqa: BLE001 - the top-level handler of this thread
                _log.critical("a notice ended in a way that nobody foresaw", exc_info=True)
            is_waiting = any(charge.is_living for charge in self._ledger.board.charges())
            self._wake.wait(LOOK_EVERY_S if is_waiting else LOOK_SELDOM_S)
            self._wake.clear()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ChargeChanged) and event.before is None:
            self._wake.set()  # something waits for money from now on: look often
