"""What the till knows of notices: whether a receiver lives, what has come, and how to ask then."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.events import ChargeChanged
from pos_app.services import schedule

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.events import Event
    from pos_app.services.ledger import Ledger

LOOK_EVERY = timedelta(seconds=2)
SILENT_AFTER = timedelta(seconds=25)
"""A receiver whose beats (`pulse.EVERY_S`) have stopped for so long is gone."""
TOLD_WITHIN = timedelta(seconds=5)
"""A notice that comes so long after we have learned of the payment by asking still counts."""
_FORGET_AFTER = timedelta(minutes=5)


class Reception(StrEnum):
    """Whether notices of payments can come in."""

    NONE = "none"
    """No receiver is known of; payments are asked about."""
    STARTING = "starting"
    """The one beside this till is on its way."""
    RUNNING = "running"
    """The one beside this till listens."""
    PORT_TAKEN = "port_taken"
    """It can't listen: another program has its port. It is tried again."""
    DOWN = "down"
    """It has ended, or could not start. It is tried again."""
    ELSEWHERE = "elsewhere"
    """One on another computer writes into this till's ledger."""


@dataclass(frozen=True, slots=True)
class ReceiverView:
    """What the screens say about the receiver.

    Attributes:
        port: where the one beside this till listens or should; 0 for none.
        trouble: its own last words, where it does not run; a plain sentence or empty.
        last_notice_at: when the newest notice in the ledger came; None: there is none.
    """

    reception: Reception = Reception.NONE
    port: int = 0
    trouble: str = ""
    last_notice_at: datetime | None = None


class Receiving:
    """Keeps what is known, and chooses the pace of asking by it. Thread-safe.

    A service's payments are asked about less often only while a receiver lives and the last
    payment of that service was told by a notice. That a receiver lives does not mean that the
    internet reaches it; so one payment that we saw by asking, and that nobody has told us of,
    ends the trust until one is told again.
    """

    def __init__(self, ledger: Ledger, pace: schedule.Pace) -> None:
        """Ask at `pace` as long as nothing better is known."""
        self._ledger = ledger
        self._pace = pace
        self._lock = threading.Lock()
        self._view = ReceiverView()
        self._looked_at: datetime | None = None
        self._beats: Mapping[str, int] = {}
        self._alive_at: datetime | None = None
        self._told: dict[int, datetime] = {}
        self._paid: dict[int, tuple[str, datetime]] = {}
        self._trusted: set[str] = set()
        ledger.events.subscribe(self._on_event)

    def note(self, reception: Reception, port: int, trouble: str = "") -> None:
        """Take note of how the receiver beside this till is."""
        with self._lock:
            self._view = replace(self._view, reception=reception, port=port, trouble=trouble)

    def note_told(self, charge_id: int) -> None:
        """Take note that a notice speaks of a payment."""
        with self._lock:
            self._told[charge_id] = self._ledger.clock.now()

    def view(self) -> ReceiverView:
        """Return what is known now. Memory only."""
        with self._lock:
            if self._view.reception is Reception.NONE and self._is_alive():
                return replace(self._view, reception=Reception.ELSEWHERE)
            return self._view

    def pace_for(self, charge: Charge) -> schedule.Pace:
        """Return how often to ask about `charge` while its code can be paid."""
        with self._lock:
            is_told = charge.gateway in self._trusted and self._is_alive()
        return schedule.LEAN if is_told else self._pace

    def look(self) -> None:
        """See in the ledger whether a receiver lives; every 2 s, sooner it does nothing.

        Raises:
            StorageError: the ledger can't be read; look again.
        """
        now = self._ledger.clock.now()
        if self._looked_at is not None and abs(now - self._looked_at) < LOOK_EVERY:
            return
        self._looked_at = now
        with self._ledger.store.read() as work:
            beats = work.receivers.beats()
            last_notice_at = work.notices.last_received_at()
        with self._lock:
            if any(self._beats.get(name, beat) != beat for name, beat in beats.items()):
                self._alive_at = now
            elif not beats:
                self._alive_at = None
            self._beats = beats
            self._view = replace(self._view, last_notice_at=last_notice_at)
            self._judge(now)

    def _judge(self, now: datetime) -> None:
        for charge_id, (gateway, paid_at) in list(self._paid.items()):
            if charge_id in self._told:
                self._trusted.add(gateway)
            elif now - paid_at >= TOLD_WITHIN:
                self._trusted.discard(gateway)
            else:
                continue
            del self._paid[charge_id]
        self._told = {
            charge_id: at for charge_id, at in self._told.items() if now - at < _FORGET_AFTER
        }

    def _is_alive(self) -> bool:
        now = self._ledger.clock.now()
        return self._alive_at is not None and abs(now - self._alive_at) < SILENT_AFTER

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, ChargeChanged) or not event.after.is_paid:
            return
        if event.before is not None and not event.before.is_paid:
            with self._lock:
                self._paid[event.after.id] = (event.after.gateway, self._ledger.clock.now())
