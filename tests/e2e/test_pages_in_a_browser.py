"""The customer's pages in a real Chromium, against the simulator in another process."""

import pytest

from tests.fakes import browser
from tests.fakes.merchant import REFERENCE, Merchant
from tests.fakes.waiting import until

GOOD, ASKED, DECLINED = "4242424242424242", "4000 0025 0000 3155", "4000 0000 0000 0002"
CVV = "739"


@pytest.fixture
def shop(gateway):
    with Merchant(gateway) as merchant:
        yield merchant


def button(tab, name):
    return tab.get_by_role("button", name=name)


def pay(tab):
    button(tab, "US$").click()


def shows(tab, words):
    tab.get_by_text(words, exact=True).wait_for()


def type_card(tab, number=GOOD, expiry="12/40", cvv=CVV):
    for label, text in (
        ("Card number", number),
        ("Expires", expiry),
        ("Security code", cvv),
    ):
        tab.get_by_label(label).fill(text)
    pay(tab)


def is_paid_once(shop):
    """The payment service has told of one payment, and of no other."""
    until(lambda: shop.notices, "the notice")
    return (shop.state(), len(shop.notices)) == ("paid", 1)


def test_the_customer_pays_and_may_look_at_it_again(tab, shop):
    tab.goto(shop.charge())
    assert tab.get_by_role("heading").inner_text() == "Harbour Street Gifts"
    pay(tab)
    shows(tab, "Paid")
    tab.reload()
    shows(tab, "Paid")
    assert tab.get_by_role("button").count() == 0
    assert is_paid_once(shop)


def test_after_a_no_the_same_code_can_be_paid(tab, shop):
    tab.goto(shop.charge())
    button(tab, "Decline").click()
    shows(tab, "Declined")
    assert shop.state() == "declined"
    button(tab, "Try again").click()
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


@pytest.mark.parametrize("has_script", [True, False])
def test_the_page_tells_by_itself_that_its_time_is_up(chromium, shop, has_script):
    with browser.customer(chromium, java_script_enabled=has_script) as tab:
        tab.goto(shop.charge(ext='{"timeout": 1}'))
        shows(tab, "This code has expired")
    assert shop.state() == "expired"


def test_the_seconds_that_are_left_are_counted(tab, shop):
    tab.goto(shop.charge())
    left = tab.get_by_role("timer")
    before = left.inner_text()
    until(lambda: left.inner_text() < before, "a second to pass")


def test_it_is_paid_by_keyboard_without_any_script(chromium, shop):
    with browser.customer(chromium, java_script_enabled=False) as tab:
        tab.goto(shop.charge())
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        shows(tab, "Paid")
    assert is_paid_once(shop)


def test_going_back_shows_what_became_of_it_and_pays_nothing_more(tab, shop):
    tab.goto(shop.charge())
    pay(tab)
    shows(tab, "Paid")
    tab.go_back()
    shows(tab, "Paid")
    assert tab.get_by_role("button").count() == 0
    assert is_paid_once(shop)


def test_pressing_twice_pays_once(tab, shop):
    tab.goto(shop.charge())
    button(tab, "US$").dblclick(no_wait_after=True)
    shows(tab, "Paid")
    assert is_paid_once(shop)


def test_a_second_tab_that_is_still_open_pays_nothing_more(tab, shop):
    address = shop.charge()
    tab.goto(address)
    other = tab.context.new_page()
    other.goto(address)
    pay(tab)
    shows(tab, "Paid")
    pay(other)
    shows(other, "Paid")
    assert is_paid_once(shop)


def test_the_customer_comes_back_to_the_shops_own_page(tab, shop):
    tab.goto(shop.charge(**shop.own_pages()))
    pay(tab)
    shows(tab, "Thank you for shopping here.")
    path, members = shop.visits[-1]
    assert path == "/success"
    assert members.pop("payment_instance_token")
    assert members == {"merchant_reference": REFERENCE, "ssl_amount": "4250", "ssl_result": "0"}


def test_whose_time_is_up_is_sent_to_the_shops_other_page(tab, shop):
    # Only a page that was open before is sent away: seconds enough for a busy computer.
    tab.goto(shop.charge(ext='{"timeout": 3}', **shop.own_pages()))
    shows(tab, "Thank you for shopping here.")
    path, members = shop.visits[-1]
    assert (path, members["merchant_reference"]) == ("/fail", REFERENCE)
    assert members["ssl_result"] == "1"


@pytest.mark.parametrize("shown", ["show_picture", "show_terminal"])
def test_the_codes_of_the_other_services_lead_to_the_same_page(tab, shop, shown):
    tab.goto(getattr(shop, shown)())
    assert "42.50" in tab.locator(".amount").inner_text()
    pay(tab)
    shows(tab, "Paid")
    assert shop.state() == "paid"


def test_the_page_speaks_chinese_to_who_reads_it(chromium, shop):
    with browser.customer(chromium, locale="zh-CN") as tab:
        tab.goto(shop.charge())
        assert tab.locator("html").get_attribute("lang") == "zh-Hans"
        pay(tab)
        shows(tab, "已付款")


def test_a_card_pays_and_the_shop_is_told_no_number(tab, shop):
    tab.goto(shop.charge("cc", **shop.own_pages()))
    type_card(tab)
    shows(tab, "Thank you for shopping here.")
    path, members = shop.visits[-1]
    assert (path, members["ssl_result"]) == ("/success", "0")
    assert {"ssl_card_number", "ssl_approval_code"} <= set(members)
    assert GOOD not in members.values()
    assert is_paid_once(shop)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"number": "4242 4242 4242 4243"}, "Card number", "check its digits"),
        ({"number": "4111 1111 1111 1111"}, "Card number", "isn’t a test card"),
        ({"expiry": "06/26"}, "Expires", "has expired"),
        ({"cvv": "7"}, "Security code", "3 or 4 digits"),
    ],
)
def test_what_is_wrong_is_told_under_its_field_and_the_rest_is_kept(
    tab, shop, typed, field, words
):
    tab.goto(shop.charge("cc"))
    type_card(tab, **typed)
    tab.get_by_text(words).wait_for()
    wrong = tab.get_by_label(field)
    assert wrong.get_attribute("aria-invalid") == "true"
    assert words in tab.locator(f"#{wrong.get_attribute('aria-describedby')}").inner_text()
    assert tab.locator(":focus").get_attribute("id") == wrong.get_attribute("id")
    kept = {"number": GOOD, "expiry": "12/40", **typed, "cvv": ""}
    shown = {name: tab.locator(f"#{name}").input_value() for name in kept}
    assert (shown, shop.state()) == (kept, "open")


def test_the_security_code_never_comes_back(tab, shop):
    pages = []
    tab.on("response", lambda answer: pages.append(answer.body()) if answer.ok else None)
    tab.goto(shop.charge("cc"))
    type_card(tab, number="4242")
    tab.get_by_text("check its digits").wait_for()
    assert CVV not in tab.content()
    type_card(tab)
    shows(tab, "Paid")
    assert pages
    assert not any(CVV.encode() in page for page in pages)


def test_after_a_no_of_the_bank_another_card_pays(tab, shop):
    tab.goto(shop.charge("cc"))
    type_card(tab, number=DECLINED)
    shows(tab, "Declined")
    assert shop.state() == "declined"
    assert tab.get_by_label("Card number").input_value() == ""
    type_card(tab)
    shows(tab, "Paid")
    assert is_paid_once(shop)


def test_a_test_card_is_filled_in_and_enter_pays(tab, shop):
    tab.goto(shop.charge("cc"))
    tab.get_by_role("link", name="Pays").click()
    tab.locator("#cvv:focus").wait_for()
    tab.keyboard.type(CVV)
    tab.keyboard.press("Enter")
    shows(tab, "Paid")
    assert is_paid_once(shop)


@pytest.mark.parametrize(
    ("answer", "told", "state"),
    [("Confirm", "success", "paid"), ("This wasn’t me", "fail", "refused")],
)
def test_the_bank_asks_first_and_its_word_comes_back_to_the_shop(tab, shop, answer, told, state):
    tab.goto(shop.sell())
    type_card(tab, number=ASKED)
    shows(tab, "Your bank")
    assert shop.state() == "open"
    button(tab, answer).click()
    shows(tab, "Thank you for shopping here.")
    assert shop.visits == [("/done", {"paymentStatus": told, "orderID": REFERENCE})]
    assert shop.state() == state
    tab.go_back()
    shows(tab, "Paid" if state == "paid" else "Declined")
    assert tab.get_by_role("button").count() == 0


def test_who_leaves_the_bank_has_paid_nothing_and_may_come_back(tab, shop):
    address = shop.sell()
    tab.goto(address)
    type_card(tab, number=ASKED)
    shows(tab, "Your bank")
    again = tab.context.new_page()
    tab.close()
    assert (shop.state(), shop.visits, shop.notices) == ("open", [], [])
    again.goto(address)
    type_card(again)
    shows(again, "Thank you for shopping here.")
    assert is_paid_once(shop)


def test_a_card_that_jpay_declines_is_over(tab, shop):
    address = shop.sell()
    tab.goto(address)
    type_card(tab, number=DECLINED)
    shows(tab, "Thank you for shopping here.")
    tab.goto(address)
    shows(tab, "Declined")
    assert tab.get_by_role("button").count() == 0
    assert shop.state() == "refused"


def test_a_shop_without_a_page_has_one_that_tells_how_it_is(tab, shop):
    shop.sell()
    own_page = f"{shop.gateway_url}/pay/done?orderID={REFERENCE}"
    tab.goto(own_page)
    shows(tab, "Not paid yet")
    shop.act("pay")
    tab.goto(own_page)
    shows(tab, "Paid")


def test_an_address_of_nothing_says_so(tab, gateway):
    tab.goto(f"{gateway.url}/chop/landing?q=nobody")
    shows(tab, "There is no such payment")
