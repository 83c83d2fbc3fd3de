"""Tokens of payment services changed while the till sells, at the simulator over real HTTP."""

import json
from dataclasses import replace

import httpx
import pytest

from pos_app.config.secrets import Secret, SecretPlace, credentials_name
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import (
    ActivationRefusedError,
    GatewayNotSetUp,
    NotApprovedError,
    NoTokenError,
    TokenFixedError,
    TokenFormatError,
    TokenInUseError,
)
from pos_app.domain.events import ServicesChanged
from pos_app.domain.gateways import Missing
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.people import Approval
from pos_app.domain.refunds import RefundStatus
from pos_app.services.reaching import Reached
from pos_app.simulator.settings import Settings
from tests.fakes.running_simulator import running_simulator
from tests.fakes.store_till import store_till

OLD, NEW = Secret("old-merchant-token"), Secret("new-merchant-token")
CHOP, INSTORE = "citcon_chop", "citcon_instore"


@pytest.fixture(scope="module")
def simulator():
    settings = Settings(tokens=(OLD.reveal(), NEW.reveal()), store_codes=("store-7", "store-8"))
    with running_simulator(settings) as running:
        yield running


@pytest.fixture
def desk(tmp_path, simulator):
    one = store_till(tmp_path, simulator)
    yield one
    one.close()


def pay(simulator, charge):
    path = f"{simulator.url}/simulator/transactions/{charge.gateway_id}/pay"
    httpx.post(path, trust_env=False).raise_for_status()


def signed_in(desk, token=OLD):
    desk.credentials.replace(CHOP, token, desk.approval)
    return desk


def test_a_till_without_a_token_charges_as_soon_as_one_is_set(desk):
    assert desk.account().missing is Missing.TOKEN
    with pytest.raises(GatewayNotSetUp):
        desk.till.checkout._asker._gateways.for_new(PaymentMethod.ALIPAY)
    signed_in(desk)
    account = desk.account()
    assert (account.place, account.missing) == (SecretPlace.KEYRING, None)
    assert account.credentials == credentials_name(OLD)
    assert account.set_at == desk.clock.now()
    assert ServicesChanged() in desk.events
    assert desk.waiting().status is ChargeStatus.WAITING


def test_a_charge_goes_on_with_the_token_that_it_was_made_with(desk, simulator):
    charge = signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    newer = desk.waiting("7.00")
    assert (charge.credentials, newer.credentials) == (
        credentials_name(OLD),
        credentials_name(NEW),
    )
    pay(simulator, charge)
    pay(simulator, newer)
    desk.let_pass(10)
    assert desk.now(charge).is_paid
    assert desk.now(newer).is_paid


def test_a_charge_is_refunded_with_its_own_token_also_after_a_restart(desk, simulator):
    charge = signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    pay(simulator, charge)
    desk.restart()
    desk.let_pass(10)
    person = desk.cashier.id
    refund = desk.till.refunding.refund(charge.id, Money(4250, "USD"), "Broken", person, person)
    assert refund.status is RefundStatus.DONE


def test_an_earlier_token_is_let_go_only_when_no_payment_needs_it(desk, simulator):
    charge = signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    (earlier,) = desk.account().earlier
    assert (earlier.credentials, earlier.is_kept) == (credentials_name(OLD), True)
    assert (earlier.use.open_count, earlier.use.refundable_count) == (1, 0)
    with pytest.raises(TokenInUseError) as refused:
        desk.credentials.remove(CHOP, earlier.credentials, desk.approval)
    assert (refused.value.count, refused.value.reference) == (1, charge.reference)
    pay(simulator, charge)
    desk.let_pass(10)
    person = desk.cashier.id
    desk.till.refunding.refund(charge.id, Money(4000, "USD"), "Broken", person, person)
    with pytest.raises(TokenInUseError):  # two dollars fifty can still go back
        desk.credentials.remove(CHOP, earlier.credentials, desk.approval)
    desk.till.refunding.refund(charge.id, Money(250, "USD"), "Broken", person, person)
    desk.credentials.remove(CHOP, earlier.credentials, desk.approval)
    assert desk.account().earlier == ()
    assert not any(OLD.reveal() in kept for kept in desk.keyring.kept.values())


def test_the_token_in_use_cannot_go_while_a_payment_is_open(desk):
    signed_in(desk).waiting()
    with pytest.raises(TokenInUseError):
        desk.credentials.remove(CHOP, approval=desk.approval)
    assert desk.waiting("7.00").status is ChargeStatus.WAITING


def test_a_removed_token_charges_nothing_more(desk):
    signed_in(desk)
    desk.credentials.remove(CHOP, approval=desk.approval)
    assert desk.account().missing is Missing.TOKEN
    assert desk.keyring.kept == {}
    charge = desk.till.checkout.send(desk.charge().id)
    assert (charge.status, charge.is_not_set_up) == (ChargeStatus.REFUSED, True)
    signed_in(desk)  # the same one may come back
    assert desk.waiting("7.00").status is ChargeStatus.WAITING


def test_an_intent_that_was_written_around_the_removal_is_never_sent(desk):
    """Between the choice of the gateway and the intent on disk, the token goes."""
    signed_in(desk)
    directory = desk.till.checkout._asker._gateways
    chosen = directory.for_new(PaymentMethod.ALIPAY).credentials
    desk.credentials.remove(CHOP, approval=desk.approval)
    late = replace(desk.charge(), credentials=chosen)
    with pytest.raises(GatewayNotSetUp):
        directory.for_charge(late)


def test_a_token_that_no_payment_was_made_with_is_not_kept_when_it_is_replaced(desk):
    signed_in(desk)
    desk.credentials.replace(CHOP, NEW, desk.approval)
    assert desk.account().earlier == ()
    assert not any(OLD.reveal() in kept for kept in desk.keyring.kept.values())


def test_what_the_environment_decides_is_not_changed_here(tmp_path, simulator):
    desk = store_till(tmp_path, simulator, environ={"POS_APP_CITCON_CHOP_TOKEN": OLD.reveal()})
    account = desk.account()
    assert (account.place, account.variable) == (
        SecretPlace.ENVIRONMENT,
        "POS_APP_CITCON_CHOP_TOKEN",
    )
    desk.waiting()
    for change in (
        lambda: desk.credentials.replace(CHOP, NEW, desk.approval),
        lambda: desk.credentials.remove(CHOP, approval=desk.approval),
    ):
        with pytest.raises(TokenFixedError, match="POS_APP_CITCON_CHOP_TOKEN"):
            change()
    assert desk.keyring.kept == {}
    desk.close()


def test_every_change_is_in_the_journal_without_the_token(desk):
    signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    kinds = [(one.kind, one.who, json.loads(one.body)) for one in desk.entries()]
    by = {"approved_by": desk.cashier.id}
    old, new = credentials_name(OLD), credentials_name(NEW)
    assert kinds == [
        ("token_set", desk.cashier.id, {"before": "", "after": old, **by}),
        ("token_set", desk.cashier.id, {"before": old, "after": new, **by}),
    ]


def test_only_a_manager_changes_tokens(desk):
    mei = desk.till.people.named("Mei Lin")
    with pytest.raises(NotApprovedError):
        desk.credentials.replace(CHOP, NEW, Approval(mei.id, mei.id))
    assert desk.keyring.kept == {}


def test_a_token_that_can_be_none_is_not_repeated(desk):
    with pytest.raises(TokenFormatError) as refused:
        desk.credentials.replace(CHOP, Secret("geheim, oder?"), desk.approval)
    assert "geheim" not in str(refused.value)


def test_an_unknown_token_cannot_be_removed(desk):
    with pytest.raises(NoTokenError):
        desk.credentials.remove(CHOP, approval=desk.approval)
    with pytest.raises(NoTokenError):
        desk.credentials.remove(CHOP, "0123456789ab", desk.approval)


@pytest.mark.parametrize(
    ("token", "reached"),
    [(OLD, Reached.CONNECTED), (Secret("no-such-token"), Reached.TOKEN_UNKNOWN)],
)
@pytest.mark.parametrize("service", [CHOP, "citcon_online", INSTORE])
def test_a_token_is_tried_before_it_is_kept(desk, service, token, reached):
    tried = desk.credentials.test(service, token)
    assert tried.reached is reached
    assert tried.took_ms > 0
    assert desk.keyring.kept == {}


def test_without_a_token_or_a_network_nothing_is_claimed(desk, simulator):
    assert desk.credentials.test(CHOP).missing is Missing.TOKEN
    assert desk.credentials.test(INSTORE).missing is Missing.ACTIVATION
    assert desk.credentials.test("jpay", OLD).missing is Missing.DETAILS
    signed_in(desk)
    assert desk.credentials.test(CHOP).reached is Reached.CONNECTED
    section = desk.till.settings.citcon_chop
    elsewhere = type(section)(base_url="http://127.0.0.1:9/")
    assert desk.credentials.test(CHOP, section=elsewhere).reached is Reached.NO_ANSWER


def test_a_register_is_activated_once_and_keeps_its_token(desk):
    desk.credentials.activate(INSTORE, "store-7", desk.approval)
    assert desk.credentials.test(INSTORE).reached is Reached.CONNECTED
    assert [one.kind for one in desk.entries(INSTORE)] == ["activation_begun", "token_set"]
    assert not any("store-7" in one.body for one in desk.entries(INSTORE))
    with pytest.raises(ActivationRefusedError, match="C-I0"):
        desk.credentials.activate(INSTORE, "store-7", desk.approval)
    assert desk.credentials.test(INSTORE).reached is Reached.CONNECTED
