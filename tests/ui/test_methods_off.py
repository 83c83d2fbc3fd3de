"""Methods that this register cannot use: off on the Sell page, with what helps."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from pos_app.domain.gateways import Missing
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.ui.widgets.method_words import off_advice, off_words
from tests.fakes.sell_desk import Desk
from tests.fakes.till_for_sell import FakeTaking, FakeTill, choices

ALIPAY, CARD = PaymentMethod.ALIPAY, PaymentMethod.CC
NO_TOKEN = "J-Pay has no token on this register. A manager can add it in Settings."


def off(reason, *methods, service="J-Pay"):
    """All nine methods, of which these are off."""
    return tuple(
        replace(one, is_on=False, off_reason=reason, service=service)
        if one.method in methods
        else one
        for one in choices()
    )


def desk_with(qtbot, chosen, **more):
    till = FakeTill(**more)
    till.catalogue.chosen = chosen
    return Desk(qtbot, till)


def tile(desk, method):
    return desk.button(f"methodTile_{method}", QToolButton)


def words_on(desk, method):
    return [label.text() for label in tile(desk, method).findChildren(QLabel)]


def banner(desk):
    texts = [one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()]
    return " ".join(texts)


def test_a_method_without_a_key_is_off_and_says_so(qtbot):
    desk = desk_with(qtbot, off(Missing.TOKEN, CARD))
    assert not tile(desk, "cc").isEnabled()
    assert "Not set up" in words_on(desk, "cc")
    assert tile(desk, "alipay").isEnabled()


def test_its_f_key_says_what_helps(qtbot):
    desk = desk_with(qtbot, off(Missing.TOKEN, CARD))
    desk.press("4250")
    with qtbot.waitSignal(desk.page.toast_requested, timeout=1_000) as toast:
        desk.press(Qt.Key.Key_F5)
    assert toast.args == [NO_TOKEN]
    assert desk.chosen() == ["alipay"]


def test_tiles_change_by_themselves_when_a_key_comes_or_goes(qtbot):
    desk = desk_with(qtbot, off(Missing.TOKEN, CARD))
    desk.press("4250")
    desk.till.catalogue.chosen = choices()
    desk.events.services_changed.emit()
    assert tile(desk, "cc").isEnabled()
    desk.till.catalogue.chosen = off(Missing.TOKEN, CARD)
    desk.events.services_changed.emit()
    assert not tile(desk, "cc").isEnabled()
    assert desk.chosen() == ["alipay"]
    assert desk.cart.total == Money(4250, "USD")


def test_the_chosen_method_that_goes_says_why(qtbot):
    desk = desk_with(qtbot, choices())
    desk.press(Qt.Key.Key_F5, "4250")
    desk.till.catalogue.chosen = off(Missing.TOKEN, CARD, ALIPAY)
    with qtbot.waitSignal(desk.page.toast_requested, timeout=1_000) as toast:
        desk.events.services_changed.emit()
    assert toast.args == [NO_TOKEN]
    assert desk.reason == "Choose how to pay"
    assert not desk.charge.isEnabled()


def test_where_nothing_works_the_page_says_it_once(qtbot):
    desk = desk_with(qtbot, off(Missing.TOKEN, *PaymentMethod, service="Citcon"))
    desk.press("4250")
    assert desk.reason == "No payment method works"
    assert "No payments can be taken yet" in banner(desk)
    advice = "Citcon has no token on this register. A manager can add it in Settings."
    assert banner(desk).count(advice) == 1
    desk.till.catalogue.chosen = choices()
    desk.events.services_changed.emit()
    assert "No payments can be taken yet" not in banner(desk)


def test_several_reasons_are_not_all_told(qtbot):
    chosen = (*off(Missing.TOKEN, *PaymentMethod)[:3], *off(Missing.SECRETS, *PaymentMethod)[3:])
    desk = desk_with(qtbot, chosen)
    assert "Its payment services aren’t set up." in banner(desk)


def test_customers_codes_alone_are_something_to_sell_with(qtbot):
    chosen = off(Missing.TOKEN, *PaymentMethod)
    desk = desk_with(qtbot, chosen, taking=FakeTaking(is_there=True))
    desk.press("4250")
    assert desk.reason == "Choose how to pay"
    assert desk.button("scanCodeButton").isEnabled()
    desk.till.taking.is_there = False
    desk.events.services_changed.emit()
    assert desk.button("scanCodeButton").isHidden()


@pytest.mark.parametrize("reason", ["gateway", "decimals", *Missing])
def test_every_reason_has_words(reason):
    choice = replace(choices(CARD)[0], is_on=False, off_reason=reason, service="J-Pay")
    assert off_words(reason, "JPY")
    advice = off_advice(choice)
    assert "J-Pay" in advice
    assert "anager" in advice
    assert "{" not in advice
    assert METHODS[CARD].name in off_advice(replace(choice, off_reason="gateway"))


def test_what_works_needs_no_words():
    (choice,) = choices(CARD)
    assert off_advice(choice) == off_words("", "USD") == ""
