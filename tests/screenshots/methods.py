"""The settings of the payment methods."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt

from pos_app.domain.errors import SettingsChangedError
from pos_app.domain.methods import PaymentMethod

PIN = "999999"
DOWN, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Escape
OFFERED = tuple(
    PaymentMethod(one) for one in ("alipay", "wechatpay", "upop", "cc", "gcash", "jkopay")
)


def go_in(stage):
    """Let Priya open the settings."""
    stage.sign_in()
    stage.click("navSettings")
    if len([one for one in stage.till.people.people if one.is_manager]) > 1:
        stage.click("managerPinPerson_1")
    stage.keys(PIN)
    stage.click("confirmManagerPinButton")


def methods(*steps, keys=()):
    """Return the way to the methods of the pictured store, and on by presses and keys."""

    def show(stage):
        now = stage.till.settings
        offered = replace(
            now.methods,
            enabled=OFFERED,
            currencies=MappingProxyType({PaymentMethod.GCASH: "USD"}),
            gateways=MappingProxyType({PaymentMethod.CC: "jpay"}),
        )
        stage.till.settings = replace(now, methods=offered)
        go_in(stage)
        for step in steps:
            stage.click(step)
        stage.keys(*keys)

    return show


def fixed(stage):
    """The environment decides which methods there are."""
    stage.till.settings_desk.fixed = {
        "methods.enabled": "POS_APP_METHODS_ENABLED",
        "methods.one_tap": "POS_APP_METHODS_ONE_TAP",
    }
    methods()(stage)


def not_saved(stage):
    """Somebody has written the file meanwhile."""
    stage.till.settings_desk.refusal = SettingsChangedError("config.toml", "methods.one_tap")
    methods("oneTapSwitch", "saveSettingsButton")(stage)


METHODS = {
    "methods": methods("methodSwitch_cc"),
    "methods-chosen": methods("methodRow_cc"),
    "methods-currencies": methods("methodCurrency_wechatpay"),
    "methods-services": methods("methodRow_cc", "methodService_cc"),
    "methods-fixed": fixed,
    "methods-leaving": methods("oneTapSwitch", "methodSwitch_dana", "navSell"),
    "methods-discarding": methods("oneTapSwitch", keys=(ESCAPE,)),
    "methods-not-saved": not_saved,
}
