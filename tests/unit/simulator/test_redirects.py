"""The addresses that the customer is sent to when the page is done."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from pos_app.simulator.chop.redirects import after_decline, after_success, after_timeout, is_phone

PC = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0"
DONE, FAIL, MOBILE = (f"https://shop.example/{name}" for name in ("done", "fail", "mobile?a=b"))
PAGES = {
    "callback_url_success": DONE,
    "callback_url_fail": FAIL,
    "mobile_result_url": MOBILE,
}


def members(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def paid(gateway, **fields):
    return gateway.payments.pay(gateway.new(**fields))


def test_success_address_keeps_its_own_query_and_gains_the_basic_members(gateway):
    one = paid(
        gateway,
        reference="A B",
        callback_url_success="https://shop.example/done?lang=zh&x=#top",
    )
    assert after_success(one, PC) == (
        f"https://shop.example/done?lang=zh&x=&merchant_reference=A+B&payment_instance_token="
        f"{one.q}&ssl_amount=4250&ssl_result=0#top"
    )


def test_success_of_a_card_tells_the_masked_card_as_well(gateway):
    gateway.clock.advance(12 * 3600)
    one = paid(gateway, payment_method="cc", **PAGES)
    told = members(after_success(one, PC))
    assert told.pop("ssl_approval_code").isdigit()
    assert told.pop("ssl_txn_id")
    assert told == {
        "merchant_reference": "HSG1-0087",
        "payment_instance_token": one.q,
        "ssl_amount": "4250",
        "ssl_result": "0",
        "ssl_cvv2_response": "M",
        "ssl_avs_response": "Y",
        "ssl_card_number": "4111xxxxxxxx1111",
        "ssl_exp_date": "1230",
        "ssl_txn_time": "07/12/2026 06:32:08 PM",
    }


def test_a_cards_morning_is_written_as_am(gateway):
    one = paid(gateway, payment_method="cc", **PAGES)
    assert members(after_success(one, PC))["ssl_txn_time"] == "07/12/2026 06:32:08 AM"


@pytest.mark.parametrize("method", ["alipay", "wechatpay"])
def test_inside_a_wallet_the_mobile_page_is_opened_as_it_is(gateway, method):
    one = paid(gateway, payment_method=method, **PAGES)
    assert after_success(one, PHONE) == MOBILE
    assert after_success(one, PC).startswith(f"{DONE}?")


def test_the_mobile_page_is_only_for_alipay_and_wechat(gateway):
    one = paid(gateway, payment_method="upop", **PAGES)
    assert after_success(one, PHONE).startswith(f"{DONE}?")


def test_either_page_does_for_the_other(gateway):
    only_mobile = paid(gateway, reference="A", mobile_result_url=MOBILE)
    only_done = paid(gateway, reference="B", callback_url_success=DONE)
    assert after_success(only_mobile, PC) == MOBILE
    assert after_success(only_done, PHONE).startswith(f"{DONE}?")


def test_without_a_page_of_the_merchant_there_is_none(gateway):
    made = gateway.new()
    assert after_timeout(made, PC) is None
    assert after_decline(made, gateway.clock.now()) is None
    assert after_success(gateway.payments.pay(made), PC) is None


@pytest.mark.parametrize("method", ["alipay", "cc"])
def test_the_end_of_time_is_told_without_an_amount_and_only_on_a_pc(gateway, method):
    made = gateway.new(payment_method=method, **PAGES)
    expected = {
        "merchant_reference": "HSG1-0087",
        "payment_instance_token": made.q,
        "ssl_result": "1",
    }
    assert members(after_timeout(made, PC)) == expected
    assert after_timeout(made, PHONE) is None


def test_a_wallets_no_is_told_without_an_amount(gateway):
    made = gateway.new(**PAGES)
    assert members(after_decline(made, gateway.clock.now())) == {
        "merchant_reference": "HSG1-0087",
        "payment_instance_token": made.q,
        "ssl_result": "1",
    }


def test_a_declined_card_has_its_decline_code_and_no_approval(gateway):
    made = gateway.new(payment_method="cc", **PAGES)
    told = members(after_decline(made, gateway.clock.now()))
    assert (told["ssl_result"], told["ssl_amount"], told["ssl_approval_code"]) == (
        "05",
        "4250",
        "",
    )
    success = members(after_success(gateway.payments.pay(made), PC))
    assert told.keys() == success.keys()


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [(PC, False), (PHONE, True), ("", False), ("python-httpx/0.28", False), ("Alipay Mobi", True)],
)
def test_phones_are_told_by_what_their_browsers_say(user_agent, expected):
    assert is_phone(user_agent) is expected
