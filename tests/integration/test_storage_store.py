"""Units of work on both databases: all or nothing, side by side, and plain words for trouble."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

import pos_app
from pos_app.domain.errors import DatabaseReadOnlyError, DiskFullError, StorageError
from pos_app.storage.engine import engines_for
from tests.fakes.ledger import NOON, Ledger, a_charge, a_sale, undone

ROOT = Path(pos_app.__file__).parents[1]
NOBODY = 65_534


def connection_of(unit):
    return unit.charges._connection


def test_an_exception_leaves_nothing_behind(store):
    with store.write() as unit:
        charge = a_charge(unit)
    with undone(store) as unit:
        unit.charges.save(replace(unit.charges.lock(charge.id), code="x"))
        a_sale(unit)
        unit.tills.next_number("T1")
        unit.journal.append("x", "x", NOON, None, {})
    with store.write() as unit:
        assert unit.charges.get(charge.id) == charge
        assert unit.tills.next_number("T1") == 1
        assert unit.journal.verify().entries == 0


def test_the_ledger_goes_on_after_a_refused_change(store):
    for _ in range(20):
        with pytest.raises(StorageError), store.write() as unit:
            a_charge(unit, sale_id=4711)
    with store.write() as unit:
        assert a_charge(unit).id


def test_what_is_written_is_seen_by_the_next_unit_and_by_another_program(ledger):
    here, there = ledger.open("till:T1:a"), ledger.open("till:T2:b")
    with here.write() as unit:
        charge = a_charge(unit)
        with there.read() as other, pytest.raises(KeyError):
            other.charges.get(charge.id)
    with there.read() as other:
        assert other.charges.get(charge.id) == charge
    here.close()
    there.close()


def test_a_reading_unit_cannot_change_anything(store):
    with pytest.raises(DatabaseReadOnlyError), store.read() as unit:
        unit.tills.next_number("T1")


def test_a_reading_unit_does_not_wait_for_a_writing_one(store):
    with store.write() as unit:
        a_charge(unit)
        with store.read() as other:
            assert other.charges.count_living() == 0


def test_changes_at_the_same_instant_are_all_kept(ledger):
    stores = [ledger.open("till:T1:aaaaaaaa"), ledger.open("till:T2:bbbbbbbb")]
    with stores[0].write() as unit:
        charge = a_charge(unit, refusal="0")

    def count_up(turn):
        with stores[turn % 2].write() as unit:
            locked = unit.charges.lock(charge.id)
            unit.charges.save(replace(locked, refusal=str(int(locked.refusal) + 1)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(60)))
    with stores[0].read() as unit:
        assert unit.charges.get(charge.id).refusal == "60"
    for store in stores:
        store.close()


CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from pos_app.storage.engine import engines_for
from tests.fakes.ledger import NOON, Ledger, a_charge
store = Ledger(sys.argv[1] or None, Path(sys.argv[2])).open(sys.argv[3])
"""
KEEPS_WRITING = """
for number in range(40):
    with store.write() as unit:
        a_charge(unit, reference=f"{sys.argv[3]}-{number}", till_code=sys.argv[4])
        unit.journal.append("charge.created", "x", NOON, None, {"n": number})
"""
DIES_HALFWAY = """
with store.write() as unit:
    kept = a_charge(unit)
    unit.journal.append("charge.created", "x", NOON, None, {})
with store.write() as unit:
    unit.charges.save(replace(unit.charges.lock(kept.id), code="x"))
    a_charge(unit)
    unit.journal.append("charge.created", "x", NOON, None, {})
    print(kept.id, flush=True)
    sys.stdin.read()
"""


def start(ledger, script, writer, till_code="T1"):
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            CHILD + script,
            ledger.url or "",
            str(ledger.file),
            writer,
            till_code,
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_write_side_by_side(ledger):
    programs = [start(ledger, KEEPS_WRITING, f"till:{code}", code) for code in ("T1", "T2")]
    for program in programs:
        program.communicate(timeout=60)
        assert program.returncode == 0
    store = ledger.open()
    with store.read() as unit:
        assert unit.charges.count_living() == 80
        assert unit.journal.verify().entries == 80
    store.close()


def test_a_program_killed_halfway_leaves_its_last_commit(ledger):
    program = start(ledger, DIES_HALFWAY, "till:T1:abcdefgh")
    with program:
        charge_id = int(program.stdout.readline())
        program.send_signal(signal.SIGKILL)
    store = ledger.open()
    with store.write() as unit:  # the lock is free again
        assert [charge.id for charge in unit.charges.living()] == [charge_id]
        assert unit.charges.lock(charge_id).code is None
        assert unit.journal.verify().entries == 1
        unit.journal.append("x", "x", NOON, None, {})
        assert unit.journal.verify().entries == 2
    store.close()


def test_every_sqlite_commit_is_on_disk_before_it_is_told(sqlite_ledger):
    store = sqlite_ledger.open()
    with store.write() as unit:
        pragmas = {
            name: connection_of(unit).execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    store.close()


def test_postgresql_commits_are_on_disk_even_where_the_server_is_lax(postgres_server, ledger):
    if ledger.is_sqlite:
        return
    store = ledger.open()
    with store.write() as unit:
        name = connection_of(unit).execute(text("SELECT current_database()")).scalar()
        connection_of(unit).execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    store.close()
    store = ledger.open()
    with store.write() as unit:
        assert connection_of(unit).execute(text("SHOW synchronous_commit")).scalar() == "on"
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_only_this_user_can_read_the_files(tmp_path):
    file = tmp_path / "new" / "till.sqlite3"
    store = Ledger(None, file).open()
    with store.write() as unit:
        a_sale(unit)
    modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in file.parent.iterdir()}
    assert modes == {"till.sqlite3": 0o600, "till.sqlite3-wal": 0o600, "till.sqlite3-shm": 0o600}
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_file_that_others_could_read_is_closed_to_them(sqlite_ledger):
    sqlite_ledger.file.chmod(0o644)
    sqlite_ledger.open().close()
    assert stat.S_IMODE(sqlite_ledger.file.stat().st_mode) == 0o600


@contextmanager
def as_nobody():
    """Lose root's rights for a while, so that file modes count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
@pytest.mark.parametrize("is_there", [True, False], ids=["file", "folder"])
def test_a_read_only_place_is_told_by_its_name(sqlite_template, is_there):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "till.sqlite3"
        if is_there:
            file.write_bytes(sqlite_template.read_bytes())
            file.chmod(0o444)
        Path(folder).chmod(0o555)
        with as_nobody(), pytest.raises(DatabaseReadOnlyError) as caught:
            Ledger(None, file).open()
        Path(folder).chmod(0o755)
    assert str(caught.value) == f"The ledger in the file {file} can't be written: it is read-only."


def test_a_ledger_that_becomes_read_only_says_so(store, ledger):
    if ledger.is_sqlite:
        lock = "PRAGMA query_only = ON"
    else:
        lock = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    with store.write() as unit:
        connection_of(unit).execute(text(lock))
    with pytest.raises(DatabaseReadOnlyError), store.write() as unit:
        a_sale(unit)


def test_a_read_only_postgresql_is_refused_at_once(ledger):
    if ledger.is_sqlite:
        return
    store = ledger.open()
    with store.write() as unit:
        name = connection_of(unit).execute(text("SELECT current_database()")).scalar()
        connection_of(unit).execute(
            text(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        )
    store.close()
    with pytest.raises(DatabaseReadOnlyError):
        ledger.open()


def test_a_full_disk_is_told_and_loses_nothing(sqlite_ledger):
    store = sqlite_ledger.open()
    with store.write() as unit:
        charge = a_charge(unit)
        pages = connection_of(unit).execute(text("PRAGMA page_count")).scalar()
        connection_of(unit).execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DiskFullError) as caught, store.write() as unit:
        unit.charges.save(replace(unit.charges.lock(charge.id), refusal="x" * 100_000))
    assert str(sqlite_ledger.file) in str(caught.value)
    with store.write() as unit:
        connection_of(unit).execute(text("PRAGMA max_page_count = 1000000"))
        assert unit.charges.lock(charge.id) == charge
        unit.charges.save(replace(charge, refusal="x" * 100_000))
    store.close()


def test_a_ledger_held_by_another_program_is_told(sqlite_ledger, monkeypatch):
    monkeypatch.setattr("pos_app.storage.engine.LOCK_TIMEOUT_S", 0)
    store = sqlite_ledger.open()
    other = sqlite3.connect(sqlite_ledger.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="held by another program"), store.write():
        pass
    other.close()
    with store.write() as unit:
        a_sale(unit)
    store.close()


def test_a_unit_inside_a_unit_is_told_instead_of_waiting_for_ever(store, monkeypatch):
    monkeypatch.setattr("pos_app.storage.store.LOCK_TIMEOUT_S", 0)
    with pytest.raises(StorageError, match="busy"), store.write(), store.write():
        pass


def test_a_damaged_file_is_told(tmp_path):
    file = tmp_path / "till.sqlite3"
    file.write_bytes(b"This is no database at all. " * 200)
    with pytest.raises(StorageError, match="is damaged") as caught:
        Ledger(None, file).open()
    assert str(file) in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    with pytest.raises(StorageError) as caught:
        Ledger(None, tmp_path).open()
    assert str(tmp_path) in str(caught.value)


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path):
    url = "postgresql://till:s3cret@127.0.0.1:1/ledger"
    with pytest.raises(StorageError) as caught:
        Ledger(url, tmp_path / "unused").open()
    assert str(caught.value) == (
        "The ledger in the database ledger on 127.0.0.1 can't be reached: "
        "check the server and the database setting."
    )
    assert "s3cret" not in repr(caught.value.__cause__)


def test_a_database_that_is_not_there_is_told(postgres_server, tmp_path):
    url = postgres_server.get_uri("nowhere")
    with pytest.raises(StorageError, match="can't be reached"):
        Ledger(url, tmp_path / "unused").open()


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql+psycopg://"])
def test_postgresql_may_be_spelt_as_it_usually_is(postgres_server, tmp_path, prefix):
    url = postgres_server.get_uri("template1").replace("postgresql://", prefix)
    engines = engines_for(url, tmp_path / "unused")
    with engines.reading.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engines.dispose()
