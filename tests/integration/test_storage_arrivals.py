"""Arrivals on both databases: one for each charge, found by whoever asks about it."""

from datetime import timedelta

import pytest

from pos_app.storage.errors import ConflictError
from tests.fakes.ledger import NOON, a_charge

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def store(ledger):
    store = ledger.open()
    yield store
    store.close()


def test_an_arrival_waits_until_it_is_taken_and_stays_known(store):
    with store.write() as unit:
        charge = a_charge(unit)
        wanted = (charge.gateway, charge.reference)
        assert unit.arrivals.charge_of(*wanted) == (charge.id, False)
        unit.arrivals.add(charge.id, NOON)
    with store.write() as unit:
        assert unit.arrivals.waiting("till", LATER) == (charge.id,)
        unit.arrivals.mark_taken(charge.id, LATER)
        assert unit.arrivals.waiting("till", LATER) == ()
        assert unit.arrivals.charge_of(*wanted) == (charge.id, True)


def test_a_charge_never_has_a_second_one(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.arrivals.add(charge.id, NOON)

    def again():
        with store.write() as unit:
            unit.arrivals.add(charge.id, LATER)

    with pytest.raises(ConflictError):
        again()


def test_what_names_no_charge_of_that_service_is_unknown(store):
    with store.write() as unit:
        charge = a_charge(unit)
        assert unit.arrivals.charge_of(charge.gateway, "HSG1-2607120099-AAAA") is None
        assert unit.arrivals.charge_of("jpay", charge.reference) is None


def test_only_the_till_that_asks_about_a_charge_finds_its_arrival(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.charges.lease(charge.id, "first", LATER)
        unit.arrivals.add(charge.id, NOON)
    with store.read() as unit:
        assert unit.arrivals.waiting("second", NOON) == ()
        assert unit.arrivals.waiting("first", NOON) == (charge.id,)
        assert unit.arrivals.waiting("second", LATER) == (charge.id,)
