"""The pages of pretend payments over real HTTP: what they show, and where they lead."""

from urllib.parse import parse_qs, urlsplit

import pytest

from pos_app.simulator.settings import Settings
from tests.fakes.chop_shop import Shop, shop, simulator
from tests.fakes.running_simulator import running_simulator

__all__ = ["shop", "simulator"]


def test_customer_pays_with_the_pages_form(shop):
    q = shop.charge()
    page = shop.http.get("/chop/landing", params={"q": q})
    assert "Harbour Street Gifts" in page.text
    assert "US$&nbsp;42.50" in page.text
    assert "No real money" in page.text
    assert f'action="/chop/landing?q={q}"' in page.text
    assert shop.state(q) == "open"
    posted = shop.http.post("/chop/landing", params={"q": q}, data={"action": "pay"})
    assert (posted.status_code, posted.headers["location"]) == (303, f"/chop/landing?q={q}")
    assert ">Paid<" in shop.http.get(posted.headers["location"]).text
    assert shop.inquire(q).json()["notify_result"] == "success"


def test_customer_may_try_again_after_a_decline(shop):
    q = shop.charge()
    shop.http.post("/chop/landing", params={"q": q}, data={"action": "decline"})
    page = shop.http.get("/chop/landing", params={"q": q}).text
    assert "Alipay said no" in page
    assert "Try again: pay" in page
    shop.http.post("/chop/landing", params={"q": q}, data={"action": "pay"})
    assert shop.state(q) == "paid"


@pytest.mark.parametrize(
    ("ending", "words"),
    [("expire", "This code has expired"), ("cancel", "Payment cancelled")],
)
def test_closed_code_cannot_be_paid_on_the_page(shop, ending, words):
    q = shop.charge()
    if ending == "expire":
        shop.act(q, "expire")
    else:
        shop.cancel(q)
    page = shop.http.get("/chop/landing", params={"q": q}).text
    assert words in page
    assert "<form" not in page
    late = shop.http.post("/chop/landing", params={"q": q}, data={"action": "pay"})
    assert late.status_code == 409
    assert words in late.text
    assert shop.inquire(q).json()["notify_result"] == "expired"


def test_page_of_a_returned_payment_says_so(shop):
    q = shop.charge()
    shop.act(q, "pay")
    shop.cancel(q)
    assert "Your money is being returned" in shop.http.get(f"/chop/landing?q={q}").text


def test_page_tells_how_much_is_being_returned(shop):
    q = shop.charge()
    shop.act(q, "pay")
    shop.refund(q, 1000)
    page = shop.http.get(f"/chop/landing?q={q}").text
    assert ">Paid<" in page
    assert "The shop refunds US$ 10.00 of this payment." in page
    shop.refund(q, 3250)
    assert (
        "The shop refunds this payment. You get all of it back."
        in shop.http.get(f"/chop/landing?q={q}").text
    )


def test_page_whose_time_runs_out_leads_to_the_merchants_page_on_a_pc(shop):
    q = shop.charge(callback_url_fail="https://shop.example/no")
    page = shop.http.get(f"/chop/landing?q={q}").text
    assert f'url=/chop/landing?q={q}&amp;ended=1"' in page
    ended = f"/chop/landing?q={q}&ended=1"
    assert shop.http.get(ended).status_code == 200  # there is time left
    shop.act(q, "expire")
    answer = shop.http.get(ended)
    assert answer.status_code == 303
    assert answer.headers["location"] == (
        f"https://shop.example/no?merchant_reference=HSG1-0087&payment_instance_token={q}"
        "&ssl_result=1"
    )
    on_a_phone = shop.http.get(ended, headers={"User-Agent": "Mobile Safari"})
    assert "This code has expired" in on_a_phone.text
    assert "This code has expired" in shop.http.get(f"/chop/landing?q={q}").text


@pytest.mark.parametrize("redirects", [False, True])
def test_decline_leads_to_the_merchants_page_only_when_set(redirects):
    with running_simulator(Settings(redirects_declines=redirects)) as running:
        shop = Shop(running.url)
        q = shop.charge(callback_url_fail="https://shop.example/no")
        posted = shop.http.post("/chop/landing", params={"q": q}, data={"action": "decline"})
        assert posted.headers["location"].startswith("https://shop") is redirects
        assert shop.state(q) == "declined"
        shop.http.close()


def test_inside_a_wallet_the_mobile_page_is_opened(shop):
    q = shop.charge(mobile_result_url="https://shop.example/m?x=1")
    posted = shop.http.post(
        "/chop/landing",
        params={"q": q},
        data={"action": "pay"},
        headers={"User-Agent": "AlipayClient/10"},
    )
    assert posted.headers["location"] == "https://shop.example/m?x=1"


def test_page_escapes_what_merchants_write(shop):
    q = shop.charge(reference="<script>alert(1)</script>")
    assert "<script>alert" not in shop.http.get(f"/chop/landing?q={q}").text


def test_pages_load_nothing_from_elsewhere_and_are_kept_nowhere(shop):
    for method in ("alipay", "cc"):
        q = shop.charge(payment_method=method, reference=method)
        page = shop.http.get(f"/chop/landing?q={q}")
        assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "://" not in page.text


def test_unknown_code_has_a_page_too(shop):
    for answer in (
        shop.http.get("/chop/landing?q=nobody"),
        shop.http.post("/chop/landing?q=nobody", data={"action": "pay"}),
    ):
        assert answer.status_code == 404
        assert "There is no such payment" in answer.text


def test_amounts_without_decimals_are_shown_so(shop):
    money = {"trans_amount": "4250", "trans_currency": "KRW"}
    q = shop.charge(payment_method="kakaopay", reference="K", **money)
    assert "₩&nbsp;4,250<" in shop.http.get(f"/chop/landing?q={q}").text


def test_paying_leads_to_the_merchants_page_when_it_named_one(shop):
    q = shop.charge(callback_url_success="https://shop.example/done?order=7")
    posted = shop.http.post("/chop/landing", params={"q": q}, data={"action": "pay"})
    assert parse_qs(urlsplit(posted.headers["location"]).query) == {
        "order": ["7"],
        "merchant_reference": ["HSG1-0087"],
        "payment_instance_token": [q],
        "ssl_amount": ["4250"],
        "ssl_result": ["0"],
    }
