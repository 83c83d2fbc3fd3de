"""One charge of ours beside the gateway's list: what differs, repaired where it can be.

It only asks: no charge, cancel or refund is ever sent from here. What it learns goes through the
ordinary transitions; what no answer explains calls for a person (design.md, promises 4 to 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pos_app.domain import transitions
from pos_app.domain.charges import Charge, ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.outcomes import Inquiry, ListedPayment, PaymentState, RefundDone
from pos_app.domain.reconciliation import (
    Difference,
    DifferenceKind,
    DifferenceOutcome,
    Listing,
    match_refunds,
)
from pos_app.domain.refunds import (
    Refund,
    RefundKind,
    RefundStatus,
    is_perhaps_returned,
    refunded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.services.asking import Asker
    from pos_app.services.ledger import Ledger
    from pos_app.services.refunding import Refunding
    from pos_app.services.returning import Returns

_K, _O = DifferenceKind, DifferenceOutcome

BETWEEN_QUESTIONS_S = 0.1
"""Leaves most of the store's questions per second to the customers who wait."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing one charge.

    Attributes:
        is_answered: False when the gateway was asked about it and gave no answer.
    """

    differences: tuple[Difference, ...]
    is_answered: bool = True


class Comparer:
    """Compares single charges. Waits for disk and gateway."""

    def __init__(
        self,
        ledger: Ledger,
        asker: Asker,
        refunding: Refunding,
        returns: Returns,
        nap: Callable[[float], object],
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._asker = asker
        self._refunding = refunding
        self._returns = returns
        self._nap = nap

    def compare(
        self,
        charge_id: int,
        listing: Listing | None,
        asked_at: datetime,
        *,
        is_thorough: bool = False,
    ) -> Comparison:
        """Compare one charge and its refunds with what the list has of it.

        Args:
            charge_id: the charge.
            listing: its part of the list, perhaps empty; None where the gateway gives none: then
                it is asked about this charge, and refunds stay as they are.
            asked_at: when the list was asked for: what happened later need not be in it.
            is_thorough: ask about the charge even where the list says as we do.

        Raises:
            StorageError: something could not be read or written; compare again.
        """
        charge, _ = self._standing(charge_id)
        is_question, is_answered = _is_question(charge, listing), True
        found: list[Difference] = []
        if not is_question:
            found += self._agreeing(charge, listing or Listing())
        if is_question or (is_thorough and charge.gateway_id is not None):
            answer = self._ask(charge)
            found += self._judge(charge, answer, is_listed_paid=bool(listing and listing.paid))
            is_answered = answer is not None
        return Comparison((*found, *self._refunds(charge_id, listing, asked_at)), is_answered)

    def _agreeing(self, charge: Charge, listing: Listing) -> Iterator[Difference]:
        """The list says as we do whether it is paid, or there is no id to ask about it by."""
        there = listing.taken(charge.amount.currency)
        if listing.paid and not charge.is_paid:
            yield self._for_a_person(charge, _K.PAID_THERE, there)
        elif listing.disagrees_with(charge):
            yield self._for_a_person(charge, _K.DISAGREES, there)

    def _judge(
        self, before: Charge, answer: Inquiry | None, *, is_listed_paid: bool
    ) -> Iterator[Difference]:
        """Say what the gateway's answer about a charge has made of it."""
        after, _ = self._standing(before.id)
        if before.is_paid:
            yield from self._judge_paid(before, answer)
        elif after.is_paid:
            yield _of(after, _K.PAID_THERE, _O.REPAIRED, after.amount)
        elif answer is None and is_listed_paid:
            yield _of(after, _K.PAID_THERE, _O.OPEN)
        elif is_listed_paid or (answer is not None and answer.state is PaymentState.PAID):
            there = answer.amount if answer else None
            yield self._for_a_person(after, _K.PAID_THERE, there)
        elif before.status is ChargeStatus.UNKNOWN:
            if after.status is not ChargeStatus.UNKNOWN:
                yield _of(after, _K.UNKNOWN_HERE, _O.REPAIRED)
            elif after.needs_answer:
                yield _of(after, _K.UNKNOWN_HERE, _O.NEEDS_PERSON)

    def _judge_paid(self, charge: Charge, answer: Inquiry | None) -> Iterator[Difference]:
        if answer is None:
            yield _of(charge, _K.PAID_ONLY_HERE, _O.OPEN)
        elif answer.state is PaymentState.PAID:
            if transitions.disagrees(charge, answer):
                yield self._for_a_person(charge, _K.DISAGREES, answer.amount)
            if answer.is_refunded and not self._may_be_refunded(charge):
                nothing = Money.zero(charge.amount.currency)
                yield self._for_a_person(charge, _K.MORE_REFUNDED_THERE, here=nothing)
        elif not self._is_cancelled_since(charge):
            yield self._for_a_person(charge, _K.PAID_ONLY_HERE)

    def _may_be_refunded(self, charge: Charge) -> bool:
        """Tell whether a refund of ours explains that money went back."""
        _, refunds = self._standing(charge.id)
        return any(one.is_refunded or one.is_held_back for one in refunds)

    def _is_cancelled_since(self, charge: Charge) -> bool:
        """Tell whether it was cancelled as a whole: what inquire says then is not documented."""
        _, refunds = self._standing(charge.id)
        return any(one.kind is RefundKind.CANCEL and one.is_refunded for one in refunds)

    def _refunds(
        self, charge_id: int, listing: Listing | None, asked_at: datetime
    ) -> Iterator[Difference]:
        charge, refunds = self._standing(charge_id)
        if not charge.is_paid:
            return
        if listing is None:
            waiting = (one for one in refunds if one.needs_answer)
            yield from (_of_refund(charge, one, _K.REFUND_UNKNOWN, _O.OPEN) for one in waiting)
            return
        matching = match_refunds(charge, refunds, listing)
        for refund, gateway_id in matching.found:
            yield self._learned(charge, refund, gateway_id)
        charge, refunds = self._standing(charge_id)
        gone = listing.gone(charge.amount.currency)
        if is_perhaps_returned(charge, refunds):
            is_known = self._returns.learn(charge, listing) is not None
            outcome = _O.REPAIRED if is_known else _O.NEEDS_PERSON
            yield _of(charge, _K.MAYBE_RETURNED, outcome, gone)
            return
        waiting = (one for one in refunds if one.needs_answer)
        yield from (_of_refund(charge, one, _K.REFUND_UNKNOWN, _O.NEEDS_PERSON) for one in waiting)
        if not any(one.status is RefundStatus.REQUESTED for one in refunds):
            yield from (self._stranger(charge, one) for one in matching.strangers)
            strange = _sum(charge, matching.strangers)
            yield from self._sums(charge, refunds, listing, strange, asked_at)

    def _learned(self, charge: Charge, refund: Refund, gateway_id: str | None) -> Difference:
        after = self._refunding.learn(refund.id, RefundDone(gateway_id))
        outcome = _O.NEEDS_PERSON if after.is_contradicted else _O.REPAIRED
        return _of_refund(charge, after, _K.REFUND_DONE_THERE, outcome, after.amount)

    def _stranger(self, charge: Charge, entry: ListedPayment) -> Difference:
        self._mark(charge)
        return Difference(
            _K.REFUND_NOT_HERE,
            _O.NEEDS_PERSON,
            charge.reference,
            charge.id,
            entry.gateway_id or "",
            there=entry.amount,
        )

    def _sums(
        self,
        charge: Charge,
        refunds: Sequence[Refund],
        listing: Listing,
        strange: Money,
        asked_at: datetime,
    ) -> Iterator[Difference]:
        """Compare what went back in all, as far as the single refunds have not told it."""
        gone = listing.gone(charge.amount.currency)
        here = refunded(charge, refunds)
        maybe = _sum(charge, [one for one in refunds if one.is_held_back])
        surely = _sum(charge, [one for one in refunds if _was_done_before(one, asked_at)])
        if gone is not None and gone > here + maybe + strange:
            yield self._for_a_person(charge, _K.MORE_REFUNDED_THERE, gone, here)
        elif gone is not None and gone < surely and listing.tells_all:
            yield _of(charge, _K.LESS_REFUNDED_THERE, _O.OPEN, gone, here)

    def _ask(self, charge: Charge) -> Inquiry | None:
        """Ask about one charge, by the ordinary way; None when there was no answer."""
        self._nap(BETWEEN_QUESTIONS_S)
        was_in_hand = self._board.charge(charge.id) is not None
        try:
            with self._board.asking(charge.id, wait=True):
                return self._asker.inquire(charge)
        finally:
            if not was_in_hand:
                self._let_go(charge.id)

    def _let_go(self, charge_id: int) -> None:
        """Take a charge off the board that only this comparison had put there."""
        is_open = self._board.progress(charge_id).is_watched_closely
        if not is_open and not self._board.is_busy(charge_id):
            self._board.forget(charge_id)

    def _for_a_person(
        self,
        charge: Charge,
        kind: DifferenceKind,
        there: Money | None = None,
        here: Money | None = None,
    ) -> Difference:
        self._mark(charge)
        return _of(charge, kind, _O.NEEDS_PERSON, there, here)

    def _mark(self, charge: Charge) -> None:
        """Put a charge on the "needs an answer" list; an unpaid one may be on it for that."""
        if charge.is_paid or not charge.needs_answer:
            self._ledger.change(charge.id, "list_disagrees", transitions.list_disagrees)

    def _standing(self, charge_id: int) -> tuple[Charge, tuple[Refund, ...]]:
        standing = self._refunding.standing(charge_id)
        return standing.charge, standing.refunds


def _is_question(charge: Charge, listing: Listing | None) -> bool:
    """Tell whether the gateway is to be asked about the charge itself.

    Without a list, or where the list does not say as we do, for it may be behind.
    """
    if charge.gateway_id is None:
        return False
    is_open = charge.status is ChargeStatus.UNKNOWN
    return listing is None or is_open or bool(listing.paid) != charge.is_paid


def _of(
    charge: Charge,
    kind: DifferenceKind,
    outcome: DifferenceOutcome,
    there: Money | None = None,
    here: Money | None = None,
) -> Difference:
    here = charge.amount if here is None else here
    return Difference(kind, outcome, charge.reference, charge.id, here=here, there=there)


def _of_refund(
    charge: Charge,
    refund: Refund,
    kind: DifferenceKind,
    outcome: DifferenceOutcome,
    there: Money | None = None,
) -> Difference:
    return Difference(
        kind, outcome, charge.reference, charge.id, refund.reference, refund.amount, there
    )


def _was_done_before(refund: Refund, at: datetime) -> bool:
    answered_at = refund.answered_at
    return refund.status is RefundStatus.DONE and answered_at is not None and answered_at < at


def _sum(charge: Charge, ones: Sequence[Refund | ListedPayment]) -> Money:
    currency = charge.amount.currency
    amounts = (one.amount for one in ones if one.amount and one.amount.currency == currency)
    return sum(amounts, Money.zero(currency))
