"""The journal on both databases: it grows, it cannot be rewritten, and a broken link is named."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pos_app.domain.errors import JournalBrokenError, StorageError
from pos_app.storage.journal import FIRST_PREVIOUS, JournalHead, entry_hash
from pos_app.storage.types import to_microseconds
from tests.fakes.ledger import NOON, SECOND, undone

WRITERS = ("till:T1:aaaaaaaa", "till:T2:bbbbbbbb", "watcher:T1:cccccccc")


def append(store, *subjects):
    with store.write() as unit:
        for subject in subjects:
            unit.journal.append("charge.paid", subject, NOON, 1, {"status": "paid"})


def verify(store):
    with store.read() as unit:
        return unit.journal.verify()


def test_entries_come_back_chained(store):
    append(store, "charge:1", "charge:2")
    with store.read() as unit:
        first, second = unit.journal.entries()
        assert list(unit.journal.entries("charge:2")) == [second]
    assert (first.number, second.number) == (1, 2)
    assert (first.previous, second.previous) == (FIRST_PREVIOUS, first.hash)
    assert (second.at, second.kind, second.who) == (NOON, "charge.paid", 1)
    assert verify(store).heads == (JournalHead(store.writer, 2, second.hash),)


def test_an_empty_journal_holds(store):
    assert verify(store).entries == 0
    assert verify(store).heads == ()


def test_an_entry_is_gone_with_the_unit_that_failed(store):
    append(store, "charge:1")
    with undone(store) as unit:
        unit.journal.append("charge.paid", "charge:2", NOON, None, {})
    append(store, "charge:3")
    check = verify(store)
    assert (check.entries, check.heads[0].number) == (2, 2)


def test_each_writer_has_its_own_chain(ledger):
    stores = [ledger.open(writer) for writer in WRITERS]
    for turn in range(3):
        for store in stores[turn:]:
            append(store, "x")
    heads = {head.writer: head.number for head in verify(stores[0]).heads}
    assert heads == dict(zip(WRITERS, (1, 2, 3), strict=True))
    for store in stores:
        store.close()


def test_threads_and_programs_with_one_writer_keep_one_chain(ledger):
    stores = [ledger.open(), ledger.open()]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: append(stores[n % 2], f"charge:{n}"), range(60)))
    check = verify(stores[0])
    assert (check.entries, len(check.heads)) == (60, 1)
    for store in stores:
        store.close()


@pytest.mark.parametrize("statement", ["UPDATE journal SET kind = 'x'", "DELETE FROM journal"])
def test_the_database_refuses_to_rewrite_the_journal(store, statement):
    append(store, "charge:1")
    with pytest.raises(StorageError), store.write() as unit:
        unit.journal._connection.execute(text(statement))
    assert verify(store).entries == 1


def test_postgresql_refuses_to_empty_the_journal(store, ledger):
    if ledger.is_sqlite:
        return  # SQLite's TRUNCATE is DELETE
    append(store, "charge:1")
    with pytest.raises(StorageError), store.write() as unit:
        unit.journal._connection.execute(text("TRUNCATE journal"))


def guards_off(connection):
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER journal_keeps_entries"))
        connection.execute(text("DROP TRIGGER journal_keeps_everything"))
    else:
        connection.execute(text("ALTER TABLE journal DISABLE TRIGGER ALL"))


CHANGES = {
    "at": "UPDATE journal SET at = at + 1",
    "kind": "UPDATE journal SET kind = kind || '.'",
    "subject": "UPDATE journal SET subject = subject || '0'",
    "who": "UPDATE journal SET who = coalesce(who, 0) + 1",
    "body": "UPDATE journal SET body = body || ' '",
    "hash": "UPDATE journal SET hash = previous",
    "previous": "UPDATE journal SET previous = hash",
    "number": "UPDATE journal SET number = 99",
    "deleted": "DELETE FROM journal",
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lengths=st.tuples(*[st.integers(1, 6)] * len(WRITERS)),
    place=st.data(),
    column=st.sampled_from(sorted(CHANGES)),
)
def test_whatever_is_tampered_with_is_named(store, lengths, place, column):
    with undone(store) as unit:
        journal = unit.journal
        for writer, length in zip(WRITERS, lengths, strict=True):
            journal._writer = writer
            # The last is left alone: a cut tail shows in the heads, which the Z report keeps.
            for number in range(length + 1):
                journal.append("charge.paid", f"charge:{number}", NOON, None, {"n": number})
        writer = place.draw(st.sampled_from(WRITERS))
        number = place.draw(st.integers(1, lengths[WRITERS.index(writer)]))
        guards_off(journal._connection)
        change = text(f"{CHANGES[column]} WHERE writer = :writer AND number = :number")
        journal._connection.execute(change, {"writer": writer, "number": number})
        with pytest.raises(JournalBrokenError) as caught:
            journal.verify()
        assert (caught.value.writer, caught.value.number) == (writer, number)


def tampered(unit, statement):
    guards_off(unit.journal._connection)
    unit.journal._connection.execute(text(statement))
    return broken(unit)


def broken(unit):
    with pytest.raises(JournalBrokenError) as caught:
        unit.journal.verify()
    return caught.value


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE journal SET body = '{}' WHERE number = 2", 2, "its content was changed"),
        ("DELETE FROM journal WHERE number = 2", 2, "the entry is missing"),
        ("DELETE FROM journal WHERE number = 1", 1, "the entry is missing"),
        (
            "UPDATE journal SET previous = hash WHERE number = 3",
            3,
            "it does not follow the entry before it",
        ),
    ],
)
def test_the_first_broken_link_is_told_with_its_reason(store, statement, number, why):
    append(store, "charge:1", "charge:2", "charge:3", "charge:4")
    with undone(store) as unit:
        error = tampered(unit, statement)
        assert (error.writer, error.number, error.why) == (store.writer, number, why)


def test_an_entry_rewritten_with_its_hash_breaks_the_link_after_it(store):
    append(store, "charge:1", "charge:2", "charge:3")
    with undone(store) as unit:
        entries = list(unit.journal.entries())
        link = (store.writer, 2, to_microseconds(NOON), "charge.paid", "charge:2", 1, "{}")
        forged = entry_hash((*link, entries[1].previous))
        statement = text("UPDATE journal SET body = '{}', hash = :forged WHERE number = 2")
        guards_off(unit.journal._connection)
        unit.journal._connection.execute(statement, {"forged": forged})
        error = broken(unit)
        assert (error.number, error.why) == (3, "it does not follow the entry before it")


def test_a_number_that_comes_twice_is_told(store, ledger):
    if ledger.is_sqlite:
        return  # its unique rule cannot be taken away without rebuilding the table
    append(store, "charge:1", "charge:2")
    with undone(store) as unit:
        connection = unit.journal._connection
        connection.execute(text("ALTER TABLE journal DROP CONSTRAINT uq_journal_writer_number"))
        error = tampered(unit, "UPDATE journal SET number = 1")
        assert (error.number, error.why) == (1, "there are two entries with this number")


def test_a_number_cannot_come_twice_in_the_first_place(store):
    append(store, "charge:1")
    copy = "INSERT INTO journal SELECT id + 1, writer, number, at, kind, subject, who, body,"
    with pytest.raises(StorageError), store.write() as unit:
        unit.journal._connection.execute(text(f"{copy} previous, hash FROM journal"))


def test_something_that_is_no_text_in_a_chain_is_named_and_not_stumbled_over(sqlite_ledger):
    store = sqlite_ledger.open()
    append(store, "charge:1", "charge:2")
    with undone(store) as unit:
        error = tampered(unit, "UPDATE journal SET body = x'00ff' WHERE number = 2")
        assert (error.number, error.why) == (2, "its content was changed")
    store.close()


def test_floats_that_are_no_numbers_are_refused(store):
    with store.write() as unit, pytest.raises(ValueError, match="JSON"):
        unit.journal.append("x", "x", NOON, None, {"n": float("nan")})


def test_an_instant_without_a_zone_is_refused(store):
    with store.write() as unit, pytest.raises(ValueError, match="UTC"):
        unit.journal.append("x", "x", NOON.replace(tzinfo=None), None, {})
    assert verify(store).entries == 0


def test_heads_change_with_every_entry(store):
    append(store, "charge:1")
    before = verify(store).heads[0]
    append(store, "charge:1")
    after = verify(store).heads[0]
    assert after.number == before.number + 1
    assert after.hash != replace(before, number=after.number).hash


def test_time_may_run_backwards_in_a_chain(store):
    append(store, "charge:1")
    with store.write() as unit:
        unit.journal.append("clock.back", "till:T1", NOON - 86_400 * SECOND, None, {})
    assert verify(store).entries == 2


def test_a_journal_error_of_the_database_is_no_raw_database_error(store):
    with pytest.raises(StorageError) as caught, store.write() as unit:
        unit.journal._connection.execute(text("SELECT nonsense FROM journal"))
    assert isinstance(caught.value.__cause__, DBAPIError)
