"""A keyed card without an answer: what is found out, and what nothing can prove."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.domain import card_transitions
from pos_app.domain.charges import Attention, ChargeStatus, UnknownReason
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import Inquiry, PaymentState, RefusalKind, Refused
from tests.fakes.chop import charge

S = ChargeStatus
FRESH = replace(
    charge(gateway="jpay", method=PaymentMethod.CC),
    is_card_keyed=True,
    status=S.CREATED,
    gateway_id=None,
    code=None,
    shown_at=None,
)
AT = FRESH.created_at + timedelta(seconds=12)
LIFE = timedelta(minutes=5)


def found(answer, before=FRESH):
    return card_transitions.found_out(before, answer, AT, AT, LIFE)


def inquiry(state, **changes):
    said = {"reference": FRESH.reference, "amount": FRESH.amount, "transaction_id": "T1"}
    return Inquiry(state, **{**said, **changes})


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (inquiry(PaymentState.PAID), S.PAID),
        (inquiry(PaymentState.DECLINED), S.DECLINED),
        (inquiry(PaymentState.OPEN), S.WAITING),
        (Refused(RefusalKind.OTHER, "the order does not exist"), S.UNKNOWN),
        (inquiry(PaymentState.DECLINED, reference="another"), S.UNKNOWN),
        (inquiry(PaymentState.OPEN, reference="another"), S.UNKNOWN),
    ],
)
def test_only_an_answer_about_it_closes_it(answer, status):
    after = found(answer)
    assert (after.status, after.gateway_id) == (status, FRESH.reference)
    assert after.attention == frozenset()
    assert after.code_expires_at == AT + LIFE


@pytest.mark.parametrize(
    ("changes", "received"),
    [({"amount": Money(1, "USD")}, Money(1, "USD")), ({"reference": "another"}, FRESH.amount)],
)
def test_paid_otherwise_than_asked_for_is_a_mismatch(changes, received):
    after = found(inquiry(PaymentState.PAID, **changes))
    assert (after.status, after.received) == (S.UNKNOWN, received)
    assert after.attention == {Attention.MISMATCH}
    assert after.unknown_reason is UnknownReason.DISAGREES


def test_lost_it_is_unknown_and_can_be_asked_about():
    lost = card_transitions.sending_lost(FRESH, AT, LIFE)
    assert (lost.status, lost.gateway_id) == (S.UNKNOWN, FRESH.reference)
    assert lost.needs_answer
    assert card_transitions.sending_lost(lost, AT, LIFE) is lost


@pytest.mark.parametrize("status", [one for one in S if one is not S.CREATED])
def test_what_is_known_is_not_made_unknown(status):
    known = replace(FRESH, status=status, gateway_id=FRESH.reference)
    assert card_transitions.sending_lost(known, AT, LIFE) is known
    assert found(inquiry(PaymentState.PAID), known) is known


def test_what_surely_never_left_and_what_was_not_keyed_stay_as_they_are():
    for other in (replace(FRESH, not_sent_at=AT), replace(FRESH, is_card_keyed=False)):
        assert card_transitions.sending_lost(other, AT, LIFE) is other
        assert found(inquiry(PaymentState.PAID), other) is other
