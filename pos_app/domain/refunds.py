"""Refunds: money that goes back, each a record of its own beside its charge (promise 5).

A charge stays PAID. What was refunded and what may still be are sums over its refunds; a refund
without a final answer holds its amount back until the gateway or a manager says what became of
it. Cancelling a paid charge is such a record, too, over the whole amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from pos_app.domain.charges import Attention, Charge
from pos_app.domain.errors import (
    CannotCancelPaidError,
    NotRefundableError,
    ReasonMissingError,
    RefundAmountError,
)
from pos_app.domain.gateways import can_cancel
from pos_app.domain.money import Money
from pos_app.domain.references import short_reference


class RefundKind(StrEnum):
    """How the money goes back."""

    REFUND = "refund"
    """A part or the whole. Never repeated by the program: twice sent is twice refunded."""
    CANCEL = "cancel"
    """The whole, by cancelling the paid charge. May be repeated: a second one is "duplicate"."""


class RefundStatus(StrEnum):
    """What is known of a refund (design.md, section 3)."""

    REQUESTED = "requested"
    """The intent is on disk; it may have been sent."""
    PENDING = "pending"
    """The gateway has taken it and will carry it out."""
    UNKNOWN = "unknown"
    """It may have been carried out: its answer was lost."""
    DONE = "done"
    """The gateway confirms it."""
    REFUSED = "refused"
    """No money moved: the gateway said no, or it was proven never to have been sent."""


_S = RefundStatus
TRANSITIONS: Mapping[RefundStatus, frozenset[RefundStatus]] = MappingProxyType({
    _S.REQUESTED: frozenset({_S.DONE, _S.REFUSED, _S.PENDING, _S.UNKNOWN}),
    _S.PENDING: frozenset({_S.DONE, _S.REFUSED}),
    _S.UNKNOWN: frozenset({_S.DONE, _S.REFUSED}),
    _S.DONE: frozenset(),
    _S.REFUSED: frozenset(),
})  # fmt: skip

UNANSWERED = frozenset({_S.REQUESTED, _S.PENDING, _S.UNKNOWN})
"""Without a final answer of the gateway."""


class Refusal(StrEnum):
    """Why no money moved, for the words on the screen (ux.md 6.5)."""

    TOO_MUCH = "too_much"
    """The gateway says that it is more than can be refunded."""
    NO_BALANCE = "no_balance"
    """Today's balance at the gateway does not cover it."""
    NOT_IN_WINDOW = "not_in_window"
    """Too early or too late to cancel: a refund is still possible."""
    NOT_SENT = "not_sent"
    """It never left: safe to ask for again."""
    OTHER = "other"
    """Something else: see the gateway's words."""


class Decision(StrEnum):
    """What a manager decided by hand about a refund without an answer. It moves no money."""

    WENT_OUT = "went_out"
    """The customer has the money: it counts as refunded."""
    DID_NOT_GO_OUT = "did_not_go_out"
    """No money moved: the amount is free again."""
    STILL_NOT_KNOWN = "still_not_known"
    """Looked at, and nothing is proven: the amount stays held back."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back to the customer of one charge. All instants are aware UTC.

    Attributes:
        id: ledger id; 0 before it is recorded.
        reference: readable id, "HSG1-2607120087-K7QX-R1"; empty before it is recorded.
        amount: minor units of the charge's currency, always above zero; a cancel's is the whole.
        reason: in the merchant's words; free text, never journalled.
        till_code, shift_id: where and in which shift it was asked for, and counts.
        asked_by, approved_by: ids of people; who approved is a manager. Of a payment that landed
            while it was being cancelled, both are its cashier: cancelling what is unpaid needs
            no approval.
        answered_at: when its first trustworthy answer came; of a withdrawn one, when that was.
        gateway_id: the gateway's id of the refund, opaque.
        refusal: why no money moved; of a REFUSED one.
        refusal_text: the gateway's own words, for Details.
        decision: what a manager settled by hand, beside the status (ux.md 6.3): the gateway may
            still say otherwise later.
        note: the manager's note of it; free text, never journalled.
        asked_at: when it was last asked about by itself, for going on after a restart.
        watch_ended_at: when that ended without a final answer: the rest is for a person.
    """

    id: int
    reference: str
    charge_id: int
    kind: RefundKind
    amount: Money
    reason: str
    till_code: str
    shift_id: int
    asked_by: int
    approved_by: int
    requested_at: datetime
    status: RefundStatus = RefundStatus.REQUESTED
    answered_at: datetime | None = None
    gateway_id: str | None = None
    refusal: Refusal | None = None
    refusal_text: str = ""
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    note: str = ""
    asked_at: datetime | None = None
    watch_ended_at: datetime | None = None

    @property
    def short_reference(self) -> str:
        """What screens and slips show: "HSG1-0087-R1"."""
        return short_reference(self.reference)

    @property
    def told_reason(self) -> str:
        """What the gateway is told as the reason: its own reference, then the merchant's words.

        The gateway's list gives it back, so that a refund whose answer was lost is found there,
        exactly and once. The reference comes first: whoever cuts a long text cuts its end.
        """
        return f"{self._mark} {self.reason}"

    def is_named_in(self, note: str) -> bool:
        """Tell whether the gateway's note of a refund, its reason, names this one."""
        return self._mark in note

    @property
    def _mark(self) -> str:
        # In brackets: "…-R1" is the beginning of "…-R10".
        return f"[{self.reference}]"

    @property
    def is_unanswered(self) -> bool:
        """Whether the gateway has given no final answer."""
        return self.status in UNANSWERED

    @property
    def is_watched(self) -> bool:
        """Whether the gateway is asked about it by itself, whatever a manager has decided."""
        return self.is_unanswered and self.watch_ended_at is None

    @property
    def is_decided(self) -> bool:
        """Whether a manager has said by hand what became of it."""
        return self.decision in {Decision.WENT_OUT, Decision.DID_NOT_GO_OUT}

    @property
    def is_refunded(self) -> bool:
        """Whether its amount counts as refunded."""
        is_settled_so = self.is_unanswered and self.decision is Decision.WENT_OUT
        return self.status is RefundStatus.DONE or is_settled_so

    @property
    def is_held_back(self) -> bool:
        """Whether its amount may have gone out, so that nobody may refund it again."""
        return self.is_unanswered and not self.is_decided

    @property
    def can_settle(self) -> bool:
        """Whether a manager may say by hand what became of it."""
        return self.status in {_S.PENDING, _S.UNKNOWN} and not self.is_decided

    @property
    def needs_answer(self) -> bool:
        """Whether a person has to find out: it may be lost, or was promised for too long."""
        is_overdue = self.status is RefundStatus.PENDING and self.watch_ended_at is not None
        return (self.status is RefundStatus.UNKNOWN or is_overdue) and not self.is_decided

    @property
    def has_slip(self) -> bool:
        """Whether paper may say that the money went back: only by the gateway's own word."""
        return self.status is RefundStatus.DONE

    @property
    def explains_cancel(self) -> bool:
        """Whether it says what became of the charge's cancel, by the gateway's word or by hand."""
        is_known = self.status is RefundStatus.DONE or self.is_decided
        return self.kind is RefundKind.CANCEL and is_known

    @property
    def is_contradicted(self) -> bool:
        """Whether the gateway's answer is not what a manager had decided."""
        return (self.status, self.decision) in {
            (RefundStatus.DONE, Decision.DID_NOT_GO_OUT),
            (RefundStatus.REFUSED, Decision.WENT_OUT),
        }


def refunded(charge: Charge, refunds: Iterable[Refund]) -> Money:
    """Return the sum of the charge's refunds that went out."""
    return _sum(charge, (one for one in refunds if one.is_refunded))


def held_back(charge: Charge, refunds: Iterable[Refund]) -> Money:
    """Return what may have gone out: its refunds without an answer, or all that is left of it.

    The latter when our own cancel may have returned the payment (promise 6).
    """
    refunds = tuple(refunds)
    if is_perhaps_returned(charge, refunds):
        return _at_least_zero(charge.amount - refunded(charge, refunds))
    return _sum(charge, (one for one in refunds if one.is_held_back))


def refundable(charge: Charge, refunds: Iterable[Refund]) -> Money:
    """Return how much can still be refunded; nothing of a charge that is not paid."""
    if not charge.is_paid:
        return Money.zero(charge.amount.currency)
    refunds = tuple(refunds)
    taken = refunded(charge, refunds) + held_back(charge, refunds)
    return _at_least_zero(charge.amount - taken)


def can_refund(charge: Charge, refunds: Iterable[Refund]) -> bool:
    """Tell whether any money may still go back."""
    return bool(refundable(charge, refunds))


def can_cancel_paid(charge: Charge, refunds: Iterable[Refund], *, is_same_day: bool) -> bool:
    """Tell whether cancelling the paid charge as a whole may be offered (promise 5).

    Only while nothing of it is refunded or may be, on the day of the payment, and by a method
    that can be cancelled. Whether it has been settled meanwhile only the gateway knows.

    Args:
        charge: as it is on disk.
        refunds: all of it.
        is_same_day: it is still the day of the payment, local to the store.
    """
    is_whole = refundable(charge, refunds) == charge.amount
    return is_whole and is_same_day and can_cancel(charge.gateway, charge.method)


def is_perhaps_returned(charge: Charge, refunds: Iterable[Refund]) -> bool:
    """Tell whether the payment landed around our own cancel, and nobody knows which came first.

    Looking at the attention is no decision: it stays so until the cancel is on record, with
    the gateway's answer or a manager's decision.
    """
    was_cancelled = charge.cancel_requested_at or charge.cancel_confirmed_at
    is_open = Attention.MAYBE_RETURNED in charge.attention or was_cancelled
    return charge.is_paid and bool(is_open) and not any(one.explains_cancel for one in refunds)


def returned_by(refunds: Iterable[Refund]) -> Refund | None:
    """Return the cancel by which the whole payment has gone back, if there is one."""
    cancels = (one for one in refunds if one.kind is RefundKind.CANCEL)
    return next((one for one in cancels if one.is_refunded), None)


def check_refund(charge: Charge, refunds: Iterable[Refund], amount: Money) -> None:
    """Refuse what cannot be a refund of this charge. The sum is checked where it is written.

    Raises:
        NotRefundableError: not known to be paid, or perhaps returned already.
        RefundAmountError: not above zero, or another currency.
    """
    _check_paid(charge)
    if is_perhaps_returned(charge, refunds):
        raise NotRefundableError(
            f"The payment {charge.short_reference} may have been returned by its cancel."
        )
    if amount.currency != charge.amount.currency or amount.minor <= 0:
        raise RefundAmountError(
            f"A refund of {charge.short_reference} is above zero and in {charge.amount.currency}."
        )


def check_cancel_paid(charge: Charge, refunds: Iterable[Refund], *, is_same_day: bool) -> None:
    """Refuse to cancel a charge that cannot be cancelled as a whole; see `can_cancel_paid`.

    Raises:
        NotRefundableError: not known to be paid.
        CannotCancelPaidError: partly refunded, another day, or a method that cannot.
    """
    _check_paid(charge)
    if not can_cancel_paid(charge, refunds, is_same_day=is_same_day):
        raise CannotCancelPaidError(
            f"The payment {charge.short_reference} cannot be cancelled as a whole any more."
        )


def check_words(words: str) -> str:
    """Return a reason or note without blanks around it.

    Raises:
        ReasonMissingError: there are none. Some wallets refuse a refund without a reason.
    """
    if not words.strip():
        raise ReasonMissingError("Money goes back only with a reason, and a decision with a note.")
    return words.strip()


def _check_paid(charge: Charge) -> None:
    if not charge.is_paid:
        raise NotRefundableError(f"The payment {charge.short_reference} is not known to be paid.")


def _sum(charge: Charge, refunds: Iterable[Refund]) -> Money:
    return sum((one.amount for one in refunds), Money.zero(charge.amount.currency))


def _at_least_zero(amount: Money) -> Money:
    return max(amount, Money.zero(amount.currency))
