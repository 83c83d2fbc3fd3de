"""How a refund changes when something is learned: pure functions from refund to refund.

As with charges: each is applied to the row as re-read under the charge's lock, the same answer
twice changes nothing, and nothing undoes a final answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from pos_app.domain.charges import Attention, Charge
from pos_app.domain.errors import TransitionError
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    RefundAnswer,
    RefundDone,
    RefundPending,
    RefundRefused,
    Refused,
)
from pos_app.domain.refunds import (
    TRANSITIONS,
    Decision,
    Refund,
    RefundStatus,
    Refusal,
)

_CANCELLED = {CancelResult.CANCELLED, CancelResult.DUPLICATE}


def moved(refund: Refund, to: RefundStatus, **changes: Any) -> Refund:
    """Return `refund` in status `to` with `changes`, if the table allows it.

    Raises:
        TransitionError: when `to` may not follow: a bug, nothing has changed.
    """
    if to not in TRANSITIONS[refund.status]:
        raise TransitionError(f"{refund.reference} cannot go from {refund.status} to {to}.")
    return replace(refund, status=to, **changes)


def answered(refund: Refund, answer: RefundAnswer | Refused, at: datetime) -> Refund:
    """The gateway has carried the refund out, will do so, or said no (money: nothing moved)."""
    if not refund.is_unanswered:
        return refund
    match answer:
        case RefundDone():
            return _done(refund, at, answer.gateway_id)
        case RefundPending():
            return _pending(refund, at, answer.gateway_id)
        case RefundRefused():
            why = Refusal(answer.kind.value)
        case Refused():
            why = Refusal.OTHER
    return _refused(refund, at, why, f"{answer.code} {answer.text}")


def cancel_answered(refund: Refund, answer: CancelAnswer | Refused, at: datetime) -> Refund:
    """The gateway has cancelled the paid charge, now or before, or said no.

    A no to a repeated cancel proves nothing about the first one, whose answer was lost.
    """
    if not refund.is_unanswered:
        return refund
    if isinstance(answer, CancelAnswer) and answer.result in _CANCELLED:
        return _done(refund, at, None)
    if refund.status is not RefundStatus.REQUESTED:
        return refund
    if isinstance(answer, Refused):
        return _refused(refund, at, Refusal.OTHER, f"{answer.code} {answer.text}")
    is_window = answer.result is CancelResult.NOT_IN_WINDOW
    return _refused(refund, at, Refusal.NOT_IN_WINDOW if is_window else Refusal.OTHER, answer.text)


def returned(refund: Refund, gateway_id: str | None, at: datetime) -> Refund:
    """The gateway's list shows that the cancel has returned the payment."""
    return _done(refund, at, gateway_id) if refund.is_unanswered else refund


def not_sent(refund: Refund, at: datetime) -> Refund:
    """Its only try was proven never to have left: withdrawn, and its amount is free again."""
    return _refused(refund, at, Refusal.NOT_SENT, "") if refund.is_unanswered else refund


def lost(refund: Refund) -> Refund:
    """It may have been carried out: its answer was lost, or the program ended meanwhile."""
    if refund.status is not RefundStatus.REQUESTED:
        return refund
    return moved(refund, RefundStatus.UNKNOWN)


def watch_ended(refund: Refund, at: datetime) -> Refund:
    """It was asked about for seven days without a final answer: a person has to find out."""
    return replace(refund, watch_ended_at=at) if refund.is_watched else refund


def settled(refund: Refund, decision: Decision, note: str, who: int, at: datetime) -> Refund:
    """A manager says by hand what became of it; the gateway's answer goes before that."""
    if not refund.can_settle:
        return refund
    return replace(refund, decision=decision, note=note, decided_at=at, decided_by=who)


def looked_at(
    charge: Charge, before: Refund | None, after: Refund, refunds: tuple[Refund, ...]
) -> Charge:
    """Return the charge with the attention that its refund's change calls for.

    Args:
        charge: as it is on disk.
        before: the refund as it was; None when it is new.
        after: what it became.
        refunds: all of the charge, `after` among them.
    """
    attention = charge.attention
    is_news = after.needs_answer and not (before and before.needs_answer)
    is_contradiction = after.is_contradicted and not (before and before.is_contradicted)
    if after.explains_cancel:
        attention -= {Attention.MAYBE_RETURNED}
    if _is_broken_promise(before, after):
        attention |= {Attention.LIST_DISAGREES}
    if is_news or is_contradiction:
        attention |= {Attention.REFUND_UNKNOWN}
    elif before and before.needs_answer and not any(map(_is_for_a_person, refunds)):
        attention -= {Attention.REFUND_UNKNOWN}
    return charge if attention == charge.attention else replace(charge, attention=attention)


def _is_broken_promise(before: Refund | None, after: Refund) -> bool:
    """Tell whether the gateway had accepted it and says now that no money moved.

    The customer believes in it, and nobody may look at the screen any more. Not where a manager
    had said so already.
    """
    was_accepted = before is not None and before.status is RefundStatus.PENDING
    return was_accepted and after.status is RefundStatus.REFUSED and not after.is_decided


def _is_for_a_person(refund: Refund) -> bool:
    return refund.needs_answer or refund.is_contradicted


def _done(refund: Refund, at: datetime, gateway_id: str | None) -> Refund:
    return moved(refund, RefundStatus.DONE, answered_at=at, gateway_id=gateway_id or None)


def _pending(refund: Refund, at: datetime, gateway_id: str) -> Refund:
    if refund.status is not RefundStatus.REQUESTED:
        return refund  # accepted before, or lost: that it was accepted is no news
    return moved(refund, RefundStatus.PENDING, answered_at=at, gateway_id=gateway_id)


def _refused(refund: Refund, at: datetime, why: Refusal, text: str) -> Refund:
    return moved(
        refund, RefundStatus.REFUSED, answered_at=at, refusal=why, refusal_text=text.strip()
    )
