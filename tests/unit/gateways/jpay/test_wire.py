"""J-Pay's words: what is sent, and what its answers are taken for."""

import json
from datetime import UTC, datetime

import pytest

from pos_app.config.secrets import Secret
from pos_app.domain.cards import KeyedCard
from pos_app.domain.customers import Customer, Purchase
from pos_app.domain.errors import NoticeRefusedError, OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CodeCreated,
    PaymentState,
    RefusalKind,
    Refused,
)
from pos_app.domain.sales import SaleLine
from pos_app.gateways.jpay import wire
from pos_app.gateways.jpay.signing import signature
from tests.fakes.chop import charge

KEY = Secret("hdt1yur0rcxbu6g7wlkyw3e55shfr2fr")
ACCOUNT = wire.Account("10130", KEY)
SHOP = wire.Shop("https://shop.example/", "", "", "192.0.2.1", "en", "QR Till")
CHARGE = charge(gateway="jpay", method=PaymentMethod.CC)
CUSTOMER = Customer("Ana", " López ", "ana@example.com", "+1 555", "US", city="Reno")
LINES = (SaleLine("Tea & cups", 2, Money(2000, "USD")), SaleLine("", 1, Money(250, "USD")))
PAID = {
    "memberid": "10130",
    "orderid": CHARGE.reference,
    "amount": "42.50",
    "true_amount": "42.50",
    "time_end": "20261120090530",
    "transaction_id": "20261120090512499957",
    "returncode": "00",
    "trade_state": "SUCCESS",
}


def signed(members, key=KEY):
    return {**members, "sign": signature(members, key)}


def body(members):
    return json.dumps(members).encode()


def inquiry(**changes):
    return wire.read_inquiry(body(signed({**PAID, **changes})), CHARGE, ACCOUNT)


def created(members, card=None):
    return wire.read_created(body(members), CHARGE, card)


def test_a_sale_is_signed_and_says_who_buys_what_in_major_units():
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    form = wire.sale_form(CHARGE, Purchase(CUSTOMER, LINES), SHOP, ACCOUNT, at)
    names = ["memberid", "orderid", "applydate", "bankcode", "notifyurl", "callbackurl", "amount"]
    over = {f"pay_{name}": form[f"pay_{name}"] for name in names}
    assert form["pay_md5sign"] == signature(over, KEY)
    assert form["pay_amount"] == "42.50"
    assert form["pay_lastname"] == "López"
    assert json.loads(form["pay_productname"]) == [
        {"productName": "Tea & cups", "price": "20.00", "quantity": "2"},
        {"productName": "Goods", "price": "2.50", "quantity": "1"},
    ]
    assert form["pay_city"] == "Reno"
    assert "pay_state" not in form
    assert form["pay_notifyurl"] == "https://shop.example/"
    assert not any("card" in name for name in form)


@pytest.mark.parametrize(("code", "takes"), [("USD", True), ("JPY", False), ("KWD", False)])
def test_only_currencies_with_two_decimals_are_taken(code, takes):
    assert wire.takes(Money(100, code)) is takes


def test_the_page_is_what_the_code_says_also_when_wrapped_once_more():
    answer = {"status": 1, "url": "https://api.j-pay.net/p?x=1"}
    shown = CodeCreated(CHARGE.reference, "https://api.j-pay.net/p?x=1")
    assert created(answer) == shown
    assert wire.read_created(json.dumps(json.dumps(answer)).encode(), CHARGE) == shown


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"status": 2, "msg": "transaction failed"}, RefusalKind.OTHER),
        ({"status": "error", "msg": "amount"}, RefusalKind.OTHER),
        ({"status": "error", "msg": "Signature verification failed"}, RefusalKind.NOT_SET_UP),
    ],
)
def test_a_no_to_a_sale_is_a_refusal_with_its_words(answer, kind):
    refused = created(answer)
    assert (refused.kind, refused.text) == (kind, answer["msg"])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"<html>",
        b'{"status": 1}',
        b'{"status": 1, "url": "http://api.j-pay.net/p"}',
        b'{"status": 1, "url": "javascript:alert(1)"}',
        b'{"status": 1, "url": "https://a b"}',
        b'{"status": 1, "url": {"a": "b"}}',
        b'{"status": 0, "msg": ""}',
        b'{"status": 3}',
        b"{}",
    ],
)
def test_any_other_answer_to_a_sale_is_unknown(raw):
    with pytest.raises(OutcomeUnknown):
        wire.read_created(raw, CHARGE)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("NOTPAY", PaymentState.OPEN),
        ("UNPAID", PaymentState.OPEN),
        ("PENDING", PaymentState.OPEN),
        ("FAIL", PaymentState.DECLINED),
        ("FAILED", PaymentState.DECLINED),
        ("SUCCESS", PaymentState.PAID),
        ("SUCCEEDED", PaymentState.PAID),
        ("paid", PaymentState.PAID),
        ("REFUND", PaymentState.PAID),
        ("REFUNDED", PaymentState.PAID),
    ],
)
def test_every_state_of_a_trade_is_known(word, state):
    assert inquiry(trade_state=word).state is state


def test_a_paid_order_tells_all_that_must_agree():
    answer = inquiry()
    assert (answer.reference, answer.amount) == (CHARGE.reference, CHARGE.amount)
    assert answer.transaction_id == PAID["transaction_id"]
    assert answer.time_text == "20261120090530"


@pytest.mark.parametrize(
    ("amount", "true_amount", "received"),
    [
        ("42.50", "24.50", Money(2450, "USD")),
        ("24.50", "24.50", Money(2450, "USD")),
        ("24.50", "42.50", None),
        ("42.50", "42.505", None),
        ("42.50", "", None),
    ],
)
def test_an_amount_that_differs_confirms_nothing(amount, true_amount, received):
    answer = inquiry(amount=amount, true_amount=true_amount)
    assert answer.amount == received != CHARGE.amount


@pytest.mark.parametrize("name", ["amount", "true_amount", "orderid", "trade_state", "sign"])
def test_an_answer_that_was_changed_on_its_way_is_none(name):
    with pytest.raises(OutcomeUnknown):
        wire.read_inquiry(body({**signed(PAID), name: "00.00"}), CHARGE, ACCOUNT)


@pytest.mark.parametrize(
    "changes", [{"trade_state": "MAYBE"}, {"orderid": ""}, {"memberid": "10131"}]
)
def test_a_signed_answer_that_is_not_to_be_understood_is_none(changes):
    with pytest.raises(OutcomeUnknown):
        inquiry(**changes)


def test_a_signature_is_over_numbers_as_they_were_written():
    sent = json.dumps(signed(PAID)).replace('"42.50"', "42.50").encode()
    assert wire.read_inquiry(sent, CHARGE, ACCOUNT).amount == CHARGE.amount


def test_a_question_that_failed_says_no():
    answer = wire.read_inquiry(body({"returncode": "01", "msg": "no order"}), CHARGE, ACCOUNT)
    assert answer == Refused(RefusalKind.OTHER, "no order", "01")


NOTICE = {
    "memberid": "10130",
    "orderid": "T1-20261120-0001",
    "amount": "85.95",
    "true_amount": "85.95",
    "currency": "USD",
    "transaction_id": "20261120090512499957",
    "datetime": "20261120090530",
    "returncode": "00",
    "attach": "",
    "sign": "46310132DB7B7C57105EAEDD2B2741B0",
}


def test_the_worked_example_of_a_notice_is_genuine():
    notice = wire.read_notice(NOTICE, "jpay", ACCOUNT)
    assert (notice.reference, notice.is_paid) == ("T1-20261120-0001", True)
    assert NOTICE["sign"] not in notice.members.values()
    assert notice.members["true_amount"] == "85.95"


def test_what_is_attached_is_not_signed():
    assert wire.read_notice({**NOTICE, "attach": "x"}, "jpay", ACCOUNT).is_paid


@pytest.mark.parametrize(
    "changes",
    [{"amount": "85.96"}, {"returncode": "2"}, {"sign": ""}, {"memberid": "10131"}, {"x": "y"}],
)
def test_a_notice_that_was_changed_is_refused(changes):
    with pytest.raises(NoticeRefusedError):
        wire.read_notice({**NOTICE, **changes}, "jpay", ACCOUNT)


@pytest.mark.parametrize("changes", [{"returncode": "1"}, {"orderid": ""}])
def test_a_signed_notice_of_something_else_is_refused(changes):
    told = {**NOTICE, **changes}
    over = {name: value for name, value in told.items() if name not in {"sign", "attach"}}
    with pytest.raises(NoticeRefusedError):
        wire.read_notice({**told, "sign": signature(over, KEY)}, "jpay", ACCOUNT)


def test_a_failed_payment_is_told_too():
    over = {name: value for name, value in NOTICE.items() if name not in {"sign", "attach"}}
    over["returncode"] = "2"
    assert not wire.read_notice(signed(over), "jpay", ACCOUNT).is_paid


def keyed():
    return KeyedCard(b"4242 4242 4242 4242", b"7", b"31", b"987")


def test_a_keyed_card_goes_with_the_sale_and_is_not_signed():
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    forms = [
        wire.sale_form(CHARGE, Purchase(CUSTOMER, LINES, card), SHOP, ACCOUNT, at)
        for card in (None, keyed())
    ]
    more = {name: said for name, said in forms[1].items() if name not in forms[0]}
    assert more == {
        "pay_cardno": "4242424242424242",
        "pay_cardmonth": "07",
        "pay_cardyear": "2031",
        "pay_cardcvv": "987",
    }
    assert forms[0]["pay_md5sign"] == forms[1]["pay_md5sign"]


def test_said_to_be_paid_counts_only_for_a_keyed_card_and_only_as_a_question():
    answer = created({"status": 0, "msg": "transaction success"}, keyed())
    assert (answer.gateway_id, answer.inquiry.state) == (CHARGE.reference, PaymentState.OPEN)
    with pytest.raises(OutcomeUnknown):
        created({"status": 0, "msg": "transaction success"})


def test_a_no_to_a_keyed_card_is_the_banks():
    no = {"status": 2, "msg": "transaction failed"}
    assert created(no, keyed()).inquiry.state is PaymentState.DECLINED
    assert isinstance(created(no), Refused)


def test_a_keyed_card_that_is_said_again_is_not_kept():
    said = f"{'x' * 290} 4242-4242 42424242 cvv 987 until 07/2031"
    refusal = created({"status": "error", "msg": f"card 4242 4242 4242 4242 {said}"}, keyed())
    assert refusal.text.startswith("card ••• x")
    assert not any(part in refusal.text for part in ("4242", "987", "2031"))
