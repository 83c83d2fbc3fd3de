"""The list of past payments on both databases: the same as plain filtering, page after page."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.history import RECEIVED, HistoryFilter, HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from pos_app.storage.history_tables import history, history_words
from pos_app.storage.schema import MIGRATIONS
from tests.fakes.ledger import NOON, Ledger, a_charge, a_refund, undone
from tests.fakes.past_payments import METHODS, furnish, meets, plain_rows
from tests.integration.conftest import _drop_database, _new_database

ALL = HistoryFilter()
FOUND = (
    "42.5", "42.50", "42", "4,250", "42.500", "0087", "T1-0087", "t1-0087-r1", "T1", "T", "T1-",
    "t1-26", "T1-2607", "T1-260714", "T2-2607140", "U7", "q7", "umb", "blu", "umbrella blue",
    "cafe", "blue umbrella", "雨伞", "红", "12", "US$ 42.50", "usd 42.5", "₩42", "KRW 4,250",
)  # fmt: skip
LOST = (
    "X9",
    "T1-2602",
    "T1-2699",
    "T1-26071499",
    "色伞",
    "b",
    "?",
    "brella",
    "u7x",
    "€ 42.50",
    "US$ 42.500",
    "KRW 42.50",
)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def furnished(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    if request.param == "sqlite":
        file = folder / "till.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        store = Ledger(None, file).open()
    else:
        server = request.getfixturevalue("postgres_server")
        name = _new_database(server, request.getfixturevalue("postgres_template"))
        store = Ledger(server.get_uri(name), Path()).open()
    furnish(store)
    yield store, plain_rows(store)
    store.close()
    if request.param == "postgres":
        _drop_database(server, name)


instants = st.none() | st.integers(-10, 300).map(lambda hours: NOON + timedelta(hours=hours))
filters = st.builds(
    HistoryFilter,
    text=st.sampled_from(("", *FOUND, *LOST)),
    since=instants,
    until=instants,
    methods=st.frozensets(st.sampled_from(METHODS), max_size=2),
    statuses=st.frozensets(st.sampled_from(HistoryStatus), max_size=4),
    needs_answer=st.sampled_from((False, False, True)),
)
plenty = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def expected(rows, wanted):
    return [row for row, ids in rows if meets(row, ids, wanted)]


def paged(unit, wanted, limit):
    """All rows by pages, as a list that is scrolled to its end: the first that is not full."""
    found, page, before = [], None, None
    while page is None or len(page) == limit:
        page = unit.history.page(wanted, before, 0, limit)
        found += page
        before = page[-1].charge_id if page else None
    return found


@given(wanted=filters, limit=st.sampled_from((1, 7, 100)))
@plenty
def test_pages_are_what_a_plain_filter_gives(furnished, wanted, limit):
    store, rows = furnished
    with store.read() as unit:
        assert paged(unit, wanted, limit) == expected(rows, wanted)


@given(wanted=filters)
@plenty
def test_sums_are_those_of_the_pages(furnished, wanted):
    store, rows = furnished
    found = expected(rows, wanted)
    with store.read() as unit:
        totals = unit.history.totals(wanted)
        assert unit.history.count(wanted) == totals.count == len(found)
    for code in {row.amount.currency for row in found}:
        own = [row for row in found if row.amount.currency == code]
        paid = Money(sum(row.amount.minor for row in own if row.status in RECEIVED), code)
        gone = Money(sum(row.refunded.minor for row in own), code)
        assert paid in totals.paid or not paid
        assert gone in totals.refunded or not gone
    assert all(totals.paid)
    assert all(totals.refunded)


@given(wanted=filters, every=st.sampled_from((1, 3, 40)), skip=st.integers(0, 20))
@plenty
def test_a_jump_lands_where_scrolling_would(furnished, wanted, every, skip):
    store, rows = furnished
    found = expected(rows, wanted)
    with store.read() as unit:
        anchors = list(unit.history.anchors(wanted, every))
        assert anchors == [row.charge_id for row in found[every - 1 :: every]]
        for number, anchor in enumerate(anchors[:3], start=1):
            start = number * every + skip
            assert list(unit.history.page(wanted, anchor, skip, 5)) == found[start : start + 5]


@given(wanted=filters)
@plenty
def test_a_single_row_is_found_only_where_the_list_shows_it(furnished, wanted):
    store, rows = furnished
    found = {row.charge_id: row for row in expected(rows, wanted)}
    with store.read() as unit:
        for charge_id in range(1, 121, 17):
            assert unit.history.row(charge_id, wanted) == found.get(charge_id)


def test_the_made_up_ledger_has_every_kind_of_payment(furnished):
    _, rows = furnished
    assert {row.status for row, _ in rows} == set(HistoryStatus)


@pytest.mark.parametrize("sought", FOUND)
def test_what_is_there_is_found(furnished, sought):
    with furnished[0].read() as unit:
        assert unit.history.count(HistoryFilter(text=sought)) > 0


@pytest.mark.parametrize("sought", LOST)
def test_what_is_not_there_is_not_found(furnished, sought):
    with furnished[0].read() as unit:
        assert unit.history.count(HistoryFilter(text=sought)) == 0


@given(sought=st.text(max_size=40) | st.from_regex(r"[0-9,.A-Z-]{1,40}", fullmatch=True))
@plenty
def test_nothing_that_can_be_typed_goes_wrong(furnished, sought):
    wanted = HistoryFilter(text=sought)
    with furnished[0].read() as unit:
        assert len(paged(unit, wanted, 100)) == unit.history.count(wanted)


def test_a_migration_fills_the_list_as_the_program_keeps_it(ledger):
    store = ledger.open()
    furnish(store)
    kept = dump(store)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with store._engines.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
    store.close()
    store = ledger.open()
    assert dump(store) == kept
    assert len(kept[0]) == 120
    store.close()


def dump(store):
    with store._engines.reading.connect() as connection:
        return tuple(
            sorted(tuple(row) for row in connection.execute(select(table)))
            for table in (history, history_words)
        )


def test_a_change_that_is_rolled_back_leaves_the_list_alone(store):
    with store.write() as unit:
        charge = a_charge(unit)
    with undone(store) as unit:
        held = unit.charges.lock(charge.id)
        unit.charges.save(replace(held, status=ChargeStatus.PAID, paid_at=NOON))
        assert unit.history.row(charge.id, ALL).status is HistoryStatus.PAID
    with store.read() as unit:
        assert unit.history.row(charge.id, ALL).status is HistoryStatus.WAITING


def test_a_refund_that_comes_without_an_answer_is_shown_so_at_once(store):
    with store.write() as unit:
        charge = a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON)
        a_refund(unit, charge, status=RefundStatus.UNKNOWN)
        assert unit.history.row(charge.id, ALL).status is HistoryStatus.REFUND_UNKNOWN


def test_an_answered_attention_leaves_the_list_of_what_needs_one(store):
    with store.write() as unit:
        charge = a_charge(unit, attention=frozenset({Attention.STOPPED}))
    needing = HistoryFilter(needs_answer=True)
    with store.write() as unit:
        assert unit.history.count(needing) == 1
        unit.charges.save(replace(unit.charges.lock(charge.id), attention=frozenset()))
        assert unit.history.count(needing) == 0


def test_a_page_after_no_payment_is_a_bug(store):
    with store.read() as unit, pytest.raises(KeyError):
        unit.history.page(ALL, 404, 0, 10)


def test_methods_that_nobody_used_find_nothing(store):
    with store.write() as unit:
        a_charge(unit)
        assert unit.history.page(HistoryFilter(methods={PaymentMethod.DANA}), None, 0, 10) == ()


def test_contacts_are_never_searched(store):
    with store.write() as unit:
        charge = a_charge(unit)
        unit.contacts.set(charge.id, "Ms Chan 5551234")
        for sought in ("Chan", "5551234", "Ms Chan"):
            assert unit.history.count(HistoryFilter(text=sought)) == 0
        assert unit.history.count(HistoryFilter(text=charge.reference)) == 1


def test_indices_are_used_although_the_ledger_is_new(sqlite_ledger):
    """No statistics have been gathered, and still no question walks over all payments."""
    store = sqlite_ledger.open()
    furnish(store, 30)
    asked = []
    with store.read() as unit:
        connection = unit.history._connection
        cursor = connection.connection.cursor()
        cursor.connection.set_trace_callback(asked.append)
        for sought in ("42.50", "0087", "T1-26071400", "U7", "umbrella", "blue umbrella"):
            unit.history.page(HistoryFilter(text=sought), None, 0, 10)
        for status in (HistoryStatus.MISMATCH, HistoryStatus.PAID):
            methods = frozenset({PaymentMethod.DANA})
            unit.history.page(HistoryFilter(statuses=frozenset({status})), None, 0, 10)
            unit.history.page(HistoryFilter(methods=methods), None, 0, 10)
        unit.history.page(HistoryFilter(needs_answer=True), None, 0, 10)
        cursor.connection.set_trace_callback(None)
        plans = [
            step
            for statement in asked
            for *_, step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
        assert connection.execute(text("SELECT 1")).scalar() == 1
    assert plans
    walks = [step for step in plans if step.startswith("SCAN") and "needing" not in step]
    assert [step for step in walks if "history" in step] == []
    store.close()
