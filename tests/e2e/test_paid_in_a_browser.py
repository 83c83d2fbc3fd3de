"""A customer's browser and the real till: the code is read from its window, and paid there."""

import httpx
import pytest

from tests.fakes.notices import receiver_process
from tests.fakes.till import TillOnTheDesk
from tests.fakes.windowed_till import WindowedTill

FOR_CARDS = {"by": "F5"}


@pytest.mark.usefixtures("qapp")
def test_the_window_shows_paid_because_the_customer_paid_on_the_page(
    tmp_path, screen, gateway, tab
):
    till = WindowedTill(tmp_path, screen, POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/")
    with till.running():
        till.sign_in()
        till.key("4", "2", "5", "0", **FOR_CARDS)
        till.confirm()
        tab.goto(till.code())
        assert "42.50" in tab.locator(".amount").inner_text()
        tab.get_by_role("link", name="Pays").click()
        tab.locator("#cvv:focus").wait_for()
        tab.keyboard.type("739")
        tab.keyboard.press("Enter")
        tab.get_by_text("Paid", exact=True).wait_for()
        paid = till.paid()
        assert paid["reference"] in tab.content()
    assert till.said() == ""


@pytest.mark.usefixtures("qapp")
def test_the_customer_is_sent_back_to_the_shop_and_learns_nothing_there(
    tmp_path, screen, gateway, tab
):
    TillOnTheDesk(tmp_path / "training").close()  # the receiver needs a ledger
    with receiver_process(tmp_path, "--port", "0") as receiver:
        till = WindowedTill(
            tmp_path,
            screen,
            POS_APP_CITCON_CHOP_BASE_URL=f"{gateway.url}/",
            POS_APP_CITCON_CHOP_CALLBACK_URL_SUCCESS=f"{receiver.url}/return/citcon_chop",
        )
        with till.running():
            till.sign_in()
            till.charge("4", "2", "5", "0")
            tab.goto(till.code())
            tab.get_by_role("button", name="Pay US$").click()
            tab.get_by_text("The shop’s till shows the result.").wait_for()
            assert tab.url.startswith(receiver.url)
            assert "Paid" not in tab.content()
            till.paid()
        metrics = httpx.get(f"{receiver.url}/metrics", trust_env=False).text
    assert 'qr_till_arrivals_total{fate="kept"} 1' in metrics
