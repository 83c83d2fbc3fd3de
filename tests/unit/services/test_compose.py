"""Putting the till together, starting it and closing it."""

import threading

import pytest

from pos_app.compose import Parts, build_till, open_ledger, settings_of
from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import ConfigError, StorageError
from pos_app.domain.events import Asked, ChargeChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.paths import DataPaths
from pos_app.services.watching import LEASE
from pos_app.storage.store import Store
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.till import CHEAP

ENVIRON = {"POS_APP_CITCON_CHOP_BASE_URL": "http://127.0.0.1:9/"}
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))
PAIR = "POS_APP_STORE_NAME", "POS_APP_STORE_TILL_CODE"


def build(folder, *, is_training=True, environ=None, **parts):
    parts = {"factories": [FakeGateway().factory()], "hasher": CHEAP, **parts}
    return build_till(
        DataPaths(folder),
        is_training=is_training,
        environ=ENVIRON | (environ or {}),
        parts=Parts(**parts),
    )


@pytest.fixture
def built(tmp_path):
    """Builds tills and closes them in the end."""
    tills = []

    def make(**more):
        tills.append(build(tmp_path, **more))
        return tills[-1]

    yield make
    for till in tills:
        till.close_everything()


def test_training_brings_its_store_people_and_shift(built):
    till = built()
    assert till.is_training
    assert till.settings.store.till_code == "HSG1"
    assert till.training is not None
    assert till.shifts.current() is not None


def test_a_real_till_begins_with_nobody_and_without_a_strip(built):
    till = built(is_training=False)
    assert not till.is_training
    assert till.people.everyone() == ()
    assert till.shifts.current() is None
    assert till.catalogue.items() == ()
    assert till.training is None
    assert till.settings.store.name == "My store"


def test_training_keeps_to_a_settings_file_where_there_is_one(tmp_path):
    paths = DataPaths(tmp_path)
    paths.config.write_text('[store]\nname = "Corner"\ntill_code = "C1"\n', encoding="utf-8")
    settings = settings_of(paths, {}, is_training=True)
    assert (settings.store.name, settings.store.till_code) == ("Corner", "C1")


def test_the_environment_wins_over_the_demo(tmp_path):
    settings = settings_of(DataPaths(tmp_path), dict.fromkeys(PAIR, "ABC"), is_training=True)
    assert (settings.store.name, settings.store.till_code) == ("ABC", "ABC")


def test_the_gateway_has_its_own_name(built):
    assert built().gateway_name == "Citcon"


def test_bad_settings_are_named_and_nothing_is_written(tmp_path):
    with pytest.raises(ConfigError) as caught:
        build(tmp_path, environ={"POS_APP_CITCON_CHOP_BASE_URL": "http://pay.example/"})
    assert "BASE_URL" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_is_none_stops_the_start(tmp_path):
    (tmp_path / "till.sqlite3").write_bytes(b"this is no database" * 1000)
    with pytest.raises(StorageError):
        build(tmp_path)


def test_a_failure_on_the_way_leaves_the_ledger_closed(tmp_path, monkeypatch):
    closed, real_close = [], Store.close

    def close(store):
        closed.append(store)
        real_close(store)

    monkeypatch.setattr(Store, "close", close)
    hasher_that_fails = object()
    with pytest.raises(AttributeError):
        build(tmp_path, hasher=hasher_that_fails)
    assert len(closed) == 1


def test_every_start_on_a_folder_writes_the_same_chain(tmp_path):
    settings = settings_of(DataPaths(tmp_path), {}, is_training=True)
    first = open_ledger(DataPaths(tmp_path), settings)
    second = open_ledger(DataPaths(tmp_path), settings)
    assert first.writer == second.writer
    assert first.writer.startswith("till:HSG1:")
    first.close()
    second.close()


def test_without_a_token_nothing_is_sent_and_the_charge_is_refused(tmp_path):
    """A bare till: no keyring, no file, no variable."""
    till = build(tmp_path, is_training=False, factories=None)
    manager = till.people.add_first_manager("Priya", "999999")
    till.shifts.open(manager.id)
    charge = till.checkout.send(till.checkout.charge(SALE, PaymentMethod.ALIPAY, manager.id).id)
    assert charge.status is ChargeStatus.REFUSED
    assert till.payments.view(charge.id).state.value == "createNotSetUp"
    assert till.gateway_name == "Citcon"
    till.close_everything()


def test_a_started_till_sees_payments_by_itself_and_ends(tmp_path):
    """With its own threads: the watcher's, the heartbeat's and the recovery's."""
    gateway, clock = FakeGateway(), FakeClock()
    is_asked, is_paid = threading.Event(), threading.Event()

    def listen(event):
        if isinstance(event, Asked):
            is_asked.set()
        if isinstance(event, ChargeChanged) and event.after.is_paid:
            is_paid.set()

    till = build(tmp_path, factories=[gateway.factory()], clock=clock)
    till.events.subscribe(listen)
    till.start()
    charge = till.checkout.charge(SALE, PaymentMethod.ALIPAY, 1)
    till.checkout.send(charge.id)
    assert is_asked.wait(10)
    gateway.pay(charge.reference)
    clock.pass_time(5)
    till.watcher.wake()
    assert is_paid.wait(10)
    till.close()
    assert not till.watcher._thread.is_alive()


def test_a_start_goes_on_with_a_charge_that_has_no_code_yet(tmp_path):
    gateway, clock = FakeGateway(), FakeClock()
    till = build(tmp_path, factories=[gateway.factory()], clock=clock)
    charge = till.checkout.charge(SALE, PaymentMethod.ALIPAY, 1)
    till.close_everything()

    has_code = threading.Event()
    till = build(tmp_path, factories=[gateway.factory()], clock=clock)
    till.events.subscribe(lambda _: gateway.payments and has_code.set())
    till.start()
    assert has_code.wait(10)
    assert till.answers.to_resume()[0].id == charge.id
    assert list(gateway.payments) == [charge.reference]
    till.close()


def test_closing_gives_the_open_charges_back(tmp_path):
    clock = FakeClock()
    till = build(tmp_path, clock=clock)
    charge = till.checkout.send(till.checkout.charge(SALE, PaymentMethod.ALIPAY, 1).id)
    store = till.recovery._ledger.store

    def taken_by_another():
        with store.write() as work:
            now = clock.now()
            return [one.id for one in work.charges.lease_open("other", now, now + LEASE)]

    assert taken_by_another() == []
    till.watcher.stop()
    assert taken_by_another() == [charge.id]
    till.close_everything()
