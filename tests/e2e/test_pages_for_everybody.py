"""The customer's pages as they are on a small screen, with a keyboard and to a screen reader."""

import pytest

from tests.fakes import browser
from tests.fakes.merchant import REFERENCE, Merchant

TARGET_PX = 48
SCREENS = (
    {"width": 320, "height": 568},
    browser.PHONE,
    {"width": 1024, "height": 768},
    {"width": 1366, "height": 768},
)
TOO_SMALL = """least => [...document.querySelectorAll("a, button, input")]
    .map(one => [one.textContent || one.name, one.getBoundingClientRect()])
    .filter(([name, box]) => box.width < least || box.height < least)
    .map(([name]) => name)"""


@pytest.fixture
def shop(gateway):
    with Merchant(gateway) as merchant:
        yield merchant


def wallet(shop):
    return shop.charge()


def card(shop):
    return shop.charge("cc")


def service_card(shop):
    return shop.sell(pay_amount="1234567.00")


def bank(shop):
    return shop.sell().replace("/pay/card", "/pay/secure")


def own_page(shop):
    shop.sell()
    return f"{shop.gateway_url}/pay/done?orderID={REFERENCE}"


def nothing(shop):
    return f"{shop.gateway_url}/chop/landing?q=nobody"


PAGES = (wallet, card, service_card, bank, own_page, nothing)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_every_screen_and_every_finger(chromium, shop, page):
    address = page(shop)
    for locale in ("en", "zh"):
        with browser.customer(chromium, locale=locale) as tab:
            tab.goto(address)
            if tab.locator("input").count():
                tab.locator("button.pay").click()  # says what is wrong with every field
                tab.locator(".wrong").nth(2).wait_for()
            for size in SCREENS:
                tab.set_viewport_size(size)
                assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
                assert tab.evaluate(TOO_SMALL, TARGET_PX) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_reader_learns_language_title_and_what_each_field_is(tab, shop, page):
    tab.goto(page(shop))
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.title().endswith("(simulated)")
    assert tab.get_by_role("heading", level=1).count() == 1
    for field in tab.locator("input").all():
        label = tab.locator(f"label[for={field.get_attribute('id')}]")
        assert label.inner_text()
        assert field.get_attribute("autocomplete") == "off"
    for drawing in tab.locator("svg").all():
        assert drawing.get_attribute("aria-hidden") == "true"


def test_the_tab_key_goes_through_the_cards_page_and_shows_where_it_is(tab, shop):
    tab.goto(shop.charge("cc"))
    order = []
    for _ in range(6):
        tab.keyboard.press("Tab")
        focus = tab.locator(":focus")
        assert focus.evaluate("one => getComputedStyle(one).outlineWidth") == "3px"
        order.append(focus.get_attribute("id") or focus.inner_text())
    assert order[:5] == ["Pays", "Bank says no", "number", "expiry", "cvv"]
    assert order[5].startswith("Pay US$")
