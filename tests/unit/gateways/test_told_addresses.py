"""What payment services are told of the store's receiver."""

import pytest

from pos_app.config.load import load_settings
from pos_app.config.secrets import SecretStore
from pos_app.gateways.opening import store_gateways
from pos_app.services.demo import TOKENS

PUBLIC = {"POS_APP_NOTIFY_PUBLIC_URL": "https://shop.example/till/"}
OWN = "https://elsewhere.example/told"
KEYS = {"citcon_chop": "IPN_URL", "citcon_online": "IPN_URL", "jpay": "NOTIFY_URL"}


@pytest.fixture
def told(tmp_path):
    """Where each service is told to send its notices, with these settings."""

    def look(gateway_id, environ):
        environ = {**TOKENS, "POS_APP_JPAY_MEMBER_ID": "10130", **environ}
        environ["POS_APP_JPAY_WEBSITE"] = "https://shop.example"
        settings = load_settings(tmp_path / "config.toml", environ)
        factories = store_gateways(settings, SecretStore(tmp_path / "secrets.json", environ))
        (gateway,) = [one.make() for one in factories if one.id == gateway_id]
        try:
            is_jpay = gateway_id == "jpay"
            return gateway._shop.notify_url if is_jpay else gateway._extras["ipn_url"]
        finally:
            gateway.close()

    return look


@pytest.mark.parametrize("gateway_id", KEYS)
def test_a_public_receiver_is_told_to_every_service(told, gateway_id):
    assert told(gateway_id, PUBLIC) == f"https://shop.example/till/notify/{gateway_id}"


@pytest.mark.parametrize("gateway_id", KEYS)
def test_a_services_own_address_wins(told, gateway_id):
    own = {f"POS_APP_{gateway_id}_{KEYS[gateway_id]}".upper(): OWN}
    assert told(gateway_id, {**PUBLIC, **own}) == OWN


@pytest.mark.parametrize("gateway_id", KEYS)
def test_without_a_public_receiver_nothing_is_told(told, gateway_id):
    assert told(gateway_id, {}) == ""
