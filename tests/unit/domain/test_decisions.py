"""A manager's decision about a charge: what it changes, and what the gateway says afterwards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import transitions
from pos_app.domain.charges import (
    ANSWERED_BY_DECISION,
    CLOSED_UNPAID,
    LIVING,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.money import Money
from pos_app.domain.outcomes import Inquiry, PaymentState
from tests.fakes.charges import charges, decided, later, of_status

S = ChargeStatus
D = ChargeDecision
AT = later(120)
PAID = Inquiry(
    PaymentState.PAID,
    reference=of_status(S.WAITING).reference,
    amount=Money(4250, "USD"),
    transaction_id="U1",
)
EXPIRED = replace(PAID, state=PaymentState.EXPIRED)
OPEN = replace(PAID, state=PaymentState.OPEN)
OTHER_AMOUNT = replace(PAID, amount=Money(2450, "USD"))


def settle(charge, decision):
    return transitions.settled(charge, decision, "seen in the app", 3, AT)


def say(charge, answer):
    return transitions.inquired(charge, answer, AT, AT)


def settled(status, decision, *attention, **changes):
    charge = of_status(status, attention=frozenset(attention), **changes)
    assert charge.can_settle
    return settle(charge, decision)


def stopped():
    return of_status(S.WAITING, stopped_at=later(40), attention=frozenset({Attention.STOPPED}))


@pytest.mark.parametrize("status", S)
def test_without_a_reason_to_look_only_an_unknown_charge_is_settled(status):
    assert of_status(status).can_settle == (status is S.UNKNOWN)


@pytest.mark.parametrize("attention", Attention)
@pytest.mark.parametrize("status", S)
def test_what_the_gateway_confirmed_is_never_settled_by_hand(status, attention):
    charge = of_status(status, attention=frozenset({attention}))
    is_question = attention in ANSWERED_BY_DECISION
    expected = status is S.UNKNOWN or (status is not S.PAID and is_question)
    assert charge.can_settle == expected


@pytest.mark.parametrize("decision", D)
@pytest.mark.parametrize("status", S)
def test_a_decision_stands_beside_the_status(status, decision):
    charge = of_status(status, attention=frozenset({Attention.MISMATCH}))
    after = settle(charge, decision)
    if status is S.PAID:
        assert after is charge
        return
    assert after.status is status
    assert (after.decision, after.decision_note) == (decision, "seen in the app")
    assert (after.decided_by, after.decided_at) == (3, AT)
    assert after.needs_answer == (decision is D.STILL_NOT_KNOWN)


@given(charges(), st.sampled_from(D))
def test_settling_moves_nothing_but_the_decision_and_its_questions(charge, decision):
    after = settle(charge, decision)
    mine = {"decision", "decision_note", "decided_at", "decided_by", "attention"}
    for name in set(charge.__slots__) - mine:
        assert getattr(after, name) == getattr(charge, name)
    if after is charge:
        assert not charge.can_settle
    elif decision is D.STILL_NOT_KNOWN:
        assert after.attention == charge.attention
    else:
        assert after.attention == charge.attention - ANSWERED_BY_DECISION
        assert not after.can_settle


def test_still_not_known_can_be_settled_again():
    charge = settled(S.UNKNOWN, D.STILL_NOT_KNOWN)
    assert charge.can_settle
    assert settle(charge, D.PAID).decision is D.PAID


@pytest.mark.parametrize("status", sorted(LIVING - {S.CREATED}))
@pytest.mark.parametrize(
    ("decision", "is_late"), [(D.PAID, False), (D.NOT_PAID, True), (D.STILL_NOT_KNOWN, False)]
)
def test_a_payment_after_did_not_pay_is_paid_late(status, decision, is_late):
    charge = settled(status, decision, Attention.WATCH_ENDED)
    after = say(charge, PAID)
    assert after.is_paid
    assert after.attention == (frozenset({Attention.PAID_LATE}) if is_late else frozenset())
    assert after.is_contradicted is is_late


def test_a_payment_that_was_decided_and_stopped_is_as_expected():
    assert not say(settle(stopped(), D.PAID), PAID).attention
    assert say(settle(stopped(), D.STILL_NOT_KNOWN), PAID).attention == {Attention.PAID_LATE}


@pytest.mark.parametrize("status", sorted(CLOSED_UNPAID - {S.REFUSED}))
def test_late_money_after_the_gateway_had_closed_it_is_late_whatever_was_decided(status):
    charge = decided(of_status(status), D.PAID)
    assert Attention.PAID_LATE in say(charge, PAID).attention


@pytest.mark.parametrize("decision", D)
@pytest.mark.parametrize("state", [PaymentState.EXPIRED, PaymentState.DECLINED])
def test_only_paid_is_contradicted_when_the_gateway_closes_it(decision, state):
    after = say(settled(S.UNKNOWN, decision), replace(PAID, state=state))
    assert after.status in CLOSED_UNPAID
    is_contradicted = decision is D.PAID
    assert after.is_contradicted == after.needs_answer == after.can_settle == is_contradicted


def test_a_confirmed_cancel_contradicts_it_too():
    charge = settled(S.UNKNOWN, D.PAID, cancel_requested_at=later(20))
    assert transitions.cancelled(charge, AT).needs_answer


def test_a_contradiction_can_be_settled_and_stays_settled():
    charge = say(settled(S.UNKNOWN, D.PAID), EXPIRED)
    for decision in (D.PAID, D.NOT_PAID):
        after = settle(charge, decision)
        assert not after.needs_answer
        assert say(after, EXPIRED) is after


def test_open_is_no_answer_to_a_decision():
    after = say(settled(S.UNKNOWN, D.NOT_PAID), OPEN)
    assert after.status is S.WAITING
    assert after.decision is D.NOT_PAID
    assert not after.needs_answer


def test_silence_after_a_decision_asks_nobody():
    charge = settle(stopped(), D.NOT_PAID)
    assert not transitions.watch_ended(charge).needs_answer
    assert not transitions.unanswered(charge, UnknownReason.NO_ANSWER).needs_answer


@pytest.mark.parametrize("decision", [D.PAID, D.NOT_PAID])
def test_another_amount_after_a_decision_is_a_new_question(decision):
    after = say(settled(S.UNKNOWN, decision), OTHER_AMOUNT)
    assert after.needs_answer
    assert after.can_settle
    again = settle(after, D.PAID)
    assert say(again, OTHER_AMOUNT) is again


def test_a_lost_cancel_is_not_sent_again_once_the_customer_is_known_to_have_paid():
    lost = of_status(
        S.UNKNOWN, unknown_reason=UnknownReason.CANCEL_LOST, cancel_requested_at=later(20)
    )
    assert lost.wants_cancel
    assert not settle(lost, D.PAID).wants_cancel
    assert settle(lost, D.NOT_PAID).wants_cancel
