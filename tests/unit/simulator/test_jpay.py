"""The pretended J-Pay: what it takes, what it answers, what becomes of a payment there."""

import json

import pytest

from pos_app.simulator.behaviour import Call, read_rules
from pos_app.simulator.jpay.calls import JPay
from pos_app.simulator.jpay.notices import JPayNotices
from pos_app.simulator.jpay.orders import QUESTION_SIGNED, REFUND_SIGNED, SALE_SIGNED
from pos_app.simulator.jpay.signing import sign
from pos_app.simulator.payments import Notice, NotPossibleError
from pos_app.simulator.service import Asked
from tests.fakes.jpay import CARD, KEY, SALE


class Merchant:
    """A shop at the pretended J-Pay, which signs as its document says."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.service = JPay(gateway.backstage, gateway.clock)

    def call(self, call, fields, signed, key=KEY):
        md5sign = sign({name: fields.get(name, "") for name in signed}, key)
        asked = Asked(call, {**fields, "pay_md5sign": md5sign}, "", "https://j.example")
        return json.loads(self.service.answer(asked))

    def sell(self, key=KEY, **fields):
        return self.call(Call.CHARGE, {**SALE, **fields}, SALE_SIGNED, key)

    def query(self, reference="HSG1-0087"):
        fields = {"pay_memberid": "10130", "pay_orderid": reference}
        return self.call(Call.INQUIRE, fields, QUESTION_SIGNED)

    def refund(self, amount="42.50", **fields):
        fields = {
            "pay_memberid": "10130",
            "pay_orderid": "HSG1-0087",
            "transaction_id": self.payment().transaction_id,
            "currency": "USD",
            "pay_amount": "42.50",
            "refund_amount": amount,
            "refund_reason": "Goods returned",
            **fields,
        }
        return self.call(Call.REFUND, fields, REFUND_SIGNED)

    def refund_query(self, refund_orderid=""):
        fields = {"pay_memberid": "10130", "pay_orderid": "HSG1-0087"}
        if refund_orderid:
            fields["refund_orderid"] = refund_orderid
        return self.call(Call.TRANSACTIONS, fields, QUESTION_SIGNED)

    def payment(self):
        (payment,) = self.gateway.payments.all("HSG1-0087")
        return payment

    def pay(self):
        self.gateway.balances.is_unlimited = True
        return self.gateway.payments.pay(self.payment())


@pytest.fixture
def shop(gateway):
    return Merchant(gateway)


def test_a_sale_without_a_card_is_answered_with_a_page(shop):
    answer = shop.sell()
    assert answer == {"status": 1, "url": f"https://j.example/pay/card?q={shop.payment().q}"}
    assert (shop.payment().amount_minor, shop.payment().currency) == (4250, "USD")


@pytest.mark.parametrize(
    ("number", "status", "state"),
    [("4242424242424242", 0, "SUCCESS"), ("4000000000000002", 2, "FAIL")],
)
def test_a_keyed_card_is_paid_or_declined_at_once(shop, number, status, state):
    assert shop.sell(pay_cardno=number, **CARD)["status"] == status
    assert shop.query()["trade_state"] == state
    assert number not in repr(shop.payment())


def test_a_keyed_card_may_have_to_be_confirmed_at_the_bank(shop):
    answer = shop.sell(pay_cardno="4000002500003155", **CARD)
    assert answer == {"status": 1, "url": f"https://j.example/pay/secure?q={shop.payment().q}"}


@pytest.mark.parametrize("name", [*SALE, "pay_cardmonth"])
def test_a_required_field_that_is_missing_is_told_by_name(shop, name):
    if name == "pay_productname":
        assert shop.sell(pay_productname="")["status"] == 1
        return
    extra = {"pay_cardno": "4242424242424242", **CARD} if "card" in name else {}
    answer = shop.sell(**{**extra, name: ""})
    assert answer["status"] == "error"
    assert name in answer["msg"]
    assert shop.gateway.payments.all() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pay_amount", "4250"),
        ("pay_amount", "42.5"),
        ("pay_amount", "0.00"),
        ("pay_currency", "JPY"),
        ("pay_currency", "usd"),
        ("pay_bankcode", "902"),
        ("pay_orderid", "HSG1-0087-0000000-XX1"),
        ("pay_url", "shop.example"),
        ("pay_productname", '[{"productName": "Cup"}]'),
        ("pay_cardno", "4242"),
        ("pay_cardno", "5555555555554444"),
    ],
)
def test_a_wrong_field_is_refused_and_makes_nothing(shop, name, value):
    extra = {"pay_cardno": value, **CARD} if name == "pay_cardno" else {name: value}
    answer = shop.sell(**extra)
    assert answer["status"] == "error"
    assert name in answer["msg"]
    assert shop.gateway.payments.all() == []


def test_what_is_not_signed_with_the_merchants_key_is_refused(shop):
    wrong = {"status": "error", "msg": "Signature verification failed"}
    assert shop.sell(key="guessed") == wrong
    assert shop.sell(pay_memberid="10131") == wrong


def test_an_order_id_is_never_taken_twice(shop):
    shop.sell()
    assert shop.sell()["status"] == "error"
    assert shop.payment()


def test_the_question_tells_what_became_of_it_and_signs_it(shop):
    shop.sell()
    assert (shop.query()["trade_state"], shop.query()["true_amount"]) == ("NOTPAY", "0.00")
    shop.pay()
    answer = shop.query()
    said = {name: value for name, value in answer.items() if name != "sign"}
    assert answer["sign"] == sign(said, KEY)
    assert (said["trade_state"], said["amount"], said["true_amount"]) == (
        "SUCCESS",
        "42.50",
        "42.50",
    )
    shop.refund()
    assert shop.query()["trade_state"] == "REFUND"


def test_an_unpaid_order_lapses_and_stays_unpaid_for_the_merchant(shop):
    shop.sell()
    shop.gateway.clock.advance(400)
    assert shop.payment().state == "expired"
    assert shop.query()["trade_state"] == "NOTPAY"


def test_a_no_of_the_bank_ends_the_order_and_is_told(shop):
    shop.sell()
    shop.gateway.payments.decline(shop.payment())
    assert shop.query()["trade_state"] == "FAIL"
    assert [status for _, status in shop.gateway.told] == [Notice.FAIL]
    shop.gateway.clock.advance(400)
    assert shop.query()["trade_state"] == "FAIL"
    with pytest.raises(NotPossibleError):
        shop.gateway.payments.decline(shop.payment())


def test_an_unknown_order_is_an_error(shop):
    assert shop.query("HSG1-0001")["status"] == "error"


def test_a_refund_goes_back_and_can_be_asked_about(shop):
    shop.sell()
    shop.pay()
    answer = shop.refund("2.50")
    assert (answer["returncode"], answer["refund_message"]) == ("00", "V0000:OK")
    asked = shop.refund_query(answer["refund_orderid"])
    assert (asked["refund_status"], asked["refund_amount"]) == ("1", "2.50")
    assert shop.refund_query()["refund_orderid"] == answer["refund_orderid"]
    assert shop.refund("40.01")["returncode"] == "2"
    assert shop.refund_query("U1")["status"] == "error"


@pytest.mark.parametrize(
    ("fault", "end", "back"), [("requested_refund", "1", 250), ("failed_refund", "3", 0)]
)
def test_a_refund_may_take_its_time(shop, fault, end, back):
    shop.sell()
    shop.pay()
    shop.gateway.behaviour.replace_script(
        read_rules({"rules": [{"call": "refund", "fault": fault, "seconds": 60}]})
    )
    assert shop.refund("2.50")["returncode"] == "00"
    assert shop.refund_query()["refund_status"] == "2"
    shop.gateway.clock.advance(61)
    assert shop.refund_query()["refund_status"] == end
    assert shop.payment().refunded_minor == back


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("currency", "EUR"),
        ("pay_amount", "42.51"),
        ("transaction_id", "U0"),
        ("refund_amount", ""),
    ],
)
def test_a_refund_that_does_not_fit_its_order_is_refused(shop, name, value):
    shop.sell()
    shop.pay()
    assert shop.refund(**{name: value})["status"] == "error"
    assert shop.payment().refunds == ()


def test_a_notice_is_signed_without_what_does_not_count(shop):
    shop.sell()
    paid = shop.pay()
    told = JPayNotices(shop.gateway.settings).write(paid, Notice.SUCCESS, paid.paid_at, None)
    said = {name: value for name, value in told.items() if name not in {"sign", "attach"}}
    assert told["sign"] == sign(said, KEY)
    assert (said["returncode"], said["datetime"]) == ("00", f"{paid.paid_at:%Y%m%d%H%M%S}")


@pytest.mark.parametrize(
    ("answer", "is_taken"),
    [(b"success", True), (b" Success\n", True), (b"OK", True), (b"", False)],
)
def test_a_notice_is_sent_until_it_is_taken(gateway, answer, is_taken):
    assert JPayNotices(gateway.settings).is_taken(answer) is is_taken


@pytest.mark.parametrize(
    ("fault", "name", "said"),
    [
        ("wrong_amount", "true_amount", "42.51"),
        ("wrong_reference", "orderid", "HSG1-0087-X"),
    ],
)
def test_an_answer_can_say_what_is_not_so(shop, fault, name, said):
    shop.sell()
    shop.pay()
    shop.gateway.behaviour.replace_script(
        read_rules({"rules": [{"call": "inquire", "fault": fault}]})
    )
    assert shop.query()[name] == said
