"""Charges as they can come to be, for property tests: every status, however it got there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from pos_app.domain.charges import (
    CLOSED_UNPAID,
    Attention,
    Charge,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money

MADE = datetime(2026, 7, 12, 6, 32, 8, tzinfo=UTC)
SHOWN = MADE + timedelta(seconds=1)
LIFE = timedelta(seconds=300)
CREATED = Charge(
    id=1,
    reference="HSG1-2607120087-K7QX",
    sale_id=1,
    till_code="HSG1",
    shift_id=1,
    cashier_id=1,
    method=PaymentMethod.ALIPAY,
    amount=Money(4250, "USD"),
    gateway="citcon_chop",
    credentials="ffcbe7159338",
    created_at=MADE,
)
WAITING = replace(
    CREATED,
    status=ChargeStatus.WAITING,
    gateway_id="q1",
    code="https://pay.example/?q=q1",
    shown_at=SHOWN,
    code_expires_at=SHOWN + LIFE,
)


def of_status(status, **changes):
    """A plain charge in `status`, as a sale without trouble leaves it."""
    if status is ChargeStatus.CREATED:
        return replace(CREATED, **changes)
    own = {}
    if status is ChargeStatus.REFUSED:
        own = {"gateway_id": None, "code": None, "shown_at": None, "code_expires_at": None}
    if status in CLOSED_UNPAID:
        own["closed_at"] = SHOWN + timedelta(seconds=20)
    if status is ChargeStatus.PAID:
        own = {"paid_at": SHOWN + timedelta(seconds=14), "transaction_id": "U1"}
    if status is ChargeStatus.UNKNOWN:
        own = {"unknown_reason": UnknownReason.NO_ANSWER}
    return replace(WAITING, status=status, **{**own, **changes})


def decided(charge, decision):
    """The charge as a manager has settled it by hand."""
    return replace(
        charge,
        decision=decision,
        decision_note="seen in the app",
        decided_at=SHOWN + timedelta(seconds=90),
        decided_by=3,
    )


def later(seconds):
    return SHOWN + timedelta(seconds=seconds)


moments = st.integers(0, 700).map(later)
perhaps = st.none() | moments


@st.composite
def charges(draw):
    """A charge in any status with anything beside it that a till could have written."""
    status = draw(st.sampled_from(ChargeStatus))
    charge = of_status(status)
    if status is ChargeStatus.CREATED:
        return replace(charge, not_sent_at=draw(perhaps), left_at=draw(perhaps))
    if status is ChargeStatus.REFUSED:
        return replace(charge, left_at=draw(perhaps))
    if status is ChargeStatus.UNKNOWN:
        charge = replace(charge, unknown_reason=draw(st.sampled_from(UnknownReason)))
    if draw(st.booleans()):
        charge = replace(charge, left_at=SHOWN, shown_at=None)
    decision = draw(st.sampled_from([None, *ChargeDecision]))
    if decision is not None:
        charge = decided(charge, decision)
    return replace(
        charge,
        method=draw(st.sampled_from([PaymentMethod.ALIPAY, PaymentMethod.UPOP])),
        stopped_at=draw(perhaps),
        put_aside_at=draw(perhaps),
        declined_hint_at=draw(perhaps),
        cancel_requested_at=draw(perhaps),
        cancel_confirmed_at=draw(perhaps),
        received=draw(st.sampled_from([None, Money(2450, "USD")])),
        attention=draw(st.frozensets(st.sampled_from(Attention), max_size=3)),
    )
