"""How a charge changes when something is learned: pure functions from charge to charge.

Each is applied to the row as re-read under its lock. The same answer twice changes nothing, and
a late failure cannot undo a success: functions return the very same charge when there is nothing
to change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pos_app.domain.charges import (
    ANSWERED_BY_DECISION,
    CLOSED_UNPAID,
    TRANSITIONS,
    Attention,
    Charge,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.errors import TransitionError
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
)

FASTEST_CUSTOMER = timedelta(seconds=1)
"""Nobody finds, scans and confirms a code faster. An answer "paid" to a question that was asked
sooner after the code appeared speaks of an earlier payment (promise 2)."""

_FOR_A_PERSON = {UnknownReason.DISAGREES, UnknownReason.REUSED_REFERENCE}
"""Reasons to be UNKNOWN that no further answer "open" or "expired" can lift."""
_OPEN_IS_NO_NEWS = {*_FOR_A_PERSON, UnknownReason.CANCEL_LOST}
"""After a lost cancel "open" does not tell whether it was carried out: it is sent again."""


def moved(charge: Charge, to: ChargeStatus, **changes: Any) -> Charge:
    """Return `charge` in status `to` with `changes`, if the table allows it.

    Raises:
        TransitionError: when `to` may not follow: a bug, nothing has changed.
    """
    if to is charge.status:
        return replace(charge, **changes)
    if to not in TRANSITIONS[charge.status]:
        raise TransitionError(f"{charge.reference} cannot go from {charge.status} to {to}.")
    if to is not ChargeStatus.UNKNOWN:
        changes.setdefault("unknown_reason", None)
    return replace(charge, status=to, **changes)


def accepted(charge: Charge, answer: CodeCreated, at: datetime, life: timedelta) -> Charge:
    """The gateway made a code. It is shown now, unless the sale has been left meanwhile."""
    if not charge.can_send_again:
        return charge
    return moved(
        charge,
        ChargeStatus.WAITING,
        gateway_id=answer.gateway_id,
        code=answer.code,
        not_sent_at=None,
        shown_at=None if charge.left_at else at,
        code_expires_at=at + life,
    )


def refused(charge: Charge, answer: Refused, at: datetime) -> Charge:
    """The gateway did not accept the create. Money: nobody can have paid."""
    if not charge.is_unanswered:
        return charge
    return moved(
        charge,
        ChargeStatus.REFUSED,
        closed_at=at,
        refusal=f"{answer.code} {answer.text}".strip(),
        is_not_set_up=answer.kind is RefusalKind.NOT_SET_UP,
    )


def reused(charge: Charge, gateway_id: str) -> Charge:
    """A create was answered with a gateway id that another of our charges has (promise 2)."""
    if not charge.is_unanswered:
        return charge
    return _reused(replace(charge, gateway_id=gateway_id, not_sent_at=None))


def not_sent(charge: Charge, at: datetime) -> Charge:
    """Every try to create so far was proven not to have left. Money: nothing happened."""
    return replace(charge, not_sent_at=at) if charge.can_send_again else charge


def found_out(
    charge: Charge, answer: Inquiry | Refused, asked_at: datetime, at: datetime
) -> Charge:
    """A create without an answer was asked about, where it must not be sent again.

    Its code is lost for good, so nobody gets it: unpaid or not even known to the gateway, the
    charge is closed and only watched on. Paid all the same, a person has to look.
    """
    if not charge.can_send_again or (isinstance(answer, Inquiry) and contradicts(charge, answer)):
        return charge
    known = replace(charge, gateway_id=charge.reference, not_sent_at=None)
    if isinstance(answer, Inquiry) and answer.state is not PaymentState.OPEN:
        return inquired(known, answer, asked_at, at)
    return moved(known, ChargeStatus.EXPIRED, closed_at=at)


def sent_again(charge: Charge) -> Charge:
    """A charge that had surely not been sent is about to be: from now on it may have been."""
    return replace(charge, not_sent_at=None)


def left(charge: Charge, at: datetime) -> Charge:
    """The cashier goes back to the sale before a code is known: never show what comes back."""
    if not charge.can_send_again:
        return charge
    if charge.is_surely_not_sent:
        return moved(charge, ChargeStatus.CANCELLED, left_at=at, closed_at=at)
    if charge.is_card_keyed:
        return charge  # it may be paid already: it stays in question
    return replace(charge, left_at=at)


def inquired(
    charge: Charge,
    answer: Inquiry,
    asked_at: datetime,
    at: datetime,
    *,
    was_open: bool = False,
) -> Charge:
    """Apply the answer to an inquire.

    Args:
        charge: as re-read under its lock.
        answer: what the gateway says.
        asked_at: when the question was sent, to tell an earlier payment from this customer's.
        at: now.
        was_open: an earlier answer called it open, so whoever paid has paid since.
    """
    is_about_it = not contradicts(charge, answer)
    if charge.is_paid or not (is_about_it or answer.state is PaymentState.PAID):
        return charge
    if answer.transaction_id and is_about_it and not charge.transaction_id:
        charge = replace(charge, transaction_id=answer.transaction_id)
    match answer.state:
        case PaymentState.PAID:
            is_early = _is_too_early(charge, asked_at, was_open=was_open)
            return _said_paid(charge, answer, at, is_early=is_early)
        case PaymentState.OPEN:
            return _said_open(charge)
        case PaymentState.EXPIRED:
            cancelled = charge.cancel_requested_at or charge.cancel_confirmed_at
            return _closed(charge, _S.CANCELLED if cancelled else _S.EXPIRED, at)
        case PaymentState.DECLINED:
            return _closed(charge, _S.DECLINED, at)


def unanswered(charge: Charge, reason: UnknownReason) -> Charge:
    """There is no trustworthy answer: paid or not, we do not know."""
    if charge.status is not ChargeStatus.WAITING:
        return charge
    return moved(charge, ChargeStatus.UNKNOWN, unknown_reason=reason)


def cancel_requested(charge: Charge, at: datetime) -> Charge:
    """Write the intent to cancel down, before it is sent."""
    return replace(charge, cancel_requested_at=at) if charge.can_cancel else charge


def cancel_confirmed(charge: Charge, at: datetime) -> Charge:
    """The gateway says it has cancelled; one more inquire must show what it cancelled."""
    if charge.is_paid or charge.cancel_confirmed_at:
        return charge
    return replace(charge, cancel_confirmed_at=at)


def cancelled(charge: Charge, at: datetime) -> Charge:
    """The cancel is confirmed and the inquire after it shows no payment."""
    return _closed(charge, ChargeStatus.CANCELLED, at)


def cancel_refused(charge: Charge) -> Charge:
    """The gateway refused the cancel, or it was never sent: the payment is unchanged."""
    if charge.unknown_reason is UnknownReason.CANCEL_LOST:
        charge = moved(charge, ChargeStatus.WAITING)
    return replace(charge, cancel_requested_at=None)


def cancel_lost(charge: Charge) -> Charge:
    """The cancel was sent and its answer was lost."""
    return unanswered(charge, UnknownReason.CANCEL_LOST)


def stopped(charge: Charge, at: datetime) -> Charge:
    """The cashier stops waiting; the code stays open at the gateway until it expires."""
    if not charge.is_living or charge.stopped_at:
        return charge
    return replace(charge, stopped_at=at, attention=charge.attention | {Attention.STOPPED})


def put_aside(charge: Charge, at: datetime) -> Charge:
    """The cashier serves the next customer while this one's payment is watched."""
    is_news = charge.is_living and charge.put_aside_at is None
    return replace(charge, put_aside_at=at) if is_news else charge


def picked_up(charge: Charge) -> Charge:
    """The payment is back on the screen."""
    kept = charge.attention - {Attention.STOPPED} if charge.is_living else charge.attention
    stopped_at = None if charge.is_living else charge.stopped_at
    return replace(charge, put_aside_at=None, stopped_at=stopped_at, attention=kept)


def declined_hint(charge: Charge, at: datetime) -> Charge:
    """The wallet said no, but the same code can still be paid: a hint on WAITING, no status."""
    is_news = charge.status is _S.WAITING and charge.declined_hint_at is None
    return replace(charge, declined_hint_at=at) if is_news else charge


def watch_ended(charge: Charge) -> Charge:
    """Seven days without a final answer: from here on a person must find out."""
    if not charge.is_living or charge.is_decided:
        return charge
    return replace(charge, attention=charge.attention | {Attention.WATCH_ENDED})


def list_disagrees(charge: Charge) -> Charge:
    """Reconciling shows a difference that no answer explains: a person has to look."""
    return replace(charge, attention=charge.attention | {Attention.LIST_DISAGREES})


def settled(charge: Charge, decision: ChargeDecision, note: str, who: int, at: datetime) -> Charge:
    """A manager says by hand if it was paid; it moves no money, and the watch goes on."""
    if not charge.can_settle:
        return charge
    is_known = decision is not ChargeDecision.STILL_NOT_KNOWN
    return replace(
        charge,
        decision=decision,
        decision_note=note,
        decided_at=at,
        decided_by=who,
        attention=charge.attention - ANSWERED_BY_DECISION if is_known else charge.attention,
    )


def answered(charge: Charge, attention: Attention) -> Charge:
    """A person has looked at it."""
    return replace(charge, attention=charge.attention - {attention})


_S = ChargeStatus


def disagrees(charge: Charge, answer: Inquiry) -> bool:
    """Tell whether any member that the gateway sent contradicts the charge (promise 3).

    An answer without an amount cannot confirm one either. One that calls another part of it a tip
    speaks of another sale.
    """
    return (
        contradicts(charge, answer)
        or answer.amount != charge.amount
        or answer.tip not in {None, charge.amount - charge.price}
        or answer.method not in {None, charge.method.value}
    )


def contradicts(charge: Charge, answer: Inquiry) -> bool:
    """Tell whether the answer speaks of something else than this charge.

    Not even "expired" may be believed then: it would say that no money was taken.
    """
    return not answer.is_charge or answer.reference not in {None, charge.reference}


def _said_paid(charge: Charge, answer: Inquiry, at: datetime, *, is_early: bool) -> Charge:
    if charge.unknown_reason is UnknownReason.REUSED_REFERENCE:
        return charge
    if disagrees(charge, answer):
        return _mismatched(charge, answer)
    if is_early:
        return _reused(charge)
    attention = charge.attention - {Attention.STOPPED, Attention.WATCH_ENDED, Attention.MISMATCH}
    if charge.cancel_requested_at or charge.cancel_confirmed_at:
        attention |= {Attention.MAYBE_RETURNED}
    elif _was_given_up(charge):
        attention |= {Attention.PAID_LATE}
    return moved(
        charge,
        ChargeStatus.PAID,
        transaction_id=answer.transaction_id or charge.transaction_id,
        paid_at=at,
        gateway_time=answer.time_text,
        received=None,
        attention=attention,
    )


def _was_given_up(charge: Charge) -> bool:
    """Tell whether the customer may have been charged again meanwhile."""
    if charge.is_living and charge.is_decided:
        return charge.decision is ChargeDecision.NOT_PAID
    return not charge.is_living or charge.stopped_at is not None


def _is_too_early(charge: Charge, asked_at: datetime, *, was_open: bool) -> bool:
    """Tell whether this customer cannot have paid when the question was sent.

    No question is sent before the code is shown: an earlier instant comes from a clock that was
    set back meanwhile, and proves nothing.
    """
    if charge.is_customer_presented or charge.is_card_keyed:
        return False  # by its own answer, or under our reference: no earlier payment
    shown_at = charge.shown_at
    if shown_at is None:
        return True
    return not was_open and shown_at <= asked_at < shown_at + FASTEST_CUSTOMER


def _said_open(charge: Charge) -> Charge:
    if charge.status is ChargeStatus.UNKNOWN and charge.unknown_reason not in _OPEN_IS_NO_NEWS:
        return moved(charge, ChargeStatus.WAITING)
    return charge


def _mismatched(charge: Charge, answer: Inquiry) -> Charge:
    attention = charge.attention | {Attention.MISMATCH}
    received = answer.amount if answer.is_charge else None
    is_noted = received is not None or charge.unknown_reason is UnknownReason.DISAGREES
    if is_noted and received == charge.received:
        return charge  # a person may have looked at it by now
    if charge.status in CLOSED_UNPAID:
        return replace(charge, received=received, attention=attention)
    return moved(
        charge,
        ChargeStatus.UNKNOWN,
        unknown_reason=UnknownReason.DISAGREES,
        received=received,
        attention=attention,
    )


def _reused(charge: Charge) -> Charge:
    """Somebody paid, but not this customer by this code: a person must look.

    What is known to be closed stays closed (only PAID may follow); the attention speaks for it.
    """
    status = charge.status if charge.status in CLOSED_UNPAID else ChargeStatus.UNKNOWN
    return moved(
        charge,
        status,
        unknown_reason=UnknownReason.REUSED_REFERENCE,
        attention=charge.attention | {Attention.REUSED_REFERENCE},
    )


def _closed(charge: Charge, to: ChargeStatus, at: datetime) -> Charge:
    if not charge.is_living or charge.unknown_reason in _FOR_A_PERSON:
        return charge
    attention = charge.attention - {Attention.STOPPED, Attention.WATCH_ENDED}
    if charge.decision is ChargeDecision.PAID:
        attention |= {Attention.MISMATCH}
    return moved(charge, to, closed_at=at, attention=attention)
