"""Customers who come back: the reference that they bring, and where they are sent."""

from dataclasses import replace

import pytest

from pos_app.config.jpay import JPAY_KEY
from pos_app.config.notify import NotifySettings
from pos_app.config.secrets import Secret, SecretStore
from pos_app.config.settings import CHOP_TOKEN, ONLINE_TOKEN, Settings
from pos_app.gateways.directory import GatewayDirectory
from pos_app.gateways.opening import store_gateways

REFERENCE = "HSG1-2607120087-K7QX"
CITCONS = {
    "merchant_reference": f" {REFERENCE} ",
    "payment_instance_token": "0c4486d74a30e87adcbc56915",
    "ssl_result": "0",
}
JPAYS = {"paymentStatus": "succeeded", "orderID": REFERENCE}


@pytest.fixture
def gateways(tmp_path):
    """What makes a store's gateways of its settings; they are closed in the end."""
    secrets = SecretStore(tmp_path / "secrets.json", {}, open_keyring=lambda: None)
    for name in (CHOP_TOKEN, ONLINE_TOKEN, JPAY_KEY):
        secrets.keep(name, Secret("9F3A81C2E0D5471B"))
    made = []

    def make(settings):
        site = "https://shop.example/"
        jpay = replace(settings.jpay, member_id="10130", website=site)
        settings = replace(settings, jpay=jpay)
        made.append(GatewayDirectory(store_gateways(settings, secrets)))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("gateway_id", "members", "reference"),
    [
        ("citcon_chop", CITCONS, REFERENCE),
        ("citcon_online", CITCONS, REFERENCE),
        ("jpay", JPAYS, REFERENCE),
        ("citcon_chop", JPAYS, ""),
        ("jpay", CITCONS, ""),
        ("jpay", {}, ""),
    ],
)
def test_only_a_services_own_words_name_the_charge(gateways, gateway_id, members, reference):
    gateway = gateways(Settings()).named(gateway_id)
    assert gateway.read_arrival(members) == reference


@pytest.mark.parametrize(
    ("public", "own", "told"),
    [
        ("", "", ""),
        ("https://shop.example/till/", "", "https://shop.example/till/return/jpay"),
        ("https://shop.example/till", "https://shop.example/done", "https://shop.example/done"),
    ],
)
def test_jpays_customers_come_back_to_the_stores_receiver_unless_it_has_a_page(
    gateways, public, own, told
):
    settings = replace(Settings(), notify=NotifySettings(public_url=public))
    settings = replace(settings, jpay=replace(settings.jpay, callback_url=own))
    assert gateways(settings).named("jpay")._shop.callback_url == told
