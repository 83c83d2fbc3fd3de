"""Receivers of notices that show in the ledger that they live, on both databases."""

import pytest

from pos_app.services.pulse import pulse
from tests.fakes.ledger import NOON, a_charge
from tests.fakes.receiving import tell
from tests.fakes.waiting import until


@pytest.fixture
def store(ledger):
    store = ledger.open("receiver:T1:abcdefgh")
    yield store
    store.close()


def beats(store):
    with store.read() as work:
        return dict(work.receivers.beats())


def test_each_receiver_counts_its_own_beats(store):
    with store.write() as work:
        for name in ("one", "two", "one"):
            work.receivers.beat(name)
    assert beats(store) == {"one": 2, "two": 1}
    with store.write() as work:
        work.receivers.leave("one")
    assert beats(store) == {"two": 1}


def test_a_pulse_beats_while_its_block_runs_and_leaves_nothing(store):
    with pulse(store, every_s=0.01):
        until(lambda: beats(store).get(store.writer, 0) > 2, "some beats")
    assert beats(store) == {}


def test_the_newest_notice_is_the_one_that_came_last(store):
    with store.write() as work:
        assert work.notices.last_received_at() is None
        tell(work, a_charge(work), at=NOON)
    with store.read() as work:
        assert work.notices.last_received_at() == NOON
