"""Who buys: the details that J-Pay asks for, a card that is keyed, and its payment page."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.services.browser import Place
from pos_app.services.payment_view import Screen
from pos_app.ui.widgets.card_edit import CardEdit
from tests.fakes.payments import CODE, charge
from tests.screenshots.state import State

ENTER = Qt.Key.Key_Return
DETAILS = {
    "customerFirstNameEdit": "Ana",
    "customerLastNameEdit": "López",
    "customerEmailEdit": "ana@example",
    "customerCountryCombo": "Atlantis",
}
RIGHT = {
    "customerEmailEdit": "ana@example.com",
    "customerPhoneEdit": "+1 555 0100",
    "customerCountryCombo": "Spain",
}


CARD = ("4000002500003155", "12", "30", "123")
MISTYPED = ("4000002500003156", "13", "20", "12")


def asked(stage, *, allow_keyed_cards=False):
    gateways = MappingProxyType({PaymentMethod.CC: "jpay"})
    settings = stage.till.settings
    stage.till.settings = replace(
        settings,
        methods=replace(settings.methods, gateways=gateways),
        jpay=replace(settings.jpay, allow_keyed_cards=allow_keyed_cards),
    )
    stage.sign_in()
    stage.click("methodTile_cc")
    stage.keys("4250", ENTER)
    stage.settle()


def corrected(stage):
    asked(stage)
    for name, said in DETAILS.items():
        stage.widget(name).setText(said)
    stage.click("customerAddressFold")
    stage.widget("customerDetailsDialog")._on_confirmed()
    stage.settle()


def asked_for_card(stage):
    asked(stage, allow_keyed_cards=True)


def keying(*parts, is_confirmed=False):
    """The way to the dialog with so much of a card in it."""

    def show(stage):
        asked_for_card(stage)
        for name, said in {**DETAILS, **RIGHT}.items():
            stage.widget(name).setText(said)
        stage.click("keyCardButton")
        edits = stage.widget("keyedCardDialog").findChildren(CardEdit)
        for edit, digits in zip(edits, parts, strict=False):
            for digit in digits:
                edit.key(digit)
        if is_confirmed:
            stage.widget("keyedCardDialog")._on_confirmed()
        stage.settle()

    return show


def keyed(state, **changes):
    """The payment page of a card that was keyed; without a code unless there is one."""
    return card(state, is_card_keyed=True, **{"code": None, **changes})


def card(state, **changes):
    """The payment page of a card through J-Pay."""
    made = replace(charge(state), gateway="jpay", method=PaymentMethod.CC, **changes)

    def show(stage):
        code = {"code": None} if made.code is None else {}
        stage.pay(state, charge=made, gateway_name="J-Pay", **code)
        page = stage.widget("paymentPage")
        stage.settle(page.isVisible)

    return show


def on_second_screen(*, has_browser=True):
    """The same beside a second screen."""
    show = card(Screen.WAITING)

    def show_beside(stage):
        stage.till.browser.has_program = has_browser
        show(stage)
        stage.window.page._customer_page._find_screen = lambda page: Place(1366, 0, 1366, 768)
        stage.window.page._refresh()
        stage.settle()

    return show_beside


CUSTOMERS = (
    State("sell", "customer-details", asked),
    State("sell", "customer-details-wrong", corrected),
    State("sell", "customer-details-keyed", asked_for_card),
    State("sell", "keyed-card", keying()),
    State("sell", "keyed-card-typing", keying(*CARD)),
    State("sell", "keyed-card-wrong", keying(*MISTYPED, is_confirmed=True)),
    State("sell", "keyed-card-training", keying(*CARD[:1]), is_training=True),
    State("payment", "creating-keyed", keyed(Screen.CREATING)),
    State("payment", "createUnreachable-keyed", keyed(Screen.CREATE_UNREACHABLE)),
    State("payment", "waiting-keyed", keyed(Screen.WAITING)),
    State("payment", "waiting-keyed-confirm", keyed(Screen.WAITING, code=CODE)),
    State("payment", "noAnswer-keyed", keyed(Screen.NO_ANSWER)),
    State("payment", "stillOpen-keyed", keyed(Screen.STILL_OPEN)),
    State("payment", "unknown-keyed", keyed(Screen.UNKNOWN)),
    State("payment", "waiting-bank", card(Screen.WAITING)),
    State("payment", "waiting-page", on_second_screen()),
    State("payment", "waiting-page-training", on_second_screen(), is_training=True),
    State("payment", "waiting-page-no-browser", on_second_screen(has_browser=False)),
    State("payment", "expired-lost", card(Screen.EXPIRED, code=None, status=ChargeStatus.EXPIRED)),
)
