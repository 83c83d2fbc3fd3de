"""A shift is opened once and is there for everybody."""

import pytest

from pos_app.domain.errors import NoShiftError
from pos_app.services.shifts import Shifts


@pytest.fixture
def store(desk):
    return desk.till.recovery._ledger.store


@pytest.fixture
def closed(desk, store):
    """The shifts of a till where none is open yet."""
    return Shifts(store, desk.clock, "T9")


def test_no_shift_is_open_at_a_new_till(closed):
    assert closed.current() is None


def test_an_open_shift_says_who_opened_it_and_when(desk, closed):
    shift = closed.open(desk.cashier.id)
    assert (shift.number, shift.till_code, shift.opened_by) == (1, "T9", desk.cashier.id)
    assert shift.opened_at == desk.clock.now()
    assert shift.closed_at is None
    assert closed.current() == shift


def test_opening_again_gives_the_open_one_and_writes_nothing(desk, store, closed):
    shift = closed.open(desk.cashier.id)
    with store.read() as work:
        before = work.journal.verify().entries
    desk.clock.pass_time(60)
    assert closed.open(desk.till.people.everyone()[1].id) == shift
    with store.read() as work:
        assert work.journal.verify().entries == before


def test_each_till_has_shifts_of_its_own(desk, closed):
    assert desk.till.shifts.current().till_code != "T9"
    assert closed.open(desk.cashier.id).number == 1


def test_the_journal_knows_who_opened_it(desk, store, closed):
    closed.open(desk.cashier.id)
    with store.read() as work:
        entry = list(work.journal.entries())[-1]
    assert (entry.kind, entry.who, entry.at) == (
        "shift_opened",
        desk.cashier.id,
        desk.clock.now(),
    )


def test_without_a_shift_nothing_is_charged_and_nothing_written(desk):
    desk.till.checkout._intents._till_code = "T9"
    with pytest.raises(NoShiftError):
        desk.charge()
    assert desk.gateway.calls == []
    desk.till.checkout._intents._till_code = desk.till.settings.store.till_code
    assert desk.charge().sale_id == 1
