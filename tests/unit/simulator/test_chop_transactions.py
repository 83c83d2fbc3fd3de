"""The list of a merchant's transactions."""

import pytest

from pos_app.simulator.behaviour import Call
from pos_app.simulator.chop.calls import encode


def listed(gateway, *token):
    return gateway.call(Call.TRANSACTIONS, *token)


def test_a_merchant_without_payments_has_an_empty_list(gateway):
    assert encode(listed(gateway)) == b"[]"


def test_a_payment_is_told_as_by_inquire_with_what_went_back(gateway):
    made = gateway.new()
    gateway.clock.advance(60)
    gateway.payments.pay(made)
    told = gateway.call(Call.INQUIRE, q=made.q, inquire_method="real")
    assert listed(gateway) == [{**told, "refunded": 0}]
    assert told["id"] == made.transaction_id


def test_each_refund_has_an_entry_of_its_own_after_its_payment(gateway):
    made = gateway.paid()
    gateway.new(reference="B")
    gateway.clock.advance(60)
    first = gateway.refund(made, 1000, reason="Wrong size")
    second = gateway.refund(made, 250)
    payment, *refunds, other = listed(gateway)
    assert (payment["type"], payment["refunded"], payment["amount"]) == ("payment", 1250, 4250)
    assert refunds[0] == {
        "amount": 1000,
        "reference": "HSG1-0087",
        "type": "refund",
        "currency": "USD",
        "payment_method": "alipay",
        "notify_result": "success",
        "id": first["id"],
        "transaction_id": made.transaction_id,
        "time": "2026-07-12 06:33:08",
        "note": "Wrong size",
        "refunded": 0,
    }
    assert refunds[1]["id"] == second["id"]
    assert (other["reference"], other["notify_result"]) == ("B", None)


def test_a_cancelled_paid_one_lists_its_refund_too(gateway):
    made = gateway.paid()
    gateway.call(Call.CANCEL, transaction_id=made.q, reason="Sold out")
    payment, refund = listed(gateway)
    assert (payment["refunded"], refund["amount"], refund["note"]) == (4250, 4250, "Sold out")


def test_merchants_see_only_their_own(gateway_with):
    gateway = gateway_with(tokens=("one", "two"))
    gateway.new(token="one", reference="A")
    gateway.new(token="two", reference="B")
    assert [one["reference"] for one in listed(gateway, "one")] == ["A"]
    assert listed(gateway, "three") == {
        "result": "fail",
        "error": "Authorization: this merchant token isn't known",
    }


@pytest.mark.parametrize(
    ("fault", "member", "value"),
    [
        ("wrong_amount", "amount", 4251),
        ("wrong_currency", "currency", "EUR"),
        ("wrong_reference", "reference", "B-X"),
    ],
)
def test_wrong_faults_change_one_member_of_the_meant_payment(gateway, fault, member, value):
    gateway.paid(reference="A")
    gateway.paid(reference="B")
    right = listed(gateway)
    gateway.script({"call": "transactions", "fault": fault, "reference": "B"})
    assert listed(gateway) == [right[0], {**right[1], member: value}]
    assert listed(gateway) == right


def test_a_payment_can_be_missing_with_its_refunds(gateway):
    made = gateway.paid(reference="A")
    gateway.refund(made, 1000)
    gateway.paid(reference="B")
    gateway.script({"call": "transactions", "fault": "missing_payment", "reference": "A"})
    assert [one["reference"] for one in listed(gateway)] == ["B"]
    assert [one["reference"] for one in listed(gateway)] == ["A", "A", "B"]
