import threading
from dataclasses import replace

import pytest

from pos_app.config.secrets import Secret, SecretStore
from pos_app.config.settings import CHOP_TOKEN, ChopSettings, Settings
from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.gateways import Missing
from pos_app.domain.methods import PaymentMethod
from pos_app.gateways.directory import GatewayDirectory, GatewayFactory
from pos_app.gateways.opening import store_gateways
from tests.fakes.chop import FakeGateway, charge

ALIPAY, CARD, DANA = PaymentMethod.ALIPAY, PaymentMethod.CC, PaymentMethod.DANA


def factory(gateway_id, *methods, credentials="fake token", made=None, kept=()):
    """Makes fakes with `credentials`, which may be callable, and with earlier ones of `kept`."""

    def make():
        name = credentials() if callable(credentials) else credentials
        gateway = FakeGateway(gateway_id, credentials=name)
        if made is not None:
            made.append(gateway)
        return gateway

    def make_earlier(name):
        if name not in kept:
            raise GatewayNotSetUp("not kept")
        return FakeGateway(gateway_id, credentials=name)

    methods = frozenset(methods)
    return GatewayFactory(gateway_id, gateway_id.title(), methods, make, make_earlier)


def without_token(gateway_id, *methods):
    def make():
        raise GatewayNotSetUp("no token")

    return GatewayFactory(gateway_id, gateway_id.title(), frozenset(methods), make)


def test_the_first_gateway_that_takes_a_method_gets_its_new_charges():
    gateways = GatewayDirectory([factory("a", ALIPAY), factory("b", ALIPAY, CARD)])
    assert gateways.for_new(ALIPAY).id == "a"
    assert gateways.for_new(CARD).id == "b"
    assert [gateways.id_for(method) for method in (ALIPAY, CARD, DANA)] == ["a", "b", ""]


def test_a_method_that_no_gateway_takes_is_not_set_up():
    gateways = GatewayDirectory([factory("a", ALIPAY)])
    assert gateways.takes(ALIPAY)
    assert not gateways.takes(DANA)
    with pytest.raises(GatewayNotSetUp, match="dana"):
        gateways.for_new(DANA)


def test_a_charge_goes_back_to_the_gateway_that_made_it():
    gateways = GatewayDirectory([factory("a", ALIPAY), factory("b", ALIPAY)])
    made_by_b = charge(gateway="b", credentials="fake token")
    assert gateways.for_charge(made_by_b).id == "b"


def test_a_charge_is_never_asked_about_with_another_token():
    gateways = GatewayDirectory([factory("a", ALIPAY, credentials="new token")])
    with pytest.raises(GatewayNotSetUp, match="another token of A"):
        gateways.for_charge(charge(gateway="a", credentials="old token"))


def test_an_earlier_token_that_is_kept_serves_its_own_charges():
    gateways = GatewayDirectory([factory("a", ALIPAY, credentials="two", kept={"one"})])
    older = gateways.for_charge(charge(gateway="a", credentials="one"))
    assert older.credentials == "one"
    assert gateways.for_charge(charge(gateway="a", credentials="one")) is older
    assert gateways.for_new(ALIPAY).credentials == "two"


def test_an_earlier_token_serves_its_charges_also_where_there_is_no_other():
    one = replace(without_token("a", ALIPAY), make_earlier=factory("a", kept={"one"}).make_earlier)
    gateways = GatewayDirectory([one])
    assert gateways.for_charge(charge(gateway="a", credentials="one")).credentials == "one"
    with pytest.raises(GatewayNotSetUp, match="no token"):
        gateways.for_charge(charge(gateway="a", credentials=""))


def test_a_renewed_service_charges_with_the_new_token_and_goes_on_with_the_old_one():
    names = iter(["one", "two"])
    gateways = GatewayDirectory([factory("a", ALIPAY, credentials=lambda: next(names))])
    old = gateways.for_new(ALIPAY)
    gateways.renew("a")
    assert gateways.for_new(ALIPAY).credentials == "two"
    assert gateways.for_charge(charge(gateway="a", credentials="one")) is old
    gateways.close()
    assert old.is_closed


def test_a_withdrawn_token_is_used_for_nothing_even_while_it_is_still_kept():
    """An intent that was written down after the removal had looked finds no gateway."""
    gateways = GatewayDirectory([factory("a", ALIPAY, credentials="one", kept={"one"})])
    gateways.for_new(ALIPAY)
    gateways.withdraw("a", "one")
    with pytest.raises(GatewayNotSetUp):
        gateways.for_charge(charge(gateway="a", credentials="one"))
    with pytest.raises(GatewayNotSetUp, match="removed"):
        gateways.for_new(ALIPAY)
    assert gateways.missing("a") is Missing.TOKEN
    gateways.reinstate("a", "one")
    assert gateways.for_new(ALIPAY).credentials == "one"
    gateways.close()


def test_what_is_missing_is_known_once_somebody_has_tried():
    gateways = GatewayDirectory([without_token("a", ALIPAY), factory("b", CARD)])
    assert gateways.missing("a") is gateways.missing("b") is None
    gateways.ready()
    assert gateways.missing("a") is Missing.ELSE
    assert gateways.missing("b") is None


def test_a_charge_of_a_gateway_that_is_gone_is_told_apart():
    gateways = GatewayDirectory([factory("a", ALIPAY)])
    with pytest.raises(GatewayNotSetUp, match="no payment service jpay"):
        gateways.for_charge(charge(gateway="jpay"))
    assert gateways.name("jpay") == "jpay"
    assert gateways.name("a") == "A"


def test_a_gateway_is_made_once_however_many_ask():
    made, start = [], threading.Barrier(8)
    gateways = GatewayDirectory([factory("a", ALIPAY, made=made)])

    def ask():
        start.wait(5)
        gateways.for_new(ALIPAY)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(made) == 1


def test_only_what_has_its_credentials_is_ready():
    made = []
    gateways = GatewayDirectory([without_token("x", CARD), factory("a", ALIPAY, made=made)])
    assert list(gateways.ready()) == made
    assert len(made) == 1
    with pytest.raises(GatewayNotSetUp):
        gateways.for_new(CARD)


def test_closing_closes_what_was_made():
    made = []
    gateways = GatewayDirectory([factory("a", ALIPAY, made=made), factory("b", CARD, made=made)])
    gateways.for_new(ALIPAY)
    gateways.close()
    gateways.close()
    assert [gateway.is_closed for gateway in made] == [True]


@pytest.fixture
def secrets(tmp_path):
    return SecretStore(tmp_path / "secrets.json", {}, open_keyring=lambda: None)


def test_the_store_charges_with_citcon_as_soon_as_there_is_a_token(secrets):
    gateways = GatewayDirectory(store_gateways(Settings(), secrets))
    with pytest.raises(GatewayNotSetUp, match="isn't signed in to Citcon"):
        gateways.for_new(ALIPAY)
    secrets.keep(CHOP_TOKEN, Secret("9F3A81C2E0D5471B"))
    gateway = gateways.for_new(ALIPAY)
    assert (gateway.id, gateway.name, gateway.credentials) == (
        "citcon_chop",
        "Citcon",
        "ffcbe7159338.7b8352",
    )
    assert all(gateways.for_new(method) is gateway for method in PaymentMethod)
    gateways.close()


def test_a_broken_file_of_secrets_is_told_as_not_set_up(secrets, tmp_path):
    (tmp_path / "secrets.json").write_text("{")
    gateways = GatewayDirectory(store_gateways(Settings(), secrets))
    with pytest.raises(GatewayNotSetUp, match=r"secrets\.json"):
        gateways.for_new(ALIPAY)


def test_a_payment_of_the_test_service_is_never_asked_about_at_the_live_one(secrets):
    secrets.keep(CHOP_TOKEN, Secret("9F3A81C2E0D5471B"))
    live = Settings(citcon_chop=ChopSettings(base_url="https://citconpay.com/"))
    gateways = GatewayDirectory(store_gateways(Settings(), secrets))
    first = gateways.for_new(ALIPAY)
    paid = charge(gateway="citcon_chop", credentials=first.credentials)
    gateways.use(store_gateways(live, secrets), ["citcon_chop"])
    assert gateways.for_new(ALIPAY).credentials != first.credentials
    assert gateways.for_charge(paid) is first
    gateways.close()
    after_a_restart = GatewayDirectory(store_gateways(live, secrets))
    asked = after_a_restart.for_charge(paid)
    assert asked.credentials == first.credentials
    assert "uat.citconpay.com" in repr(asked._http)
    after_a_restart.close()
