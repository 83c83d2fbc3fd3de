"""How a charge changes by the code that the customer shows: as `transitions`, pure functions.

The code is sent once; what follows is the ordinary life of a charge.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pos_app.domain import transitions
from pos_app.domain.charges import Charge, ChargeStatus, UnknownReason
from pos_app.domain.outcomes import Refused, Taken


def taken(
    charge: Charge, answer: Taken, sent_at: datetime, at: datetime, patience: timedelta
) -> Charge:
    """The gateway answered to the customer's code, or to a keyed card.

    Until `patience` is over it may be open.
    """
    charge = _as_sent(charge)
    if not charge.is_unanswered:
        return charge
    accepted_charge = transitions.moved(
        charge,
        ChargeStatus.WAITING,
        gateway_id=answer.gateway_id,
        shown_at=sent_at,
        code_expires_at=at + patience,
    )
    return transitions.inquired(accepted_charge, answer.inquiry, sent_at, at)


def refused(charge: Charge, answer: Refused, at: datetime) -> Charge:
    """The gateway does not take the customer's code. Money: nobody can have paid."""
    return transitions.refused(_as_sent(charge), answer, at)


def reused(charge: Charge, gateway_id: str) -> Charge:
    """The customer's code was answered with the id of another of our charges (promise 2)."""
    return transitions.reused(_as_sent(charge), gateway_id)


def not_taken(charge: Charge, at: datetime) -> Charge:
    """The customer's code surely never left. Money: nothing happened, and nothing will."""
    charge = _as_sent(charge)
    if not charge.is_unanswered:
        return charge
    return transitions.moved(charge, ChargeStatus.CANCELLED, not_sent_at=at, closed_at=at)


def taking_lost(charge: Charge) -> Charge:
    """The customer's code was sent, and no answer came: it is never sent again."""
    if not (charge.is_customer_presented and charge.is_unanswered):
        return charge
    return transitions.moved(charge, ChargeStatus.UNKNOWN, unknown_reason=UnknownReason.NO_ANSWER)


def found(charge: Charge, gateway_id: str, at: datetime, patience: timedelta) -> Charge:
    """The gateway's list has the payment whose answer was lost; an inquire tells how it stands."""
    if charge.gateway_id is not None or not charge.is_living:
        return charge
    return transitions.moved(
        charge,
        ChargeStatus.UNKNOWN,
        unknown_reason=UnknownReason.NO_ANSWER,
        gateway_id=gateway_id,
        shown_at=charge.created_at,
        code_expires_at=at + patience,
    )


def _as_sent(charge: Charge) -> Charge:
    """Return a charge whose answer comes after all as it was before that was called lost.

    Another till has called it so when the one that waits for the answer seemed to be dead.
    """
    is_lost = charge.unknown_reason is UnknownReason.NO_ANSWER and charge.gateway_id is None
    if not (charge.is_customer_presented and is_lost):
        return charge
    return replace(charge, status=ChargeStatus.CREATED, unknown_reason=None)
