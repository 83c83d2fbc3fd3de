"""The payment service's page on the second screen, while the customer can pay there."""

from dataclasses import replace

import pytest

from pos_app.domain.methods import PaymentMethod
from pos_app.services.browser import Place
from pos_app.services.payment_view import CODE_ON_SCREEN, Screen
from pos_app.ui.widgets.action_button import ActionButton
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import charge, view

BUTTON = "openOnCustomerScreenButton"
SECOND = Place(1366, 0, 1920, 1080)
ADDRESS = "https://bank.example/pay?order=7"


def typed(state, **changes):
    """A payment whose customer types on a page, in a state."""
    made = replace(charge(state), gateway="jpay", method=PaymentMethod.CC, code=ADDRESS, **changes)
    return view(state, charge=made, code=ADDRESS if state in CODE_ON_SCREEN else None)


@pytest.fixture
def desk(qtbot):
    return with_screen(PaymentDesk(qtbot, typed(Screen.WAITING)))


def with_screen(desk, place=SECOND):
    desk.page._customer_page._find_screen = lambda page: place
    desk.page._refresh()
    desk.settle()
    return desk


def test_the_page_opens_on_the_second_screen_and_is_told_to_be_there(desk):
    desk.click(BUTTON)
    assert desk.till.browser.shown == (ADDRESS, SECOND)
    desk.page._refresh()
    button = desk.find(BUTTON, ActionButton)
    assert (button.isEnabled(), button.sub) == (False, "It’s open there")


def test_a_page_that_the_customer_closed_can_be_opened_again(desk):
    desk.click(BUTTON)
    desk.till.browser.shown = None
    desk.page._refresh()
    desk.click(BUTTON)
    assert desk.till.browser.opened == [ADDRESS] * 2


@pytest.mark.parametrize("state", sorted(set(Screen) - CODE_ON_SCREEN - {Screen.LAST_CHECK}))
def test_it_is_taken_away_when_the_payment_can_no_longer_be_paid(desk, state):
    desk.click(BUTTON)
    desk.become(typed(state))
    assert desk.till.browser.shown is None
    assert desk.find(BUTTON) is None


@pytest.mark.parametrize("state", sorted(CODE_ON_SCREEN | {Screen.LAST_CHECK}))
def test_nobody_is_interrupted_while_the_payment_may_still_come(desk, state):
    desk.click(BUTTON)
    desk.become(typed(state))
    assert desk.till.browser.shown == (ADDRESS, SECOND)


def test_it_is_taken_away_when_its_screen_is_unplugged(desk):
    desk.click(BUTTON)
    with_screen(desk, None)
    assert desk.till.browser.shown is None


def test_putting_the_payment_aside_takes_it_away(desk):
    desk.click(BUTTON)
    desk.page.hidden()
    assert desk.till.browser.shown is None


def test_the_next_customer_sees_nothing_of_the_one_before(desk):
    desk.click(BUTTON)
    desk.page.show_charge(desk.till.payments.shown.charge.id)
    assert desk.till.browser.shown is None


def test_with_one_screen_it_is_not_offered(qtbot):
    desk = with_screen(PaymentDesk(qtbot, typed(Screen.WAITING)), None)
    assert desk.find(BUTTON) is None


def test_a_wallets_code_is_for_the_phone_alone(qtbot):
    desk = with_screen(PaymentDesk(qtbot, view(Screen.WAITING)))
    assert desk.find(BUTTON) is None


def test_without_a_browser_it_says_what_is_missing(desk):
    desk.till.browser.has_program = False
    desk.page._customer_page.connect_till(desk.till.browser, desk.page._customer_page._background)
    desk.page._refresh()
    button = desk.find(BUTTON, ActionButton)
    assert (button.isEnabled(), button.sub) == (False, "Needs Edge or Chrome")


def test_a_browser_that_does_not_start_leaves_the_code(desk):
    desk.till.browser.is_broken = True
    desk.click(BUTTON)
    (toast,) = desk.toasts
    assert toast == (
        "The page couldn’t be opened on the customer screen. The customer can scan the code"
        " instead."
    )
    assert desk.find(BUTTON, ActionButton).isEnabled()


def test_the_button_has_its_words_and_its_place_in_the_order_of_tab(desk):
    button = desk.find(BUTTON, ActionButton)
    assert button.text() == "Open on customer screen"
    assert button.nextInFocusChain().objectName() == "showLargerButton"
