"""The settings of the connections to the payment services."""

from pos_app.domain.errors import ActivationRefusedError
from pos_app.domain.gateways import Missing
from pos_app.services.reaching import ConnectionTest, Reached
from tests.fakes.credentials import account, without_token
from tests.screenshots.methods import go_in


def connections(*steps, tried=None):
    """Return the way to the connections of the pictured store, and on by presses."""

    def show(stage):
        if tried is not None:
            stage.till.credentials.answer = tried
        go_in(stage)
        for step in ("settingsItem_gateway", *steps):
            stage.click(step)

    return show


def token_keyed(stage):
    """Another token is pasted, and the service does not know it."""
    stage.till.credentials.answer = ConnectionTest(
        Reached.TOKEN_UNKNOWN, 230, "Invalid merchant token"
    )
    connections()(stage)
    stage.widget("gatewayTokenEdit").setFocus()
    stage.keys("8A7F3C")
    stage.click("testConnectionButton")


def jpay_lacks(stage):
    """J-Pay has its key, and no merchant's number."""
    stage.till.credentials.known["jpay"] = account("jpay", missing=Missing.DETAILS)
    connections("gatewayService_jpay")(stage)


def not_activated(stage):
    """The store code has been used."""
    said = "Token was occupied (C-I0)"
    stage.till.credentials.refusal = ActivationRefusedError("Citcon says no.", said)
    connections("gatewayService_citcon_instore")(stage)
    stage.widget("gatewayStoreCodeEdit").setFocus()
    stage.keys("4711")
    stage.click("activateButton")


def unreadable(stage):
    """The file of secrets is broken."""
    stage.till.credentials.known["citcon_chop"] = without_token("citcon_chop", Missing.SECRETS)
    connections()(stage)


CONNECTIONS = {
    "connections": connections("testConnectionButton"),
    "connections-live": connections("gatewayModeLive", "confirmLiveButton"),
    "connections-live-question": connections("gatewayModeLive"),
    "connections-token-unknown": token_keyed,
    "connections-no-answer": connections(
        "testConnectionButton", tried=ConnectionTest(Reached.NO_ANSWER, 0, "Connection refused")
    ),
    "connections-online": connections("gatewayService_citcon_online"),
    "connections-instore": connections("gatewayService_citcon_instore"),
    "connections-not-activated": not_activated,
    "connections-jpay": jpay_lacks,
    "connections-unreadable": unreadable,
    "connections-remove": connections("removeEarlier_2"),
}
