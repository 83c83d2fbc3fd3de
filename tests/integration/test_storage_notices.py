"""Notices on both databases: kept once, and found by whoever asks about the charge."""

from datetime import timedelta

import pytest

from pos_app.domain.notices import Notice
from pos_app.storage.errors import ConflictError
from tests.fakes.ledger import NOON, a_charge

LATER = NOON + timedelta(minutes=1)


def about(charge, key="n1", **changes):
    facts = {
        "gateway": "citcon_chop",
        "key": key,
        "reference": charge.reference,
        "is_paid": True,
        "members": {"amount": "4250", "note": "茶"},
    }
    return Notice(**{**facts, **changes})


@pytest.fixture
def store(ledger):
    store = ledger.open()
    yield store
    store.close()


def test_a_notice_waits_until_it_is_taken(store):
    with store.write() as unit:
        charge = a_charge(unit)
        assert unit.notices.add(about(charge), NOON) == charge.id
    with store.write() as unit:
        (waiting,) = unit.notices.waiting("till", LATER)
        assert (waiting.charge_id, waiting.is_paid) == (charge.id, True)
        unit.notices.mark_taken(waiting.id, LATER)
        assert unit.notices.waiting("till", LATER) == ()
        assert unit.notices.is_known(about(charge))


def test_the_same_key_of_another_service_is_another_notice(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.notices.add(about(charge), NOON)
        other = about(charge, gateway="citcon_online")
        assert not unit.notices.is_known(other)
        assert unit.notices.add(other, NOON) is None  # the charge was made by the first one


def test_it_is_never_kept_twice(store):
    def twice():
        with store.write() as unit:
            charge = a_charge(unit)
            unit.notices.add(about(charge), NOON)
            unit.notices.add(about(charge), NOON)

    with pytest.raises(ConflictError):
        twice()


def test_what_is_about_no_charge_waits_for_nobody(store):
    with store.write() as unit:
        charge = a_charge(unit)
        assert unit.notices.add(about(charge, reference="X1-1"), NOON) is None
        assert unit.notices.waiting("till", LATER) == ()


def test_only_the_till_that_asks_about_a_charge_finds_its_notice(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.charges.lease(charge.id, "first", LATER)
        unit.notices.add(about(charge), NOON)
    with store.read() as unit:
        assert unit.notices.waiting("second", NOON) == ()
        assert len(unit.notices.waiting("first", NOON)) == 1
        # When the first one has died, its lease ends.
        assert len(unit.notices.waiting("second", LATER)) == 1
