"""J-Pay's words about refunds: what its answers are taken for."""

import json

import pytest

from pos_app.config.secrets import Secret
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    PaymentState,
    RefundDone,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
)
from pos_app.gateways.jpay import wire_refunds
from pos_app.gateways.jpay.signing import signature
from pos_app.gateways.jpay.wire_answers import Account
from tests.fakes.chop import charge

KEY = Secret("hdt1yur0rcxbu6g7wlkyw3e55shfr2fr")
ACCOUNT = Account("10130", KEY)
CHARGE = charge(gateway="jpay", method=PaymentMethod.CC)


def signed(members, key=KEY):
    return {**members, "sign": signature(members, key)}


def body(members):
    return json.dumps(members).encode()


def refunded(members, sign_with=KEY):
    return wire_refunds.read_refunded(body(signed(members, sign_with)), Money(250, "USD"), ACCOUNT)


ACCEPTED = {"refund_orderid": "R1", "refund_amount": "2.50", "returncode": "00"}


def test_an_accepted_refund_is_not_yet_done():
    assert refunded(ACCEPTED) == RefundPending("R1")


@pytest.mark.parametrize(
    "text", ["V0005:insufficient balance", "amount exceeds the order", "V0009:closed"]
)
def test_a_refused_refund_keeps_the_services_words_and_guesses_nothing(text):
    answer = refunded({"returncode": "2", "refund_message": text})
    assert answer == RefundRefused(RefundRefusalKind.OTHER, text, "2")


@pytest.mark.parametrize(
    "changes", [{"refund_orderid": ""}, {"refund_amount": "2.51"}, {"memberid": "1"}]
)
def test_an_accepted_refund_that_is_not_ours_is_unknown(changes):
    with pytest.raises(OutcomeUnknown):
        refunded({**ACCEPTED, **changes})
    with pytest.raises(OutcomeUnknown):
        refunded(ACCEPTED, Secret("another"))


@pytest.mark.parametrize(
    ("status", "answer"),
    [("1", RefundDone("R1")), ("2", RefundPending("R1"))],
)
def test_what_became_of_a_refund_is_told(status, answer):
    told = body(signed({"refund_orderid": "R1", "refund_status": status}))
    assert wire_refunds.read_refund_inquiry(told, "R1", ACCOUNT) == answer


def test_a_refund_that_failed_after_all_is_refused():
    told = body(signed({"refund_orderid": "R1", "refund_status": "3"}))
    assert isinstance(wire_refunds.read_refund_inquiry(told, "R1", ACCOUNT), RefundRefused)


@pytest.mark.parametrize(
    "members",
    [
        {"refund_orderid": "R2", "refund_status": "1"},
        {"refund_orderid": "R1", "refund_status": "9"},
        {"status": "error", "msg": "there is no such refund"},
    ],
)
def test_anything_else_about_a_refund_is_no_news(members):
    with pytest.raises(OutcomeUnknown):
        wire_refunds.read_refund_inquiry(body(signed(members)), "R1", ACCOUNT)


def told(**members):
    return wire_refunds.read_told_refund(body(signed(members)), CHARGE, ACCOUNT)


def test_an_answer_about_a_refund_may_leave_out_which_one_was_asked_about():
    answer = body(signed({"refund_status": "1"}))
    assert wire_refunds.read_refund_inquiry(answer, "R1", ACCOUNT) == RefundDone("R1")


@pytest.mark.parametrize(
    ("status", "state"),
    [("1", PaymentState.PAID), ("2", PaymentState.OPEN), ("3", PaymentState.DECLINED)],
)
def test_where_no_refund_is_named_one_is_told_as_an_entry_of_a_list(status, state):
    entry = told(refund_status=status, refund_orderid="R7", refund_amount="2.50")
    assert (entry.state, entry.gateway_id, entry.amount) == (state, "R7", Money(250, "USD"))
    assert entry.reference == CHARGE.reference


def test_what_is_not_told_of_a_refund_is_not_known():
    entry = told(refund_status="1")
    assert (entry.state, entry.gateway_id, entry.amount) == (PaymentState.PAID, None, None)


def test_an_order_without_refunds_is_refused_and_tells_of_none():
    assert told(status="error", msg="there is no such refund") is None


@pytest.mark.parametrize(
    "members", [{"refund_status": "9"}, {"refund_status": "1", "orderid": "X"}]
)
def test_an_answer_about_another_order_is_no_news(members):
    with pytest.raises(OutcomeUnknown):
        told(**members)
