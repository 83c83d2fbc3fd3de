"""Two tills on one PostgreSQL: each hears of the other's payments when it looks."""

import pytest

from pos_app.domain.events import ChangedElsewhere
from pos_app.storage.journal import RECENT
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.selling_till import SellingTill


@pytest.fixture
def tills(tmp_path, postgres_ledger):
    clock, payments = FakeClock(), {}
    desks = [
        SellingTill(
            tmp_path / code,
            gateway=FakeGateway(payments=payments),
            clock=clock,
            environ={
                "POS_APP_DATABASE_URL": postgres_ledger.url,
                "POS_APP_STORE_TILL_CODE": code,
            },
        )
        for code in ("HSG1", "HSG2")
    ]
    for desk in desks:
        desk.till.neighbours.look()
        desk.events.clear()
    yield desks
    for desk in desks:
        desk.close()


def news(desk):
    """What a look brings, one set of ids for each time that it is told."""
    desk.events.clear()
    desk.till.neighbours.look()
    return [set(one.charge_ids) for one in desk.events if isinstance(one, ChangedElsewhere)]


def test_another_tills_payments_are_told_once(tills):
    first, second = tills
    one, two = first.waiting("1.00"), first.waiting("2.00")
    assert news(second) == [{one.id, two.id}]
    assert news(second) == []


def test_what_becomes_of_them_is_told_again(tills):
    first, second = tills
    charge = first.waiting()
    news(second)
    first.gateway.pay(charge.reference)
    first.let_pass(2)
    assert news(second) == [{charge.id}]


def test_a_tills_own_payments_are_no_news(tills):
    first, _ = tills
    first.waiting()
    assert news(first) == []


def test_what_is_about_no_payment_is_no_news(tills):
    first, second = tills
    with first.till.recovery._ledger.store.write() as work:
        work.journal.append("person_added", "person:9", first.clock.now(), None, {})
    assert news(second) == []


def test_what_is_committed_later_than_it_was_numbered_is_told_all_the_same(tills):
    first, second = tills
    seen, store = first.waiting("1.00"), first.till.recovery._ledger.store
    third = SellingTill(
        first.paths.root.parent / "HSG3",
        gateway=first.gateway,
        clock=first.clock,
        environ=first.environ | {"POS_APP_STORE_TILL_CODE": "HSG3"},
    )
    news(third)
    with store.write() as slow:
        slow.journal.append("seen", seen.reference, first.clock.now(), None, {})
        sold = second.waiting("2.00")
        assert news(third) == [{sold.id}]
    assert news(third) == [{seen.id}]
    third.close()


def test_a_look_reads_no_more_than_the_last_entries(tills):
    first, second = tills
    with first.till.recovery._ledger.store.write() as work:
        for _ in range(RECENT + 50):
            work.journal.append("noted", "something", first.clock.now(), None, {})
    with second.till.recovery._ledger.store.read() as work:
        assert len(work.journal.recent_of_others()) == RECENT
