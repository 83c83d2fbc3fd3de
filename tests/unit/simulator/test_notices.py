"""The notice's members and signature, and the postbox that carries it."""

import hashlib

import pytest

from pos_app.simulator.citcon_notices import CitconNotices, notice, signed
from pos_app.simulator.payments import Notice
from pos_app.simulator.postbox import Postbox

# The worked example of the gateway's description.
EXAMPLE = {
    "id": "0c4486d74a30e87adcbc569156a6084d",
    "amount": "1",
    "notify_status": "success",
    "currency": "USD",
    "time": "2016-11-09 07:49:53",
    "reference": "ABCD123457890",
    "notify_id": "78b6d63503e7a97cb6e8d09c23de5f5n0u",
    "fields": "id,amount,notify_status,currency,time,reference,notify_id",
}


@pytest.fixture
def postbox(gateway):
    writers = {"chop": CitconNotices(gateway.settings, "chop")}
    return Postbox(gateway.clock, gateway.settings, gateway.behaviour, writers)


@pytest.fixture
def paid(gateway):
    return gateway.payments.pay(gateway.new(ipn_url="http://shop/ipn"))


def sign_of(members: dict[str, str], token: str) -> str:
    """Sign by the vendor's sample code, written anew."""
    flat = "".join(f"{key}={members[key]}&" for key in sorted(members) if key != "sign")
    return hashlib.md5(f"{flat}token={token}".encode(), usedforsecurity=False).hexdigest()


def test_worked_example_has_its_signature():
    sign = signed(EXAMPLE, "123456")["sign"]
    assert sign == "7b1c527ea9388cd3711db7f168d0a67b"
    assert sign == sign_of(EXAMPLE, "123456")


def test_members_stand_in_the_examples_order(gateway, paid):
    members = notice(paid, Notice.SUCCESS, gateway.clock.now())
    assert list(members) == list(EXAMPLE)
    assert members["fields"] == EXAMPLE["fields"]
    assert members["id"] == paid.q
    assert members["time"] == "2026-07-12 06:32:08"


def test_a_cards_notice_tells_the_masked_card_and_signs_it_too(gateway, postbox):
    paid = gateway.payments.pay(gateway.new(payment_method="cc", ipn_url="http://shop/ipn"))
    postbox.tell(paid, Notice.SUCCESS)
    (letter,) = postbox.take_due()
    extras = ["approval_code", "card_token", "result_message", "card_number", "exp_date"]
    assert letter.members["fields"] == ",".join([EXAMPLE["fields"], *extras])
    assert list(letter.members) == [*list(EXAMPLE)[:-1], *extras, "fields", "sign"]
    assert letter.members["result_message"] == "SUCCESS"
    assert letter.members["card_number"] == "4111xxxxxxxx1111"
    assert len(letter.members["approval_code"]) == 6
    assert letter.members["sign"] == sign_of(letter.members, "training-token")
    without = {**letter.members, "card_number": "4111xxxxxxxx2222"}
    assert letter.members["sign"] != sign_of(without, "training-token")


def test_a_declined_cards_notice_has_neither_approval_nor_token(gateway):
    made = gateway.new(payment_method="cc")
    members = notice(made, Notice.FAIL, gateway.clock.now())
    assert members["fields"].endswith("notify_id,result_message,card_number,exp_date")
    assert members["result_message"] == "DECLINED"
    assert not {"approval_code", "card_token"} & members.keys()


def test_notice_is_due_at_once_and_signed_with_the_merchants_token(postbox, paid):
    postbox.tell(paid, Notice.SUCCESS)
    (letter,) = postbox.take_due()
    assert letter.url == "http://shop/ipn"
    assert letter.members["sign"] == sign_of(letter.members, "training-token")
    assert postbox.take_due() == []


def test_nobody_is_told_without_an_address(gateway, postbox):
    postbox.tell(gateway.payments.pay(gateway.new(reference="B")), Notice.SUCCESS)
    assert postbox.take_due() == []


def test_unanswered_notice_is_sent_again_with_growing_pauses_then_given_up(gateway, postbox, paid):
    postbox.tell(paid, Notice.SUCCESS)
    pauses = []
    while letters := postbox.take_due():
        postbox.put_back(letters[0])
        due_at = postbox.next_due_at()
        if due_at:
            pauses.append((due_at - gateway.clock.now()).total_seconds())
            gateway.clock.advance(pauses[-1])
    assert pauses == [5, 15, 60, 300, 900]


def test_missing_notice_is_never_sent(gateway, postbox, paid):
    gateway.script({"call": "ipn", "fault": "missing_notification"})
    postbox.tell(paid, Notice.SUCCESS)
    assert postbox.next_due_at() is None


def test_duplicate_notice_is_the_same_twice(gateway, postbox, paid):
    gateway.script({"call": "ipn", "fault": "duplicate_notification"})
    postbox.tell(paid, Notice.SUCCESS)
    first, second = postbox.take_due()
    assert first == second


def test_late_notice_waits(gateway, postbox, paid):
    gateway.script({"call": "ipn", "fault": "late_notification", "seconds": 20})
    postbox.tell(paid, Notice.SUCCESS)
    gateway.clock.advance(19)
    assert postbox.take_due() == []
    gateway.clock.advance(1)
    assert len(postbox.take_due()) == 1


def test_forged_notice_is_not_signed_with_the_merchants_token(gateway, postbox, paid):
    gateway.script({"call": "ipn", "fault": "forged_notification"})
    postbox.tell(paid, Notice.SUCCESS)
    (letter,) = postbox.take_due()
    assert letter.members["sign"] != sign_of(letter.members, "training-token")


def test_wrong_amount_in_a_notice_is_signed_all_the_same(gateway, postbox, paid):
    gateway.script({"call": "ipn", "fault": "wrong_amount"})
    postbox.tell(paid, Notice.SUCCESS)
    (letter,) = postbox.take_due()
    assert letter.members["amount"] == "4251"
    assert letter.members["sign"] == sign_of(letter.members, "training-token")
