"""Migrations on both databases: they make what the tables say, once, and know their limits."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import pos_app
from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus
from pos_app.domain.errors import NewerSchemaError
from pos_app.domain.history import HistoryFilter, HistoryStatus
from pos_app.domain.people import Role
from pos_app.storage.errors import ConflictError
from pos_app.storage.exports import CHARGE_COLUMNS
from pos_app.storage.schema import HEAD, KNOWN, MIGRATIONS, revision_of
from pos_app.storage.tables import Base
from tests.fakes.ledger import NOON, Ledger, a_charge, a_person, a_refund

ROOT = Path(pos_app.__file__).parents[1]


def engine_of(store):
    return store._engines.writing


def test_the_newest_migration_makes_what_the_tables_say(empty_ledger):
    store = empty_ledger.open()
    with engine_of(store).begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert revision_of(connection) == HEAD
    store.close()


def checks_and_triggers(connection):
    """What alembic does not compare: the rules inside the tables, as the database tells them."""
    inspector = inspect(connection)
    checks = {
        (table, check["name"]): "".join(str(check["sqltext"]).split())
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }
    is_sqlite = connection.dialect.name == "sqlite"
    names = "name FROM sqlite_master WHERE type = 'trigger'"
    triggers = names if is_sqlite else "DISTINCT trigger_name FROM information_schema.triggers"
    return checks, set(connection.execute(text(f"SELECT {triggers}")).scalars())


def test_the_rules_inside_the_tables_are_those_of_the_program(empty_ledger):
    store = empty_ledger.open()
    with engine_of(store).connect() as connection:  # and never committed
        migrated, triggers = checks_and_triggers(connection)
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        Base.metadata.create_all(connection)
        assert checks_and_triggers(connection)[0] == migrated
        assert "ck_charges_status" in {name for _, name in migrated}
        assert "journal_keeps_everything" in triggers
    store.close()


def test_the_program_knows_all_its_migrations():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == HEAD
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(KNOWN))


def test_down_and_up_again_changes_nothing(empty_ledger):
    store = empty_ledger.open()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine_of(store).begin() as connection:
        before = checks_and_triggers(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(config, "head")
        assert checks_and_triggers(connection) == before
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.close()


def test_a_ledger_without_refunds_gets_them_and_keeps_what_it_has(ledger):
    store = ledger.open()
    with store.write() as unit:
        known_then = frozenset(Attention) - {Attention.LIST_DISAGREES}
        paid = a_charge(unit, status=ChargeStatus.PAID, attention=known_then)
        unit.journal.append("charge_paid", paid.reference, NOON, None, {})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine_of(store).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        assert "refunds" not in inspect(connection).get_table_names()
    store.close()
    store = ledger.open()
    with store.write() as unit:
        assert unit.charges.get(paid.id) == paid
        assert unit.journal.verify().entries == 1
        assert unit.refunds.of_charge(paid.id) == ()
        refund = a_refund(unit, unit.charges.lock(paid.id))
        assert unit.refunds.get(refund.id) == refund
    store.close()


def test_people_of_a_ledger_that_knew_no_retirement_are_all_there_and_may_sign_in(ledger):
    store = ledger.open()
    with store.write() as unit:
        people = (a_person(unit), a_person(unit, "Priya", Role.MANAGER))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine_of(store).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
        columns = {one["name"] for one in inspect(connection).get_columns("people")}
        assert "retired_at" not in columns
    store.close()
    store = ledger.open()
    with store.read() as unit:
        assert unit.people.all() == people
    store.close()


def test_what_needs_an_answer_stays_when_one_more_reason_is_allowed(ledger):
    store = ledger.open()
    known_then = frozenset(Attention) - {Attention.LIST_DISAGREES}
    with store.write() as unit:
        before = a_charge(unit, status=ChargeStatus.PAID, attention=known_then)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine_of(store).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    store.close()
    store = ledger.open()
    with store.write() as unit:
        assert unit.charges.lock(before.id) == before
        after = replace(before, attention=before.attention | {Attention.LIST_DISAGREES})
        unit.charges.save(after)
        assert unit.charges.get(before.id) == after
    with pytest.raises(ConflictError), store.write() as unit:  # one open attention of a kind
        unit.charges._raise_attention(before.id, [Attention.STOPPED])
    store.close()


def test_what_was_settled_by_hand_before_is_called_so_in_the_list(ledger):
    store = ledger.open()
    with store.write() as unit:
        called = {
            decision: a_charge(
                unit,
                status=ChargeStatus.UNKNOWN,
                decision=decision,
                decision_note="seen",
                decided_at=NOON,
                decided_by=a_person(unit, f"Priya {decision}", Role.MANAGER).id,
                attention=attention,
            )
            for decision, attention in (
                (ChargeDecision.PAID, frozenset()),
                (ChargeDecision.NOT_PAID, frozenset({Attention.WATCH_ENDED})),
                (ChargeDecision.STILL_NOT_KNOWN, frozenset()),
            )
        }
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine_of(store).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0015")
        told = connection.execute(text("SELECT status FROM history ORDER BY charge_id"))
        assert list(told.scalars()) == ["unknown"] * 3
    store.close()
    store = ledger.open()
    with store.read() as unit:
        shown = [unit.history.row(one.id, HistoryFilter()).status.value for one in called.values()]
        (found,) = unit.history.page(
            HistoryFilter(statuses=frozenset({HistoryStatus.CALLED_NOT_PAID})), None, 0, 9
        )
        exported = {
            row[0]: row[CHARGE_COLUMNS.index("decision")] for row in unit.exports.charges()
        }
    assert shown == ["called_paid", "called_not_paid", "unknown"]
    assert found.charge_id == called[ChargeDecision.NOT_PAID].id
    assert exported == {one.id: decision.value for decision, one in called.items()}
    store.close()


def test_opening_again_keeps_everything(ledger):
    store = ledger.open()
    with store.write() as unit:
        assert unit.tills.next_number("T1") == 1
    store.close()
    store = ledger.open()
    with store.write() as unit:
        assert unit.tills.next_number("T1") == 2
    store.close()


def test_two_programs_may_open_an_empty_ledger_at_once(empty_ledger):
    with ThreadPoolExecutor(2) as pool:
        stores = list(pool.map(lambda _: empty_ledger.open(), range(2)))
    for number, store in enumerate(stores, start=1):
        with store.write() as unit:
            assert unit.tills.next_number("T1") == number
    for store in stores:
        store.close()


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(ledger):
    store = ledger.open()
    with engine_of(store).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE about SET value = '7.1.0'"))
    store.close()
    with pytest.raises(NewerSchemaError) as caught:
        ledger.open()
    assert "install version 7.1.0 or newer" in str(caught.value)
    assert pos_app.__version__ in str(caught.value)


def test_alembic_stays_out_of_an_ordinary_start(sqlite_ledger):
    script = (
        "import sys; from pathlib import Path; from pos_app.storage.store import open_store;"
        f"open_store(None, Path({str(sqlite_ledger.file)!r}), 'till:T1:x').close();"
        "print('alembic' in sys.modules)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_migrations_run_from_a_folder_with_odd_characters(tmp_path):
    file = tmp_path / "50% off, Größe 茶" / "till.sqlite3"
    store = Ledger(None, file).open()
    store.close()
    assert file.exists()
