"""The customer's pages in a real Chromium, against the simulator in another process."""

import pytest

from tests.fakes import browser
from tests.fakes.merchant import Merchant
from tests.fakes.waiting import until


@pytest.fixture(scope="module")
def chromium():
    if browser.program() is None:
        pytest.skip("Chromium isn't installed here: apt-get install chromium")
    with browser.browser() as started:
        yield started


@pytest.fixture
def tab(chromium):
    with browser.customer(chromium) as page:
        yield page


@pytest.fixture
def shop(gateway):
    with Merchant(gateway) as merchant:
        yield merchant


def pay(tab):
    tab.get_by_role("button", name="US$").click()


def shows(tab, words):
    tab.get_by_text(words, exact=True).wait_for()


def test_the_customer_pays_and_may_look_at_it_again(tab, shop):
    tab.goto(shop.charge())
    assert tab.get_by_role("heading").inner_text() == "Harbour Street Gifts"
    pay(tab)
    shows(tab, "Paid")
    until(lambda: shop.notices, "the notice")
    tab.reload()
    shows(tab, "Paid")
    assert tab.get_by_role("button").count() == 0
    assert (shop.state(), len(shop.notices)) == ("paid", 1)


def test_after_a_no_the_same_code_can_be_paid(tab, shop):
    tab.goto(shop.charge())
    tab.get_by_role("button", name="Decline").click()
    shows(tab, "Declined")
    assert shop.state() == "declined"
    tab.get_by_role("button", name="Try again").click()
    shows(tab, "Paid")
    assert shop.state() == "paid"


@pytest.mark.parametrize(
    ("ending", "words"),
    [("expire", "This code has expired"), ("cancel", "Payment cancelled")],
)
def test_what_closes_the_code_meanwhile_is_told_instead_of_taking_money(tab, shop, ending, words):
    tab.goto(shop.charge())
    if ending == "expire":
        shop.act("expire")
    else:
        shop.cancel()
    pay(tab)
    shows(tab, words)
    assert (shop.state() == "paid", shop.notices) == (False, [])


def test_the_page_tells_by_itself_that_its_time_is_up(tab, shop):
    tab.goto(shop.charge(ext='{"timeout": 1}'))
    shows(tab, "This code has expired")
    assert shop.state() == "expired"


def test_going_back_and_paying_again_pays_once(tab, shop):
    tab.goto(shop.charge())
    pay(tab)
    shows(tab, "Paid")
    tab.go_back()
    tab.go_forward()
    shows(tab, "Paid")
    assert tab.get_by_role("button").count() == 0
    until(lambda: shop.notices, "the notice")
    assert len(shop.notices) == 1


def test_a_second_tab_that_is_still_open_pays_nothing_more(tab, shop):
    address = shop.charge()
    tab.goto(address)
    other = tab.context.new_page()
    other.goto(address)
    pay(tab)
    shows(tab, "Paid")
    pay(other)
    shows(other, "Paid")
    until(lambda: shop.notices, "the notice")
    assert len(shop.notices) == 1
