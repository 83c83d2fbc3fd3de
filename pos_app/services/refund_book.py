"""The one way in which refunds come and change: under the charge's lock, journalled, then told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from pos_app.domain.advice import Advice, advise
from pos_app.domain.errors import NoShiftError
from pos_app.domain.events import ChargeChanged, RefundChanged
from pos_app.domain.gateways import has_open_balance
from pos_app.domain.refund_transitions import answered, looked_at, lost, watch_ended
from pos_app.domain.refunds import (
    Refund,
    RefundKind,
    RefundStatus,
    can_cancel_paid,
    check_cancel_paid,
    check_refund,
    check_words,
    held_back,
    is_perhaps_returned,
    refundable,
    refunded,
    returned_by,
)
from pos_app.services.approval import require_manager
from pos_app.services.clock import day_end
from pos_app.services.ledger import JournalValue, difference, journal_value
from pos_app.services.schedule import LOST_AFTER

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.money import Money
    from pos_app.domain.outcomes import RefundAnswer, Refused
    from pos_app.services.gateway_day import GatewayDay
    from pos_app.services.ledger import Ledger
    from pos_app.storage.unit_of_work import UnitOfWork

_NOT_JOURNALLED = {"id", "charge_id", "reference", "reason", "note", "asked_at"}
"""Free texts stay out of what can never be deleted; a question changes nothing known."""


@dataclass(frozen=True, slots=True)
class RefundWish:
    """What a person wants to give back.

    Attributes:
        amount: how much; None cancels the paid charge as a whole.
        reason: told to the gateway.
        asked_by, approved_by: ids of people.
    """

    charge_id: int
    amount: Money | None
    reason: str
    asked_by: int
    approved_by: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a charge stands with its refunds, as they are on disk.

    Attributes:
        refunds: newest last.
        refunded: what went out.
        held_back: what may have gone out; nobody may refund it again.
        refundable: what is left.
        can_cancel: whether cancelling it as a whole may be offered.
    """

    charge: Charge
    refunds: tuple[Refund, ...]
    refunded: Money
    held_back: Money
    refundable: Money
    can_cancel: bool

    @property
    def can_refund(self) -> bool:
        """Whether a refund may be offered."""
        return bool(self.refundable)


class RefundBook:
    """Reads and changes refunds, in one transaction each with its journal entry (promise 8).

    Entries are about the charge and name the refund, so that a charge's history is one list.
    """

    def __init__(self, ledger: Ledger, till_code: str) -> None:
        self.till_code = till_code
        self.ledger = ledger

    def get(self, refund_id: int) -> Refund:
        """Return a refund as it is on disk."""
        with self.ledger.store.read() as work:
            return work.refunds.get(refund_id)

    def unanswered(self) -> tuple[Refund, ...]:
        """Return the refunds without an answer or decision, oldest first; of all tills."""
        with self.ledger.store.read() as work:
            return work.refunds.unanswered()

    def standing(self, charge_id: int) -> Standing:
        """Return where a charge stands with its refunds."""
        with self.ledger.store.read() as work:
            charge = work.charges.get(charge_id)
            refunds = work.refunds.of_charge(charge_id)
        return Standing(
            charge,
            refunds,
            refunded(charge, refunds),
            held_back(charge, refunds),
            refundable(charge, refunds),
            can_cancel_paid(charge, refunds, is_same_day=self._is_same_day(charge)),
        )

    def advice(self, charge_id: int, amount: Money | None, day: GatewayDay) -> Advice:
        """Return how money of a charge best goes back; see `domain.advice`."""
        now = self.ledger.clock.now()
        with self.ledger.store.read() as work:
            charge = work.charges.get(charge_id)
            refunds = work.refunds.of_charge(charge_id)
            estimated = None
            if has_open_balance(charge.gateway):
                estimated = work.takings.net_since(charge, day.begins_at(now))
        ends_at = None
        if charge.paid_at is not None:
            own_end = day_end(self.ledger.clock, charge.paid_at)
            ends_at = min(day.ends_at(charge.paid_at), own_end)
        return advise(charge, refunds, amount, now=now, day_ends_at=ends_at, estimated=estimated)

    def request(self, wish: RefundWish) -> tuple[Refund, Charge]:
        """Write the intent down, which holds its amount back from now on (promises 1 and 5).

        Returns:
            The refund, not sent yet, and its charge as it is on disk.

        Raises:
            RefundError: it may not be (see its kinds).
            NoShiftError: no shift is open.
            StorageError: it could not be written down. Money: send nothing.
        """
        with self.ledger.store.write() as work:
            charge = work.charges.lock(wish.charge_id)
            refunds = work.refunds.of_charge(charge.id)
            if wish.amount is None:
                is_same_day = self._is_same_day(charge)
                check_cancel_paid(charge, refunds, is_same_day=is_same_day)
            else:
                check_refund(charge, refunds, wish.amount)
            require_manager(work, wish.approved_by)
            refund = self._add(work, charge, wish, RefundStatus.REQUESTED)
        self._take_in_hand(charge, (*refunds, refund))
        self.ledger.events.publish(RefundChanged(None, refund))
        return refund, charge

    def note_return(self, charge_id: int, reason: str, who: int | None = None) -> Refund | None:
        """Make or find the record of a cancel that may have returned a payment (promise 6).

        Args:
            charge_id: any charge.
            reason: why money goes back.
            who: the manager who has found out; None: the gateway has said so.

        Returns:
            The record, UNKNOWN and over the whole amount; None when nothing is in doubt.

        Raises:
            NotApprovedError: `who` is no manager.
            NoShiftError: no shift is open.
        """
        with self.ledger.store.write() as work:
            charge = work.charges.lock(charge_id)
            refunds = work.refunds.of_charge(charge_id)
            if not is_perhaps_returned(charge, refunds):
                return None
            known = (one for one in refunds if one.kind is RefundKind.CANCEL and one.can_settle)
            found = next(known, None)
            if found is not None:
                return found
            if who is not None:
                require_manager(work, who)
            by = charge.cashier_id if who is None else who
            wish = RefundWish(charge_id, None, reason, by, by)
            added = self._add(work, charge, wish, RefundStatus.UNKNOWN)
        self._take_in_hand(charge, (*refunds, added))
        self.ledger.events.publish(RefundChanged(None, added))
        return added

    def change(
        self,
        refund_id: int,
        why: str,
        change: Callable[[Refund], Refund],
        *,
        who: int | None = None,
        approved_by: int | None = None,
    ) -> Refund:
        """Apply `change` to the refund as it is on disk, see to its charge, and tell everybody.

        Args:
            refund_id: the refund.
            why: kind of the journal entry, e.g. "refund_done".
            change: a pure function of `domain.refund_transitions`.
            who: the person who wanted it; None when the program did.
            approved_by: who must be a manager; None where nobody has to be.

        Raises:
            NotApprovedError: `approved_by` is no manager; nothing has changed.
            StorageError: nothing has changed.
        """
        with self.ledger.store.write() as work:
            if approved_by is not None:
                require_manager(work, approved_by)
            before = work.refunds.lock(refund_id)
            charge = changed = work.charges.get(before.charge_id)
            after = change(before)
            if after != before:
                work.refunds.save(after)
                body = refund_difference(before, after)
                work.journal.append(why, charge.reference, self.ledger.clock.now(), who, body)
            refunds = work.refunds.of_charge(charge.id)
            if after != before:
                changed = looked_at(charge, before, after, refunds)
            if changed != charge:
                self._save_attention(work, charge, changed, who)
        self._take_in_hand(changed, refunds)
        if self.ledger.board.charge(charge.id) is not None:
            self.ledger.board.note(charge.id, returned=returned_by(refunds))
        if after != before:
            self.ledger.events.publish(RefundChanged(before, after))
        if changed != charge:
            self.ledger.board.put(changed)
            self.ledger.events.publish(ChargeChanged(charge, changed))
        return after

    def learn(self, refund_id: int, answer: RefundAnswer | Refused) -> Refund:
        """Apply what the gateway says of a refund; errors as `change`."""
        now = self.ledger.clock.now()
        return self.change(refund_id, "refund_answered", lambda one: answered(one, answer, now))

    def give_up_waiting(self, refund: Refund, *, is_start: bool = False) -> Refund:
        """Call a refund UNKNOWN whose request has been on its way for longer than any takes.

        Args:
            refund: in any status; most stay as they are.
            is_start: the program has just begun: nothing that this till requested is on its way.
        """
        is_own = is_start and refund.till_code == self.till_code
        is_old = self.ledger.clock.now() - refund.requested_at >= LOST_AFTER
        if refund.status is not RefundStatus.REQUESTED or not (is_own or is_old):
            return refund
        return self.change(refund.id, "refund_unknown", lost)

    def end_watch(self, refund_id: int) -> Refund:
        """Hand a refund that was asked about for seven days to a person; errors as `change`."""
        now = self.ledger.clock.now()
        return self.change(refund_id, "refund_watch_ended", lambda one: watch_ended(one, now))

    def note_asked(self, charge_id: int, at: datetime) -> None:
        """Keep when the charge's refunds were asked about; as `Ledger.note_asked`."""
        with self.ledger.store.write() as work:
            work.refunds.note_asked(charge_id, at)
            refunds = work.refunds.of_charge(charge_id)
        self.ledger.board.put_refunds(charge_id, _watched(refunds))

    def _take_in_hand(self, charge: Charge, refunds: tuple[Refund, ...]) -> None:
        """Let the watcher know of refunds that are asked about."""
        watched, board = _watched(refunds), self.ledger.board
        if watched and board.charge(charge.id) is None:
            board.put(charge)
        board.put_refunds(charge.id, watched)

    def _add(
        self, work: UnitOfWork, charge: Charge, wish: RefundWish, status: RefundStatus
    ) -> Refund:
        shift = work.shifts.open_at(self.till_code)
        if shift is None:
            raise NoShiftError("No shift is open.")
        wanted = Refund(
            id=0,
            reference="",
            charge_id=charge.id,
            kind=RefundKind.CANCEL if wish.amount is None else RefundKind.REFUND,
            amount=wish.amount or charge.amount,
            reason=check_words(wish.reason),
            till_code=self.till_code,
            shift_id=shift.id,
            asked_by=wish.asked_by,
            approved_by=wish.approved_by,
            requested_at=self.ledger.clock.now(),
            status=status,
        )
        refund = work.refunds.add(wanted, charge)
        body = refund_difference(None, refund)
        work.journal.append(
            "refund_requested", charge.reference, refund.requested_at, wish.asked_by, body
        )
        return refund

    def _save_attention(
        self, work: UnitOfWork, before: Charge, after: Charge, who: int | None
    ) -> None:
        work.charges.save(after, by=who)
        why = "attention_raised" if after.attention - before.attention else "attention_answered"
        now = self.ledger.clock.now()
        work.journal.append(why, after.reference, now, who, difference(before, after))

    def _is_same_day(self, charge: Charge) -> bool:
        clock = self.ledger.clock

        def day(at: datetime) -> object:
            return clock.local(at).date()

        return charge.paid_at is not None and day(charge.paid_at) == day(clock.now())


def _watched(refunds: tuple[Refund, ...]) -> tuple[Refund, ...]:
    return tuple(one for one in refunds if one.is_watched)


def refund_difference(before: Refund | None, after: Refund) -> dict[str, JournalValue]:
    """Return what a journal entry says of a refund's change: which one, and the new values."""
    changes = {
        field.name: journal_value(getattr(after, field.name))
        for field in fields(Refund)
        if field.name not in _NOT_JOURNALLED
        and (before is None or getattr(before, field.name) != getattr(after, field.name))
    }
    return {"refund": after.reference, **changes}
