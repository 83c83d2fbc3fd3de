"""Which payment methods this register can use, found before anybody charges."""

import pytest

from pos_app.config.secrets import Secret
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import MethodNotAvailableError
from pos_app.domain.events import ServicesChanged
from pos_app.domain.gateways import Missing
from pos_app.domain.methods import PaymentMethod
from tests.fakes.store_till import StoreTill

ALIPAY, CARD = PaymentMethod.ALIPAY, PaymentMethod.CC
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def build(tmp_path):
    built = []

    def one(**environ):
        named = {f"POS_APP_{name}": value for name, value in environ.items()}
        built.append(StoreTill(tmp_path, NOWHERE, environ=named))
        return built[-1]

    yield one
    for desk in built:
        desk.close()


def reasons(desk):
    return {one.method: one.off_reason for one in desk.till.catalogue.methods()}


def test_before_anybody_has_looked_a_method_counts_as_on(build):
    assert set(reasons(build()).values()) == {""}


def test_methods_without_a_token_are_off_until_there_is_one(build):
    desk = build()
    desk.till.availability.look()
    assert set(reasons(desk).values()) == {Missing.TOKEN}
    with pytest.raises(MethodNotAvailableError):
        desk.charge()
    desk.credentials.replace("citcon_chop", Secret("a-merchant-token"), desk.approval)
    assert set(reasons(desk).values()) == {""}
    desk.credentials.remove("citcon_chop", approval=desk.approval)
    assert set(reasons(desk).values()) == {Missing.TOKEN}


def test_it_is_told_only_when_something_has_changed(build):
    desk = build()
    desk.till.availability.look()
    desk.till.availability.look()
    assert desk.events.count(ServicesChanged()) == 1


def test_a_keyring_that_is_opened_later_is_found(build):
    desk = build()
    desk.till.availability.look()
    account = f"citcon_chop.token in {desk.paths.root}"
    desk.keyring.set_password("QR Till", account, "a-merchant-token")
    desk.till.availability.look()
    assert set(reasons(desk).values()) == {""}


def test_a_broken_file_of_secrets_is_said(build, tmp_path):
    (tmp_path / "secrets.json").write_text("{")
    desk = build()
    desk.till.availability.look()
    assert reasons(desk)[ALIPAY] == Missing.SECRETS
    assert {one.missing for one in desk.credentials.accounts()} == {Missing.SECRETS}


def test_a_service_that_lacks_settings_is_off_and_the_others_are_not(build):
    desk = build(
        METHODS_GATEWAYS="cc=jpay", JPAY_TOKEN="key-of-j-pay", CITCON_CHOP_TOKEN="token-of-citcon"
    )
    desk.till.availability.look()
    assert reasons(desk)[CARD] == Missing.DETAILS
    assert reasons(desk)[ALIPAY] == ""
    card = next(one for one in desk.till.catalogue.methods() if one.method is CARD)
    assert (card.is_on, card.service) == (False, "J-Pay")


def test_a_currency_that_the_service_cannot_write_switches_the_method_off(build):
    desk = build(METHODS_GATEWAYS="cc=jpay", STORE_CURRENCY="JPY")
    assert reasons(desk)[CARD] == "decimals"
    assert reasons(desk)[ALIPAY] == ""


def test_a_customers_code_needs_only_the_service_that_takes_codes(build):
    desk = build(CITCON_INSTORE_TOKEN="token-of-the-terminal")
    desk.till.availability.look()
    assert reasons(desk)[ALIPAY] == Missing.TOKEN
    assert desk.till.taking.is_set_up()
    charge = desk.till.checkout.charge(
        desk.sale(), ALIPAY, desk.cashier.id, is_customer_presented=True
    )
    assert (charge.gateway, charge.status) == ("citcon_instore", ChargeStatus.CREATED)
