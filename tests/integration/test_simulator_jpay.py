"""The pretended J-Pay over real HTTP: its pages and its broken answers."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from pos_app.simulator.jpay.orders import QUESTION_SIGNED, SALE_SIGNED
from pos_app.simulator.jpay.signing import sign
from tests.fakes.jpay import CARD, KEY, PAYING, SALE
from tests.fakes.running_simulator import running_simulator

ASKED, DECLINED = "4000 0025 0000 3155", "4000-0000-0000-0002"


class Shop:
    """A merchant on the other side, and its customer."""

    def __init__(self, url):
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=10)

    def post(self, path, fields, signed):
        md5sign = sign({name: fields.get(name, "") for name in signed}, KEY)
        return self.http.post(path, data={**fields, "pay_md5sign": md5sign})

    def sell(self, **fields):
        return self.post("/pay_index", {**SALE, **fields}, SALE_SIGNED)

    def page(self, **fields):
        return self.sell(**fields).json()["url"]

    def query(self):
        fields = {"pay_memberid": "10130", "pay_orderid": SALE["pay_orderid"]}
        return self.post("/pay/trade/query", fields, QUESTION_SIGNED)

    def press(self, page, action):
        return self.http.post(page, data={"action": action})

    def type_card(self, page, **changes):
        return self.http.post(page, data={**PAYING, **changes})

    def fault(self, call, fault):
        rules = [{"call": call, "fault": fault}]
        self.http.post("/simulator/behaviour", json={"rules": rules}).raise_for_status()


@pytest.fixture
def shop():
    with running_simulator() as simulator:
        shop = Shop(simulator.url)
        yield shop
        shop.http.close()


def test_the_page_shows_what_is_to_be_paid_and_to_whom(shop):
    text = shop.http.get(shop.page()).text
    assert "Harbour Street Gifts" in text
    assert "42.50" in text
    assert "Simulated payment. No real money moves." in text
    assert shop.query().json()["trade_state"] == "NOTPAY"


@pytest.mark.parametrize(
    ("number", "told", "state", "word"),
    [(PAYING["number"], "success", "SUCCESS", "Paid"), (DECLINED, "fail", "FAIL", "Declined")],
)
def test_the_customer_comes_back_to_the_shop_with_an_unsigned_word(
    shop, number, told, state, word
):
    page = shop.page()
    answer = shop.type_card(page, number=number)
    place = urlsplit(answer.headers["location"])
    assert (answer.status_code, place.hostname) == (303, "shop.example")
    assert parse_qs(place.query) == {"paymentStatus": [told], "orderID": [SALE["pay_orderid"]]}
    assert shop.query().json()["trade_state"] == state
    assert word in shop.http.get(page).text
    assert shop.type_card(page).status_code == 409


def test_the_bank_may_ask_first(shop):
    bank = shop.type_card(shop.page(), number=ASKED)
    assert shop.query().json()["trade_state"] == "NOTPAY"
    address = bank.headers["location"]
    assert "Is this payment yours?" in shop.http.get(address).text
    assert shop.press(address, "pay").status_code == 303
    assert shop.query().json()["trade_state"] == "SUCCESS"


def test_a_keyed_card_leads_to_the_bank_and_its_number_is_on_no_page(shop):
    page = shop.page(pay_cardno="4000002500003155", **CARD)
    text = shop.http.get(page).text
    assert "Is this payment yours?" in text
    assert "3155" not in text


def test_a_shop_without_a_page_of_its_own_has_one_here(shop):
    shop.type_card(shop.page())
    answer = shop.http.get("/pay/done", params={"orderID": SALE["pay_orderid"]})
    assert "Paid" in answer.text
    assert shop.http.get("/pay/done", params={"orderID": "T1"}).status_code == 404


def test_a_page_of_nothing_is_none(shop):
    assert shop.http.get("/pay/card?q=abc").status_code == 404
    assert shop.type_card("/pay/card?q=abc").status_code == 404
    page = shop.page()
    assert shop.press(page, "pay").status_code == 422
    assert shop.press(page.replace("card", "secure"), "steal").status_code == 400


def test_answers_can_be_wrapped_once_more_or_empty(shop):
    shop.sell()
    shop.fault("inquire", "wrapped")
    assert json.loads(shop.query().json())["trade_state"] == "NOTPAY"
    shop.fault("inquire", "empty")
    assert shop.query().content == b""


def test_the_question_about_refunds_has_both_spellings(shop):
    shop.sell()
    fields = {"pay_memberid": "10130", "pay_orderid": SALE["pay_orderid"]}
    for path in ("/pay/trade/refundQuery", "/pay/trade/queryRefund"):
        answer = shop.post(path, fields, QUESTION_SIGNED).json()
        assert answer == {"status": "error", "msg": "there is no such refund"}
