"""Making a charge: ids, addresses, idempotency, and what is refused with which words."""

import re
from urllib.parse import quote

import pytest

from pos_app.simulator.chop.calls import encode


def test_success_is_compact_json_with_escaped_slashes_and_the_url_last(gateway):
    body = encode(gateway.charge()).decode()
    assert re.fullmatch(
        r'\{"result":"success","url":"https:\\/\\/uat\.citconpay\.com\\/chop\\/landing'
        r'\?q=[0-9a-f]{25}"\}',
        body,
    )
    assert body.count("=") == 1


def test_transaction_ids_have_the_test_systems_form_and_count_up(gateway):
    first, second = gateway.new(reference="A"), gateway.new(reference="B")
    assert re.fullmatch(r"U\d{10}-[0-9a-f]{20}", first.transaction_id)
    assert first.transaction_id[:11] == "U0000000001"
    assert second.transaction_id[:11] == "U0000000002"


@pytest.mark.parametrize("duplicates", [{}, {"allow_duplicates": ""}, {"allow_duplicates": "no"}])
def test_same_reference_again_is_the_same_charge_even_with_another_amount(gateway, duplicates):
    first = gateway.charge()
    assert gateway.charge(amount="99", **duplicates) == first
    assert [one.amount_minor for one in gateway.payments.all()] == [4250]


def test_same_reference_comes_back_even_after_it_expired(gateway):
    first = gateway.charge()
    gateway.clock.advance(301)
    assert gateway.charge() == first


def test_allow_duplicates_makes_a_new_charge_which_then_is_the_earlier_one(gateway):
    first = gateway.charge()
    second = gateway.charge(allow_duplicates="yes")
    assert second != first
    assert gateway.charge() == second


def test_each_token_is_a_merchant_with_a_ledger_of_its_own(gateway_with):
    gateway = gateway_with(tokens=("one", "two"))
    assert gateway.charge(token="Bearer one") != gateway.charge(token="Bearer two")
    (first, _) = gateway.payments.all()
    answer = gateway.call("inquire", token="two", q=first.q)
    assert answer == {"result": "fail", "error": "q: there is no such payment"}


@pytest.mark.parametrize(
    "token", ["Bearer training-token", "training-token", "bearer training-token"]
)
def test_token_is_taken_with_and_without_bearer(gateway, token):
    assert gateway.charge(token=token)["result"] == "success"


@pytest.mark.parametrize(
    ("token", "words"),
    [("", "missing"), ("Bearer ", "missing"), ("Bearer wrong", "isn't known"), ("wrong", "known")],
)
def test_bad_token_is_an_ordinary_failure_and_makes_nothing(gateway, token, words):
    answer = gateway.charge(token=token)
    assert list(answer) == ["result", "error"]
    assert answer["result"] == "fail"
    assert words in answer["error"]
    assert gateway.payments.all() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"payment_method": ""}, "payment_method is missing"),
        ({"payment_method": "cash"}, "payment_method cash isn't known"),
        ({"amount": ""}, "amount is missing"),
        ({"amount": "42.50"}, "amount 42.50 isn't a whole number"),
        ({"amount": "-1"}, "amount -1 isn't"),
        ({"amount": "１"}, "isn't a whole number"),
        ({"amount": "0"}, "amount must be more than 0"),
        ({"currency": ""}, "currency is missing"),
        ({"currency": "usd"}, "currency usd isn't"),
        ({"currency": "XXX"}, "currency XXX isn't"),
        ({"reference": " "}, "reference is missing"),
        ({"reference": "R" * 65}, "reference is longer"),
        ({"reference": "A\nB"}, "reference is longer than 64 or not plain text"),
        ({"ipn_url": "ftp://shop"}, "ipn_url isn't"),
        ({"ipn_url": "http://[shop"}, "ipn_url isn't"),
        ({"ext": "lang=en"}, "ext isn't a JSON object"),
        ({"ext": '{"timeout":"soon"}'}, "ext: timeout isn't"),
        ({"ext": '{"timeout":0}'}, "ext: timeout isn't"),
        ({"payment_method": "gcash"}, "amount isn't for gcash"),
    ],
)
def test_wrong_field_is_named_and_makes_nothing(gateway, fields, words):
    answer = gateway.charge(**fields)
    assert answer["result"] == "fail"
    assert answer["error"].startswith(words) or words in answer["error"]
    assert gateway.payments.all() == []


def test_regional_wallets_take_trans_members_also_as_the_vendors_sample_mixes_them(gateway):
    def charge(**money: str) -> dict:
        fields = {"payment_method": "alipay_hk", "reference": "-".join(money), **money}
        return gateway.call("charge", **fields)

    assert charge(trans_amount="10", trans_currency="HKD")["result"] == "success"
    assert charge(trans_amount="10", currency="HKD")["result"] == "success"
    refused = charge(trans_amount="10", trans_currency="USD")
    assert refused["error"] == "trans_currency USD isn't taken for alipay_hk; it takes HKD"


def test_trans_amount_is_refused_for_alipay(gateway):
    answer = gateway.call(
        "charge", payment_method="alipay", trans_amount="1", currency="USD", reference="A"
    )
    assert answer["error"] == "trans_amount isn't for alipay; send amount and currency"


@pytest.mark.parametrize("ext", ['{"timeout":60}', '{"timeout":"60"}', quote('{"timeout": 60}')])
def test_ext_timeout_sets_the_codes_life(gateway, ext):
    made = gateway.new(ext=ext)
    assert (made.expires_at - made.created_at).total_seconds() == 60


def test_client_country_moves_the_address_to_the_china_host(gateway_with):
    gateway = gateway_with(china_host="api-uat.citconpay.cn")
    assert gateway.charge(client_country="CN")["url"].startswith("https://api-uat.citconpay.cn/")
    assert gateway.charge()["url"].startswith("https://uat.citconpay.com/")


def test_refused_fault_makes_nothing(gateway):
    gateway.script({"call": "charge", "fault": "refused"})
    assert gateway.charge()["result"] == "fail"
    assert gateway.payments.all() == []
    assert gateway.charge()["result"] == "success"
