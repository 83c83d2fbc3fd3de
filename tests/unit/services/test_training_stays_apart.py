"""Training never meets real money, whatever the environment of the PC says."""

import pytest

from pos_app.compose import build_till, settings_of
from pos_app.config.secrets import Secret, credentials_name
from pos_app.domain.errors import ConfigError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.paths import DataPaths


def test_a_real_gateway_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="simulator on this computer"):
        build_till(
            DataPaths(tmp_path),
            is_training=True,
            environ={"POS_APP_CITCON_CHOP_BASE_URL": "https://citconpay.com/"},
        )


def test_the_stores_database_is_never_used(tmp_path):
    environ = {"POS_APP_DATABASE_URL": "postgresql://store.example/tills"}
    assert settings_of(DataPaths(tmp_path), environ, is_training=True).database.url == ""
    assert settings_of(DataPaths(tmp_path), environ, is_training=False).database.url


def test_the_stores_token_never_reaches_the_simulator(tmp_path):
    environ = {
        "POS_APP_CITCON_CHOP_TOKEN": "the-real-one",
        "POS_APP_CITCON_CHOP_BASE_URL": "http://127.0.0.1:9/",
    }
    till = build_till(DataPaths(tmp_path), is_training=True, environ=environ)
    sale = Sale((SaleLine("", 1, Money(100, "USD")),))
    charge = till.checkout.charge(sale, PaymentMethod.ALIPAY, till.people.everyone()[0].id)
    assert charge.credentials == credentials_name(Secret("training-token"))
    till.close_everything()
