"""The one way in which charges change: read under the lock, change, journal, commit, tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

from pos_app.domain.charges import Charge
from pos_app.domain.events import ChargeChanged
from pos_app.domain.money import Money
from pos_app.services.approval import require_manager

if TYPE_CHECKING:
    from pos_app.services.board import Board
    from pos_app.services.clock import Clock
    from pos_app.services.events import Events
    from pos_app.storage.store import Store
    from pos_app.storage.unit_of_work import UnitOfWork

JournalValue = str | int | bool | None | list[str]
_NOT_JOURNALLED = {"id", "asked_at", "code", "decision_note"}
"""The code is a way to pay, and `gateway_id` names it well enough. Free texts stay out of what
can never be deleted."""


class Ledger:
    """Changes charges in one transaction each, with their journal entry (promise 8).

    Attributes:
        store: the database.
        clock: the time, for whoever changes something.
        events: told of every change after its commit.
        board: the charges in hand, kept as they are on disk.
    """

    def __init__(self, store: Store, clock: Clock, events: Events, board: Board) -> None:
        self.store = store
        self.clock = clock
        self.events = events
        self.board = board

    def change(
        self,
        charge_id: int,
        why: str,
        change: Callable[[Charge], Charge],
        who: int | None = None,
        *,
        approved_by: int | None = None,
        check: Callable[[UnitOfWork, Charge], None] | None = None,
    ) -> Charge:
        """Apply `change` to the charge as it is on disk, and tell everybody.

        Args:
            charge_id: the charge.
            why: kind of the journal entry, e.g. "charge_inquired".
            change: a pure function of `domain.transitions`; returns the same charge when there
                is nothing to change, and then nothing is written.
            who: the person who wanted it; None when the program did.
            approved_by: who must be a manager; None where nobody has to be.
            check: raises what speaks against it, in the same transaction.

        Raises:
            NotApprovedError: `approved_by` is no manager; nothing has changed.
            StorageError: nothing has changed. Money: ask or send nothing that relies on it.
        """
        with self.store.write() as work:
            if approved_by is not None:
                require_manager(work, approved_by)
            before = work.charges.lock(charge_id)
            if check is not None:
                check(work, before)
            after = change(before)
            if after is not before and after != before:
                work.charges.save(after, by=approved_by or who)
                work.journal.append(
                    why, after.reference, self.clock.now(), who, difference(before, after)
                )
        self.board.put(after)
        if after != before:
            self.events.publish(ChargeChanged(before, after))
        return after

    def created(self, charge: Charge) -> None:
        """Take a new charge in hand that has just been committed, and tell everybody."""
        self.board.put(charge)
        self.events.publish(ChargeChanged(None, charge))

    def note_asked(self, charge_id: int, at: datetime) -> None:
        """Keep when the sparse watch last asked, so that a restart goes on from there.

        Bookkeeping of the watch, not a change of what is known: the journal has no entry of it.
        """
        with self.store.write() as work:
            work.charges.note_asked(charge_id, at)


def difference(before: Charge | None, after: Charge) -> dict[str, JournalValue]:
    """Return what a journal entry says of a change: the new values of the changed members."""
    return {
        field.name: journal_value(getattr(after, field.name))
        for field in fields(Charge)
        if field.name not in _NOT_JOURNALLED
        and (before is None or getattr(before, field.name) != getattr(after, field.name))
    }


def journal_value(value: object) -> JournalValue:
    """Return a member of a charge or refund as the journal writes it.

    Raises:
        TypeError: it has no place in the journal: a bug.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case Money():
            return f"{value.minor} {value.currency}"
        case frozenset():
            return sorted(str(one) for one in value)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in the journal")
