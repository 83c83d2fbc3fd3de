"""How a charge changes by the code that the customer shows: as `transitions`, pure functions.

The code is sent once; what follows is the ordinary life of a charge.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pos_app.domain import transitions
from pos_app.domain.charges import Charge, ChargeStatus, UnknownReason
from pos_app.domain.outcomes import Taken


def taken(
    charge: Charge, answer: Taken, sent_at: datetime, at: datetime, patience: timedelta
) -> Charge:
    """The gateway answered to the customer's code, or to a keyed card.

    Until `patience` is over it may be open.
    """
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


def not_taken(charge: Charge, at: datetime) -> Charge:
    """The customer's code surely never left. Money: nothing happened, and nothing will."""
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
