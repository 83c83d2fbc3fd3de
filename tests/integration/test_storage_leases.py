"""The right to ask the gateway about a charge: one watcher has it, another takes over."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from tests.fakes.ledger import NOON, SECOND, a_charge

TEN = 10 * SECOND


def lease(store, owner, now=NOON):
    with store.write() as unit:
        return unit.charges.lease_open(owner, now, now + TEN)


@pytest.fixture
def charge(store):
    with store.write() as unit:
        return a_charge(unit, status=ChargeStatus.WAITING)


def test_one_of_two_watchers_gets_the_charge(store, charge):
    assert lease(store, "a") == (charge,)
    assert lease(store, "b") == ()


def test_its_owner_renews_a_lease(store, charge):
    lease(store, "a")
    assert lease(store, "a", NOON + 9 * SECOND) == (charge,)
    assert lease(store, "b", NOON + 11 * SECOND) == ()


def test_another_watcher_takes_over_when_the_lease_ends(store, charge):
    lease(store, "a")
    assert lease(store, "b", NOON + 9 * SECOND) == ()
    assert lease(store, "b", NOON + TEN) == (charge,)
    assert lease(store, "a", NOON + TEN) == ()


def test_a_released_charge_is_free_at_once(store, charge):
    lease(store, "a")
    with store.write() as unit:
        unit.charges.release("b")
    assert lease(store, "b") == ()
    with store.write() as unit:
        unit.charges.release("a")
    assert lease(store, "b") == (charge,)


def test_saving_a_charge_leaves_its_lease_alone(store, charge):
    lease(store, "a")
    with store.write() as unit:
        unit.charges.save(replace(unit.charges.lock(charge.id), asked_at=NOON))
    assert lease(store, "b") == ()


def test_a_new_charge_can_be_leased_in_the_unit_that_makes_it(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.charges.lease(charge.id, "a", NOON + TEN)
    assert lease(store, "b") == ()
    assert lease(store, "b", NOON + TEN) == (charge,)


def test_when_a_charge_was_last_asked_about_is_kept_with_its_lease(store, charge):
    lease(store, "a")
    with store.write() as unit:
        unit.charges.note_asked(charge.id, NOON + SECOND)
    asked = replace(charge, asked_at=NOON + SECOND)
    assert lease(store, "b") == ()
    assert lease(store, "a") == (asked,)


def test_charges_come_newest_first(store, charge):
    with store.write() as unit:
        newer = a_charge(unit)
    assert lease(store, "a") == (newer, charge)


@pytest.mark.parametrize(
    ("changes", "is_watched"),
    [
        ({"status": ChargeStatus.CREATED}, True),
        ({"status": ChargeStatus.UNKNOWN}, True),
        ({"status": ChargeStatus.PAID, "paid_at": NOON}, False),
        ({"status": ChargeStatus.EXPIRED, "closed_at": NOON}, True),
        ({"status": ChargeStatus.CANCELLED, "closed_at": NOON - timedelta(days=8)}, True),
        ({"status": ChargeStatus.DECLINED, "closed_at": NOON - timedelta(days=9)}, False),
        ({"status": ChargeStatus.REFUSED, "closed_at": NOON}, False),
        ({"status": ChargeStatus.CANCELLED, "closed_at": NOON, "not_sent_at": NOON}, False),
        ({"status": ChargeStatus.UNKNOWN, "attention": {Attention.WATCH_ENDED}}, False),
        ({"status": ChargeStatus.UNKNOWN, "attention": {Attention.MISMATCH}}, True),
    ],
)  # fmt: skip
def test_what_is_still_worth_asking_about(store, changes, is_watched):
    with store.write() as unit:
        charge = a_charge(unit, **changes)
    assert lease(store, "a") == ((charge,) if is_watched else ())


def test_a_charge_handed_to_a_person_is_not_watched_again(store):
    with store.write() as unit:
        handed_over = frozenset({Attention.WATCH_ENDED})
        charge = a_charge(unit, status=ChargeStatus.UNKNOWN, attention=handed_over)
        unit.charges.save(replace(charge, attention=frozenset()))
    assert lease(store, "a") == ()


def test_two_watchers_at_the_same_instant_share_the_charges_out(ledger):
    stores = [ledger.open(f"till:T{number}:abcdefgh") for number in (1, 2)]
    with stores[0].write() as unit:
        charges = {a_charge(unit).id for _ in range(20)}
    for turn in range(10):
        together = Barrier(2, timeout=30)

        def take(store, now=NOON + turn * TEN, together=together):
            together.wait()
            return {charge.id for charge in lease(store, store.writer, now)}

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(take, stores)
        assert first | second == charges
        assert not first & second
    for store in stores:
        store.close()


def test_what_our_cancel_may_have_returned_is_watched_until_that_is_known(store):
    with store.write() as unit:
        doubt = frozenset({Attention.MAYBE_RETURNED})
        charge = a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON, attention=doubt)
        a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON)
    assert lease(store, "a") == (charge,)
    assert lease(store, "b") == ()
    with store.write() as unit:
        unit.charges.save(replace(unit.charges.lock(charge.id), attention=frozenset()))
    assert lease(store, "a") == ()
