"""A customer's browser and the real till: the code is read from its window, and paid there."""

from contextlib import contextmanager

import httpx
import pytest

from tests.fakes.customer_details import fill_in_customer
from tests.fakes.notices import receiver_process
from tests.fakes.till import TillOnTheDesk
from tests.fakes.windowed_till import WindowedTill

CARDS = "F5"


@contextmanager
def open_till(folder, screen, gateway, **variables):
    """A till with its window, somebody signed in; it says nothing on its terminal."""
    address = f"{gateway.url}/"
    till = WindowedTill(folder, screen, POS_APP_CITCON_CHOP_BASE_URL=address, **variables)
    with till.running():
        till.sign_in()
        yield till
    assert till.said() == ""


@pytest.fixture
def receiver(tmp_path):
    TillOnTheDesk(tmp_path / "training").close()  # there is a ledger to write into
    with receiver_process(tmp_path, "--port", "0") as process:
        yield process


def kept_arrivals(receiver):
    metrics = httpx.get(f"{receiver.url}/metrics", trust_env=False).text
    return 'qr_till_arrivals_total{fate="kept"} 1' in metrics


def use_test_card(tab, name):
    tab.get_by_role("link", name=name).click()
    tab.locator("#cvv:focus").wait_for()
    tab.keyboard.type("739")
    tab.keyboard.press("Enter")


@pytest.mark.usefixtures("qapp")
def test_the_window_shows_paid_because_the_customer_paid_on_the_page(
    tmp_path, screen, gateway, tab
):
    with open_till(tmp_path, screen, gateway) as till:
        till.key("4", "2", "5", "0", by=CARDS)
        till.confirm()
        tab.goto(till.code())
        assert "42.50" in tab.locator(".amount").inner_text()
        use_test_card(tab, "Pays")
        tab.get_by_text("Paid", exact=True).wait_for()
        assert till.paid()["reference"] in tab.content()


@pytest.mark.usefixtures("qapp")
def test_the_customer_is_sent_back_to_the_shop_and_learns_nothing_there(
    tmp_path, screen, gateway, receiver, tab
):
    way_back = f"{receiver.url}/return/citcon_chop"
    with open_till(
        tmp_path, screen, gateway, POS_APP_CITCON_CHOP_CALLBACK_URL_SUCCESS=way_back
    ) as till:
        till.charge("4", "2", "5", "0")
        tab.goto(till.code())
        tab.get_by_role("button", name="Pay US$").click()
        tab.get_by_text("The shop’s till shows the result.").wait_for()
        assert tab.url.startswith(way_back)
        assert "Paid" not in tab.content()
        till.paid()
    assert kept_arrivals(receiver)


@pytest.mark.usefixtures("qapp")
def test_a_card_is_confirmed_at_the_bank_and_its_holder_comes_back(
    tmp_path, screen, gateway, receiver, tab
):
    way_back = f"{receiver.url}/return/jpay"
    jpay = {"POS_APP_METHODS_GATEWAYS": "cc=jpay", "POS_APP_JPAY_CALLBACK_URL": way_back}
    with open_till(tmp_path, screen, gateway, **jpay) as till:
        till.key("4", "2", "5", "0", by=CARDS)
        screen.press("Return")
        fill_in_customer(screen)
        till.confirm()
        tab.goto(till.code())
        use_test_card(tab, "Bank asks first")
        tab.get_by_role("button", name="Confirm").click()
        tab.get_by_text("The shop’s till shows the result.").wait_for()
        assert till.paid()["gateway"] == "jpay"
    assert kept_arrivals(receiver)
