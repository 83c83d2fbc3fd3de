"""Refunds: by id and by reference, partial and several, and what is refused with which words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.simulator.behaviour import Call
from pos_app.simulator.chop.calls import encode
from pos_app.simulator.service import Asked
from pos_app.simulator.transactions import State
from tests.unit.simulator.conftest import GOOD, SITE, Gateway

TOO_MUCH = {"code": "4071", "refunded": False, "status": "Refund amount greater than allowed."}
MONEY = {"amount": "1000", "currency": "USD"}


def test_members_stand_in_the_vendors_order(gateway):
    made = gateway.paid()
    answer = encode(gateway.refund(made, 1)).decode()
    assert re.fullmatch(
        r'\{"id":"U0000000001-[0-9a-f]{20}","transaction_id":"ID","refunded":true,'
        r'"status":"success"\}',
        answer.replace(made.transaction_id, "ID"),
    )


def test_too_much_is_answered_exactly_as_published(gateway):
    answer = gateway.refund(gateway.paid(), 4251)
    assert encode(answer) == (
        b'{"code":"4071","refunded":false,"status":"Refund amount greater than allowed."}'
    )


@pytest.mark.parametrize("member", ["transaction_id", "trasaction_id"])
@pytest.mark.parametrize("value", ["q", "transaction_id"])
def test_payment_is_named_by_either_id_also_as_the_page_spells_it(gateway, member, value):
    made = gateway.paid()
    answer = gateway.call(Call.REFUND, **{member: getattr(made, value), **MONEY})
    assert answer["refunded"] is True
    assert answer["transaction_id"] == made.transaction_id


@pytest.mark.parametrize("member", ["transaction_reference", "trans_reference"])
def test_payment_is_named_by_its_reference_also_as_the_page_spells_it(gateway, member):
    made = gateway.paid()
    answer = gateway.call(Call.REFUND, **{member: "HSG1-0087", **MONEY})
    assert answer["transaction_id"] == made.transaction_id


def test_reference_of_several_means_the_newest(gateway):
    first = gateway.paid()
    second = gateway.paid(allow_duplicates="yes")
    gateway.call(Call.REFUND, transaction_reference="HSG1-0087", **MONEY)
    assert [len(gateway.now(one).refunds) for one in (first, second)] == [0, 1]


@pytest.mark.parametrize("prefix", ["", "trans_"])
def test_either_pair_of_money_members_is_taken(gateway, prefix):
    made = gateway.paid(payment_method="alipay_hk", trans_amount="10", trans_currency="HKD",
                        amount="", currency="")  # fmt: skip
    money = {f"{prefix}amount": "10", f"{prefix}currency": "HKD"}
    answer = gateway.call(Call.REFUND, transaction_id=made.q, **money)
    assert answer["refunded"] is True


def test_partial_refunds_add_up_and_never_exceed_the_payment(gateway):
    made = gateway.paid()
    for amount in (1000, 3000):
        assert gateway.refund(made, amount)["refunded"] is True
    assert gateway.now(made).state is State.PAID
    assert gateway.refund(made, 251) == TOO_MUCH
    assert gateway.refund(made, 250)["refunded"] is True
    assert gateway.now(made).state is State.REFUNDED
    assert gateway.refund(made, 1) == TOO_MUCH
    assert gateway.result(made) == "success"


def test_same_request_twice_goes_back_twice_with_two_ids(gateway):
    made = gateway.paid()
    first, second = gateway.refund(made, 1000), gateway.refund(made, 1000)
    assert first["id"] != second["id"]
    assert gateway.now(made).refunded_minor == 2000


@pytest.mark.parametrize("state", ["open", "declined", "expired", "cancelled"])
def test_unpaid_payment_has_nothing_to_give_back(gateway, state):
    made = gateway.new()
    if state == "declined":
        gateway.payments.decline(made)
    if state == "expired":
        gateway.payments.expire(made)
    if state == "cancelled":
        gateway.cancel(made)
    assert gateway.refund(made, 1) == TOO_MUCH
    assert gateway.now(made).state == state


def test_cancelled_paid_one_has_all_gone_back(gateway):
    made = gateway.paid()
    gateway.cancel(made)
    assert gateway.refund(made, 1) == TOO_MUCH


def test_money_that_came_after_a_cancel_can_be_refunded(gateway):
    made = gateway.new()
    gateway.cancel(made)
    gateway.payments.pay(gateway.now(made))
    assert gateway.refund(made, 4250)["refunded"] is True


def test_settled_payment_is_refunded_all_the_same(gateway):
    made = gateway.paid()
    gateway.payments.pay_out(made)
    assert gateway.refund(made, 4250)["refunded"] is True


def test_a_yen_payment_at_a_hundred_times_its_amount_is_too_much(gateway):
    made = gateway.paid(amount="4250", currency="JPY")
    gateway.balances.is_unlimited = True
    assert gateway.refund(made, 425_000) == TOO_MUCH
    assert gateway.refund(made, 4250)["refunded"] is True


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": ""}, "amount is missing"),
        ({"amount": "10.00"}, "amount 10.00 isn't a whole number"),
        ({"amount": "-1"}, "amount -1 isn't a whole number"),
        ({"amount": "0"}, "amount must be more than 0"),
        ({"currency": ""}, "currency is missing"),
        ({"currency": "XXX"}, "currency XXX isn't a currency"),
        ({"currency": "HKD"}, "currency HKD isn't the payment's, which is USD"),
        ({"trans_currency": "USD"}, "use a combination of amount and currency or another"),
        ({"transaction_id": "nobody"}, "transaction_id: there is no such payment"),
        ({"transaction_id": "", "trans_reference": "x"}, "transaction_reference: there is no"),
        ({"transaction_id": ""}, "transaction_id or transaction_reference is missing"),
    ],
)
def test_wrong_field_is_named_and_nothing_goes_back(gateway, fields, words):
    made = gateway.paid()
    answer = gateway.refund(made, 1000, **fields)
    assert answer["result"] == "fail"
    assert answer["error"].startswith(words)
    assert gateway.now(made).refunds == ()


def test_nobody_refunds_what_is_another_merchants(gateway_with):
    gateway = gateway_with(tokens=("one", "two"))
    made = gateway.paid(token="one")
    assert gateway.refund(made, 1000, token="two")["result"] == "fail"
    assert gateway.refund(made, 1000, token="")["error"].startswith("Authorization is missing")
    assert gateway.now(made).refunds == ()


def test_reason_is_kept_and_may_be_left_out(gateway):
    made = gateway.paid()
    gateway.refund(made, 1, reason=" Wrong size ")
    gateway.refund(made, 1, reason="")
    assert [refund.reason for refund in gateway.now(made).refunds] == ["Wrong size", ""]


def test_some_wallets_want_a_reason_when_set(gateway_with):
    gateway = gateway_with(reason_required_for=frozenset({"wechatpay"}))
    wechat = gateway.paid(payment_method="wechatpay", reference="W")
    refused = gateway.refund(wechat, 1, reason=" ")
    assert refused == {"result": "fail", "error": "reason is missing; wechatpay needs one"}
    assert gateway.refund(wechat, 1, reason="x")["refunded"] is True
    assert gateway.refund(gateway.paid(), 1, reason="")["refunded"] is True


def test_without_open_balance_the_answer_speaks_of_it_and_has_no_code(gateway):
    made = gateway.paid()
    gateway.balances.set(made.merchant, 999, "USD")
    assert gateway.refund(made, 1000) == {
        "refunded": False,
        "status": "Insufficient funds in open balance.",
    }
    assert gateway.now(made).refunds == ()
    assert gateway.refund(made, 999)["refunded"] is True


def test_too_much_is_said_before_the_balance_is_asked(gateway):
    made = gateway.paid()
    gateway.balances.set(made.merchant, 0, "USD")
    assert gateway.refund(made, 4251) == TOO_MUCH


def test_no_balance_fault_strikes_once_whatever_there_is(gateway):
    made = gateway.paid()
    gateway.script({"call": "refund", "fault": "no_balance"})
    assert "balance" in gateway.refund(made, 1000)["status"]
    assert gateway.refund(made, 1000)["refunded"] is True


def test_refused_fault_is_an_ordinary_failure(gateway):
    made = gateway.paid()
    gateway.script({"call": "refund", "fault": "refused", "reference": "HSG1-0087"})
    assert gateway.refund(made, 1000)["result"] == "fail"
    assert gateway.now(made).refunds == ()


@pytest.mark.parametrize("member", ["transaction_id", "trasaction_id", "trans_reference"])
def test_faults_know_the_payment_however_it_is_named(gateway, member):
    made = gateway.new()
    value = made.reference if "reference" in member else made.q
    asked = Asked(Call.REFUND, {member: value}, GOOD, SITE)
    assert gateway.chop.reference_of(asked) == "HSG1-0087"


@given(
    amount=st.integers(1, 5_000),
    wanted=st.lists(st.integers(1, 3_000), max_size=8),
    currency=st.sampled_from(["USD", "JPY", "KWD"]),
)
def test_what_goes_back_is_never_more_than_what_came(amount, wanted, currency):
    gateway = Gateway()
    made = gateway.paid(amount=str(amount), currency=currency)
    went = sum(one for one in wanted if gateway.refund(made, one)["refunded"])
    now = gateway.now(made)
    assert went == now.refunded_minor <= amount
    assert (now.state is State.REFUNDED) == (went == amount)
    assert gateway.balances.of(made.merchant) == {currency: amount - went}
    gateway.ledger.close()
