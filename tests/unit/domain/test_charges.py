"""What a charge allows, read off its status and what was written beside it."""

from dataclasses import replace

import pytest
from hypothesis import given

from pos_app.domain.charges import (
    CLOSED_UNPAID,
    LIVING,
    TRANSITIONS,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.methods import PaymentMethod
from tests.fakes.charges import SHOWN, charges, of_status

S = ChargeStatus


def test_every_status_is_living_closed_or_paid():
    assert set(S) == LIVING | CLOSED_UNPAID | {S.PAID}
    assert not LIVING & CLOSED_UNPAID
    assert S.PAID not in LIVING | CLOSED_UNPAID


def test_the_table_is_that_of_the_design():
    """design.md, section 3, word by word."""
    closed = {S.REFUSED, S.DECLINED, S.EXPIRED, S.CANCELLED}
    assert {status: set(allowed) for status, allowed in TRANSITIONS.items()} == {
        S.CREATED: {S.WAITING, S.PAID, S.UNKNOWN, *closed},
        S.WAITING: {S.PAID, S.DECLINED, S.EXPIRED, S.CANCELLED, S.UNKNOWN},
        S.UNKNOWN: {S.WAITING, S.PAID, *closed},
        S.PAID: set(),
        **{status: {S.PAID} for status in closed},
    }


@pytest.mark.parametrize("status", S)
def test_what_is_closed_lives_no_more(status):
    charge = of_status(status)
    assert charge.is_living == (status in LIVING)
    assert charge.is_paid == (status is S.PAID)


@given(charges())
def test_a_person_is_needed_when_unknown_or_something_is_unanswered(charge):
    is_decided = charge.decision in {ChargeDecision.PAID, ChargeDecision.NOT_PAID}
    is_open = charge.status is S.UNKNOWN and not is_decided
    assert charge.needs_answer == (is_open or len(charge.attention) > 0)


@given(charges())
def test_only_an_open_charge_with_a_gateway_id_of_its_own_can_be_cancelled(charge):
    is_open = charge.status in {S.WAITING, S.UNKNOWN} and charge.gateway_id is not None
    is_ours = charge.unknown_reason is not UnknownReason.REUSED_REFERENCE
    expected = is_open and is_ours and charge.method is PaymentMethod.ALIPAY
    assert charge.can_cancel == expected
    if charge.wants_cancel:
        assert charge.can_cancel


def test_somebody_elses_payment_is_never_cancelled():
    """The gateway answered with an earlier transaction: cancelling it would return that one."""
    charge = of_status(
        S.UNKNOWN, unknown_reason=UnknownReason.REUSED_REFERENCE, left_at=SHOWN, shown_at=None
    )
    assert not charge.can_cancel
    assert not charge.wants_cancel


@pytest.mark.parametrize(
    ("changes", "is_wanted"),
    [
        ({}, False),
        ({"cancel_requested_at": SHOWN}, True),
        ({"cancel_requested_at": SHOWN, "cancel_confirmed_at": SHOWN}, False),
        ({"left_at": SHOWN}, True),
        ({"left_at": SHOWN, "method": PaymentMethod.UPOP}, False),
    ],
)
def test_a_cancel_is_wanted_until_it_has_a_final_answer(changes, is_wanted):
    assert of_status(S.WAITING, **changes).wants_cancel is is_wanted


@given(charges())
def test_a_create_is_repeated_only_while_no_code_is_known(charge):
    assert charge.can_send_again == (charge.status is S.CREATED and charge.gateway_id is None)
    if charge.is_surely_not_sent:
        assert charge.can_send_again


def test_surely_not_sent_needs_the_proof():
    assert not of_status(S.CREATED).is_surely_not_sent
    assert of_status(S.CREATED, not_sent_at=SHOWN).is_surely_not_sent
    assert not of_status(S.WAITING, not_sent_at=SHOWN).is_surely_not_sent


def test_an_answered_attention_needs_nobody():
    charge = of_status(S.PAID, attention=frozenset({Attention.PAID_LATE}))
    assert charge.needs_answer
    assert not replace(charge, attention=frozenset()).needs_answer


def test_people_see_the_short_reference():
    assert of_status(S.WAITING).short_reference == "HSG1-0087"
