"""How a charge by a keyed card changes while nobody knows what became of its one request.

As `transitions`, pure functions. The service answers by our reference, so the charge can be asked
about without its answer; what does answer is applied by `code_transitions.taken`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pos_app.domain import transitions
from pos_app.domain.charges import Charge, ChargeStatus, UnknownReason
from pos_app.domain.outcomes import Inquiry, Refused


def found_out(
    charge: Charge, answer: Inquiry | Refused, asked_at: datetime, at: datetime, life: timedelta
) -> Charge:
    """A card without an answer was asked about. It is never sent again.

    That the service does not know of it, or calls it open, proves nothing: the bank may still be
    at work. So it is asked about on and on, and never closed by that.
    """
    lost = sending_lost(charge, at, life)
    if lost is charge or isinstance(answer, Refused):
        return lost
    return transitions.inquired(lost, answer, asked_at, at)


def sending_lost(charge: Charge, at: datetime, life: timedelta) -> Charge:
    """The card may have been sent, and no answer came: paid or not, we do not know."""
    if not (charge.is_card_keyed and charge.is_unanswered) or charge.is_surely_not_sent:
        return charge
    return transitions.moved(
        replace(charge, shown_at=charge.created_at, code_expires_at=at + life),
        ChargeStatus.UNKNOWN,
        unknown_reason=UnknownReason.NO_ANSWER,
        gateway_id=charge.reference,
    )
