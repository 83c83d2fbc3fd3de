"""What the program is doing about each charge it looks after; memory only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.charges import Charge
from pos_app.domain.refunds import Refund
from pos_app.services.payment_view import CHECKS_KEPT, Check, Progress


@dataclass(frozen=True, slots=True)
class Facts:
    """What the payment page shows beside the charge and never changes."""

    cashier: str = ""
    item_count: int = 0


class Board:
    """The charges in hand with their progress. Thread-safe, never waits for disk or network.

    It also hands out the right to ask about a charge: `asking` lets one question or one command
    at a time through per charge, so that there are never two questions in flight.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._charges: dict[int, Charge] = {}
        self._progress: dict[int, Progress] = {}
        self._facts: dict[int, Facts] = {}
        self._refunds: dict[int, tuple[Refund, ...]] = {}
        self._rights: dict[int, threading.Lock] = {}

    def put(self, charge: Charge) -> None:
        """Take the charge as it is on disk now."""
        with self._lock:
            self._charges[charge.id] = charge

    def remember(self, charge_id: int, facts: Facts) -> None:
        """Keep what the page shows beside the charge."""
        with self._lock:
            self._facts[charge_id] = facts

    def facts(self, charge_id: int) -> Facts | None:
        """Return what was remembered, if anything."""
        return self._facts.get(charge_id)

    def charge(self, charge_id: int) -> Charge | None:
        """Return the charge as it was last on disk; None when it is not in hand."""
        return self._charges.get(charge_id)

    def put_refunds(self, charge_id: int, watched: tuple[Refund, ...]) -> None:
        """Take the refunds of a charge in hand that are asked about, as they are on disk now."""
        with self._lock:
            if charge_id in self._charges:
                self._refunds[charge_id] = watched

    def refunds(self, charge_id: int) -> tuple[Refund, ...]:
        """Return the refunds of a charge in hand that are asked about."""
        return self._refunds.get(charge_id, ())

    def charges(self) -> tuple[Charge, ...]:
        """Return every charge in hand."""
        with self._lock:
            return tuple(self._charges.values())

    def progress(self, charge_id: int) -> Progress:
        """Return what is being done about a charge."""
        return self._progress.get(charge_id, Progress())

    def note(self, charge_id: int, **changes: Any) -> Progress:
        """Change the progress of a charge."""
        return self.update(charge_id, lambda progress: replace(progress, **changes))

    def update(self, charge_id: int, change: Callable[[Progress], Progress]) -> Progress:
        """Change the progress of a charge depending on what it is."""
        with self._lock:
            progress = change(self._progress.get(charge_id, Progress()))
            self._progress[charge_id] = progress
            return progress

    def add_check(self, charge_id: int, check: Check) -> None:
        """Put one more question on the list of checks."""
        self.update(charge_id, lambda p: replace(p, checks=(check, *p.checks)[:CHECKS_KEPT]))

    def forget(self, charge_id: int) -> None:
        """Let a charge go that nobody asks about any more."""
        with self._lock:
            for kept in (self._charges, self._progress, self._facts, self._refunds, self._rights):
                kept.pop(charge_id, None)

    def is_busy(self, charge_id: int) -> bool:
        """Tell whether a question or a command about the charge is under way."""
        right = self._rights.get(charge_id)
        return right is not None and right.locked()

    @contextmanager
    def asking(self, charge_id: int, *, wait: bool) -> Iterator[bool]:
        """Hold the right to ask about a charge while the block runs.

        Args:
            charge_id: the charge.
            wait: a command waits for the question in flight; the watcher does not.

        Yields:
            Whether the right was had; when not, ask nothing.
        """
        with self._lock:
            right = self._rights.setdefault(charge_id, threading.Lock())
        is_had = right.acquire(blocking=wait)
        try:
            yield is_had
        finally:
            if is_had:
                right.release()
