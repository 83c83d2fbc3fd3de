"""Tokens of payment services changed while the till sells, at the simulator over real HTTP."""

import json
from contextlib import contextmanager

import httpx
import pytest

from pos_app.config.secrets import Secret, SecretPlace, credentials_name
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import (
    ActivationRefusedError,
    ConfigError,
    GatewayNotSetUp,
    MethodNotAvailableError,
    NotApprovedError,
    NoticeRefusedError,
    NoTokenError,
    StorageError,
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
from pos_app.services.notices import NoticeDesk
from pos_app.services.reaching import Reached
from pos_app.simulator.settings import Settings
from pos_app.storage.journal import Journal
from pos_app.storage.store import Store
from tests.fakes.chop import charge as a_charge
from tests.fakes.keyring import FakeKeyring
from tests.fakes.notices import notice
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
    with pytest.raises(MethodNotAvailableError):
        desk.charge()
    signed_in(desk)  # the same one may come back
    assert desk.waiting("7.00").status is ChargeStatus.WAITING


def test_an_intent_that_was_written_around_the_removal_is_never_sent(desk):
    """Between the choice of the gateway and the intent on disk, the token goes."""
    signed_in(desk)
    directory = desk.till.checkout._asker._gateways
    chosen = directory.for_new(PaymentMethod.ALIPAY).credentials
    desk.credentials.remove(CHOP, approval=desk.approval)
    late = a_charge(gateway=CHOP, credentials=chosen)
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


def test_another_tills_payments_keep_the_token_too(tmp_path, simulator, postgres_ledger):
    keyring, tills = FakeKeyring(), []
    for code in ("T1", "T2"):
        environ = {"POS_APP_DATABASE_URL": postgres_ledger.url, "POS_APP_STORE_TILL_CODE": code}
        one = store_till(tmp_path / code, simulator, keyring=keyring, environ=environ)
        tills.append(signed_in(one))
    mine, other = tills
    charge = other.waiting()
    with pytest.raises(TokenInUseError) as refused:
        mine.credentials.remove(CHOP, approval=mine.approval)
    assert refused.value.reference == charge.reference
    mine.credentials.replace(CHOP, NEW, mine.approval)
    assert [one.is_kept for one in mine.account().earlier] == [True]
    other.credentials.replace(CHOP, NEW, other.approval)
    pay(simulator, charge)
    other.let_pass(10)
    person = mine.cashier.id
    refund = mine.till.refunding.refund(charge.id, charge.amount, "Broken", person, person)
    assert refund.status is RefundStatus.DONE  # the one till refunds what the other has taken
    name = credentials_name(OLD)
    for one in tills:
        one.credentials.remove(CHOP, name, one.approval)
        one.close()


def test_a_notice_by_an_earlier_token_is_heard(desk):
    charge = signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    ledger, gateways = desk.till.recovery._ledger, desk.till.checkout._asker._gateways
    receiver = NoticeDesk(ledger.store, gateways, desk.clock)
    genuine = notice(charge, token=OLD.reveal())
    with pytest.raises(NoticeRefusedError):
        receiver.read(CHOP, genuine)
    assert receiver.read_earlier(CHOP, genuine).reference == charge.reference
    with pytest.raises(NoticeRefusedError):
        receiver.read_earlier(CHOP, notice(charge, token="nobodys-token"))


def test_a_day_is_compared_with_the_lists_of_all_tokens(desk, simulator):
    charges = [signed_in(desk).waiting()]
    desk.credentials.replace(CHOP, NEW, desk.approval)
    charges.append(desk.waiting("7.00"))
    for one in charges:
        pay(simulator, one)
    desk.let_pass(10)
    day = desk.clock.local(desk.clock.now()).date()
    report = desk.till.reconciliation.reconcile(day)
    assert (report.charges, report.not_compared) == (2, 0)


def test_a_token_is_written_nowhere_but_into_the_keyring(desk, simulator, tmp_path, caplog):
    caplog.set_level("DEBUG")
    charge = signed_in(desk).waiting()
    desk.credentials.replace(CHOP, NEW, desk.approval)
    pay(simulator, charge)
    desk.let_pass(10)
    desk.credentials.test(CHOP)
    desk.credentials.accounts()
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert tmp_path / "till.sqlite3" in files
    for token in (OLD.reveal(), NEW.reveal()):
        assert [one.name for one in files if token.encode() in one.read_bytes()] == []
        assert token not in caplog.text
        assert token not in repr(desk.credentials.accounts())


@pytest.mark.parametrize("place", ["journal", "keyring"])
def test_what_cannot_be_written_down_changes_nothing(desk, monkeypatch, place):
    signed_in(desk).waiting()
    before = desk.account()
    if place == "journal":
        monkeypatch.setattr(Journal, "append", _full)
        trouble = StorageError
    else:
        monkeypatch.setattr(desk.keyring, "set_password", _refused)
        (desk.paths.root / "secrets.json").mkdir()
        trouble = ConfigError
    with pytest.raises(trouble):
        desk.credentials.replace(CHOP, NEW, desk.approval)
    monkeypatch.undo()
    if place == "keyring":
        (desk.paths.root / "secrets.json").rmdir()
        assert [one.kind for one in desk.entries()][-1] == "token_not_set"
    assert desk.account().credentials == before.credentials
    assert desk.waiting("7.00").credentials == before.credentials


def test_a_removal_that_is_not_committed_leaves_the_token_in_use(desk, monkeypatch):
    signed_in(desk)
    write = Store.write

    @contextmanager
    def uncommitted(store):
        with write(store) as work:
            yield work
            raise StorageError("The disk is full.")

    monkeypatch.setattr(Store, "write", uncommitted)
    with pytest.raises(StorageError):
        desk.credentials.remove(CHOP, approval=desk.approval)
    monkeypatch.undo()
    assert desk.account().missing is None
    assert desk.waiting().status is ChargeStatus.WAITING


def _full(*_):
    raise StorageError("The disk is full.")


def _refused(*_):
    raise OSError("locked")
