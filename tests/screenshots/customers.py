"""Who buys: the details that J-Pay asks for, and its payment page."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.services.browser import Place
from pos_app.services.payment_view import Screen
from tests.fakes.payments import charge
from tests.screenshots.state import State

ENTER = Qt.Key.Key_Return
DETAILS = {
    "customerFirstNameEdit": "Ana",
    "customerLastNameEdit": "López",
    "customerEmailEdit": "ana@example",
    "customerCountryCombo": "Atlantis",
}


def asked(stage):
    gateways = MappingProxyType({PaymentMethod.CC: "jpay"})
    settings = stage.till.settings
    stage.till.settings = replace(settings, methods=replace(settings.methods, gateways=gateways))
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


def card(state, **changes):
    """The payment page of a card through J-Pay."""
    made = replace(charge(state), gateway="jpay", method=PaymentMethod.CC, **changes)

    def show(stage):
        stage.pay(state, charge=made, gateway_name="J-Pay")

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
    State("payment", "waiting-bank", card(Screen.WAITING)),
    State("payment", "waiting-page", on_second_screen()),
    State("payment", "waiting-page-training", on_second_screen(), is_training=True),
    State("payment", "waiting-page-no-browser", on_second_screen(has_browser=False)),
    State("payment", "expired-lost", card(Screen.EXPIRED, code=None, status=ChargeStatus.EXPIRED)),
)
