"""Services chosen in the settings while the till sells, at the simulator over real HTTP."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from pos_app.config.secrets import Secret
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.gateways import Missing
from pos_app.domain.methods import PaymentMethod
from pos_app.simulator.settings import Settings
from tests.fakes.running_simulator import running_simulator
from tests.fakes.store_till import store_till

TOKEN = Secret("merchant-token")
ALIPAY = PaymentMethod.ALIPAY


@pytest.fixture(scope="module")
def simulator():
    with running_simulator(Settings(tokens=(TOKEN.reveal(),))) as running:
        yield running


@pytest.fixture
def desk(tmp_path, simulator):
    one = store_till(tmp_path, simulator)
    one.credentials.replace("citcon_chop", TOKEN, one.approval)
    yield one
    one.close()


def carry(desk, gateway):
    """Have Alipay carried by another service."""
    before = desk.till.settings.methods
    after = replace(before, gateways=MappingProxyType({ALIPAY: gateway}))
    desk.till.settings_desk.save_methods(before, after, desk.approval)


def test_the_next_charge_goes_to_the_service_that_was_just_chosen(desk):
    first = desk.waiting()
    desk.credentials.replace("citcon_online", TOKEN, desk.approval)
    carry(desk, "citcon_online")
    second = desk.waiting("7.00")
    assert (first.gateway, second.gateway) == ("citcon_chop", "citcon_online")
    assert second.status is ChargeStatus.WAITING
    assert not desk.till.catalogue.choice(ALIPAY).can_cancel


def test_a_charge_that_is_open_is_cancelled_at_its_own_service(desk):
    first = desk.waiting()
    desk.credentials.replace("citcon_online", TOKEN, desk.approval)
    carry(desk, "citcon_online")
    desk.till.payments.cancel(first.id, desk.cashier.id)
    desk.let_pass(5)
    assert desk.now(first).status is ChargeStatus.CANCELLED


def test_a_service_without_a_token_carries_nothing_and_says_why_at_once(desk):
    carry(desk, "citcon_online")
    assert desk.account("citcon_online").missing is Missing.TOKEN
    with pytest.raises(GatewayNotSetUp):
        desk.till.checkout._asker._gateways.for_new(ALIPAY)
    carry(desk, "citcon_chop")
    assert desk.waiting().status is ChargeStatus.WAITING


def test_an_address_that_changes_is_used_at_once_and_the_earlier_charge_stays(tmp_path, simulator):
    with running_simulator(Settings(tokens=(TOKEN.reveal(),))) as other:
        desk = store_till(tmp_path, simulator)
        desk.environ.pop("POS_APP_CITCON_CHOP_BASE_URL")
        desk.paths.config.write_text(f'[citcon_chop]\nbase_url = "{simulator.url}/"\n')
        desk.restart()
        desk.credentials.replace("citcon_chop", TOKEN, desk.approval)
        first = desk.waiting()
        before = desk.till.settings.citcon_chop
        after = replace(before, base_url=f"{other.url}/")
        desk.till.settings_desk.save_service("citcon_chop", before, after, desk.approval)
        second = desk.waiting("7.00")
        assert first.code.startswith(simulator.url)
        assert second.code.startswith(other.url)
        desk.close()
