"""Customers' codes: what is no code, what was lost, and the step for a tip before the scan."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from pos_app.domain.money import Money
from pos_app.services.payment_view import Check, Said, Screen
from tests.fakes.payments import NOW, charge
from tests.screenshots.state import State

ENTER = Qt.Key.Key_Return
UNIONPAY = "hQVDUFYxMjM0NTY3ODkwMTIz"
TIP = Money(638, "USD")


def scanning(*keys):
    def show(stage):
        stage.till.taking.is_there = True
        stage.sign_in()
        stage.keys("4250")
        stage.click("scanCodeButton")
        stage.keys(*keys)

    return show


def tip_step(*keys):
    """The step for a tip; a key that names a widget presses it."""

    def show(stage):
        settings = stage.till.settings
        methods = replace(settings.methods, tips=(10, 15, 20))
        stage.till.settings = replace(settings, methods=methods)
        scanning()(stage)
        for key in keys:
            if key.startswith(("tip", "confirm")):
                stage.click(key)
            else:
                stage.keys(key)

    return show


def not_listed(stage):
    looks = tuple(Check(NOW - timedelta(seconds=at), Said.NOT_LISTED) for at in (2, 37, 62))
    made = charge(Screen.UNKNOWN, is_customer_presented=True, gateway_id=None, code=None)
    stage.pay(Screen.UNKNOWN, charge=replace(made, gateway="citcon_instore"), checks=looks)


def refused_code(stage):
    made = charge(
        Screen.CREATE_REFUSED,
        is_customer_presented=True,
        gateway="citcon_instore",
        refusal="[scanCodeId]DATA_FORMAT_ERROR",
    )
    stage.pay(Screen.CREATE_REFUSED, charge=made)


def paid_with_tip(stage):
    made = charge(Screen.PAID, amount=Money(4888, "USD"), tip=TIP, gateway="citcon_instore")
    stage.pay(Screen.PAID, charge=made)


def confirming_with_tip(stage):
    made = charge(Screen.CUSTOMER_CONFIRMING, amount=Money(4888, "USD"), tip=TIP)
    stage.pay(Screen.CUSTOMER_CONFIRMING, charge=made)


SCANNING = (
    State("scan", "ready", scanning()),
    State("scan", "read", scanning("134650098712345678")),
    State("scan", "not-a-code", scanning("4006381333931", ENTER)),
    State("scan", "caps-lock", scanning(UNIONPAY.swapcase(), ENTER)),
    State("scan", "wrong-keyboard", scanning(UNIONPAY.replace("Y", "Z"), ENTER)),
    State("scan", "training", scanning(), is_training=True),
    State("scan", "tip", tip_step("tipChoice_15")),
    State("scan", "tip-other", tip_step("4300")),
    State("scan", "tip-chosen", tip_step("tipChoice_15", "confirmTipButton")),
    State("payment", "unknown-not-listed", not_listed),
    State("payment", "refused-code", refused_code),
    State("payment", "paid-with-tip", paid_with_tip),
    State("payment", "confirming-with-tip", confirming_with_tip),
)
