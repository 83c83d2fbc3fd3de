"""`pos-app export` as a process: its rows, its file, its end."""

import csv
import io
import json
import subprocess

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.paths import DataPaths
from pos_app.storage.exports import CHARGE_COLUMNS, JOURNAL_COLUMNS, REFUND_COLUMNS, SHIFT_COLUMNS
from tests.fakes.command import COMMAND, run, surroundings
from tests.fakes.ledger import NOON, SECOND, a_charge, a_person, a_refund


@pytest.fixture
def folder(sqlite_ledger, tmp_path):
    """A data folder with a shift of Mei Lin, two charges and two journal entries."""
    store = sqlite_ledger.open()
    with store.write() as unit:
        a_charge(unit, refusal="=cmd|' /C calc'!A0", status=ChargeStatus.REFUSED)
        a_charge(unit, created_at=NOON + SECOND)
        unit.journal.append("charge_created", "a", NOON, None, {"note": "梅"})
        unit.journal.append("charge_created", "b", NOON + SECOND, None, {})
    store.close()
    return tmp_path


def as_dicts(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_charges_come_as_csv_with_their_stable_columns(folder):
    done = run(folder, "export", "charges", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == ",".join(CHARGE_COLUMNS)
    first, second = as_dicts(done.stdout)
    assert (first["amount_minor"], first["amount"], first["currency"]) == ("4250", "42.50", "USD")
    assert first["created_at"] == "2026-07-12T10:21:33.123456Z"
    assert first["cashier"] == "Mei Lin"
    assert first["refusal"] == "'=cmd|' /C calc'!A0"
    assert second["refusal"] == ""


def test_the_journal_comes_as_json_lines_that_keep_the_hashed_text(folder):
    done = run(folder, "export", "journal", "--format", "jsonl", LC_ALL="C")
    assert done.returncode == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert tuple(first) == JOURNAL_COLUMNS
    assert first["body"] == '{"note":"梅"}'
    assert (first["number"], second["number"]) == (1, 2)
    assert second["previous"] == first["hash"]


def test_every_export_is_journalled_without_its_contents(folder):
    run(folder, "export", "charges", "--since", "2026-07-12", "--out", str(folder / "o.csv"))
    done = run(folder, "export", "journal", "--format", "jsonl")
    last = json.loads(done.stdout.splitlines()[-1])
    assert (last["kind"], last["subject"], last["who"]) == ("exported", "export:charges", None)
    told = json.loads(last["body"])
    assert (told["format"], told["count"], told["until"]) == ("csv", 2, None)
    assert set(told) == {"format", "count", "since", "until"}
    assert run(folder, "journal", "verify").returncode == 0


def test_shifts_are_written_too(folder):
    [shift] = as_dicts(run(folder, "export", "shifts").stdout)
    assert tuple(shift) == SHIFT_COLUMNS
    assert shift["opened_by_name"] == "Mei Lin"


def test_refunds_come_with_their_payment_and_who_approved_them(sqlite_ledger, tmp_path):
    store = sqlite_ledger.open()
    with store.write() as unit:
        charge = a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON)
        a_refund(unit, charge)
    store.close()
    [refund] = as_dicts(run(tmp_path, "export", "refunds").stdout)
    assert tuple(refund) == REFUND_COLUMNS
    assert (refund["reference"], refund["charge_reference"]) == (
        f"{charge.reference}-R1",
        charge.reference,
    )
    assert (refund["amount"], refund["status"]) == ("12.50", "requested")
    assert refund["approved_by_name"] == "Mei Lin"


def test_bounds_take_the_first_instant_and_leave_the_last(folder):
    times = ("--since", NOON.isoformat(), "--until", (NOON + SECOND).isoformat())
    done = run(folder, "export", "journal", *times)
    assert [row["subject"] for row in as_dicts(done.stdout)] == ["a"]


def test_nothing_in_that_time_is_a_header_alone(folder):
    done = run(folder, "export", "charges", "--since", "2030-01-01")
    assert (done.returncode, done.stdout) == (0, ",".join(CHARGE_COLUMNS) + "\r\n")


def test_a_file_has_what_the_output_would_have(folder):
    file = folder / "charges.csv"
    done = run(folder, "export", "charges", "--out", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.read_bytes().decode() == run(folder, "export", "charges").stdout


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(folder):
    file = folder / "nowhere" / "charges.csv"
    done = run(folder, "export", "charges", "--out", str(file))
    assert done.returncode == 1
    assert done.stderr == f"The system refused: No such file or directory ({file}).\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "required: charges|refunds|journal|shifts"),
        (["people"], "“people” can't be exported"),
        (["charges", "--format", "xml"], "xml"),
        (["charges", "--since", "soon"], "“soon” is neither a day nor an instant"),
        (
            ["charges", "--since", "2026-07-13", "--until", "2026-07-12"],
            "--since must be before --until",
        ),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(tmp_path, arguments, words):
    done = run(tmp_path, "export", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_mistyped_folder_does_not_become_an_empty_ledger(tmp_path):
    folder = tmp_path / "typo"
    done = run(folder, "export", "charges")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no ledger in {folder} yet: nothing has been sold there.\n"
    assert not DataPaths(folder).database.exists()


def test_settings_that_cannot_be_used_are_named(folder):
    DataPaths(folder).config.write_text("[store]\ncurrency = 'DOLLARS'\n")
    done = run(folder, "export", "charges")
    assert done.returncode == 1
    assert "store.currency" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_damaged_ledger_is_told_in_a_sentence_and_leaves_no_file(folder):
    DataPaths(folder).database.write_bytes(b"not a database" * 1000)
    file = folder / "charges.csv"
    done = run(folder, "export", "charges", "--out", str(file))
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not file.exists()


def test_training_is_a_ledger_of_its_own(folder, sqlite_template):
    paths = DataPaths(folder).training
    paths.root.mkdir()
    paths.database.write_bytes(sqlite_template.read_bytes())
    assert as_dicts(run(folder, "export", "charges", "--training").stdout) == []
    assert len(as_dicts(run(folder, "export", "charges").stdout)) == 2


def test_a_reader_that_has_seen_enough_ends_it_quietly(sqlite_ledger, tmp_path):
    store = sqlite_ledger.open()
    with store.write() as unit:
        person = a_person(unit)
        for _ in range(3_000):
            unit.journal.append("test", "x", NOON, person.id, {"words": "x" * 100})
    store.close()
    with subprocess.Popen(
        [*COMMAND, "export", "journal"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(tmp_path),
    ) as export:
        export.stdout.readline()
        export.stdout.close()
        assert export.stderr.read() == b""
        assert export.wait(30) == 1


def test_a_reader_that_reads_nothing_at_all_ends_it_quietly_too(folder):
    with subprocess.Popen(
        [*COMMAND, "export", "shifts"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(folder),
    ) as export:
        export.stdout.close()
        assert export.stderr.read() == b""
        assert export.wait(30) == 1


def test_it_is_exported_while_the_till_runs(sqlite_ledger, folder):
    till = sqlite_ledger.open()
    with till.write() as unit:
        unit.journal.append("test", "c", NOON, None, {})
    done = run(folder, "export", "journal")
    till.close()
    assert done.returncode == 0
    assert [row["subject"] for row in as_dicts(done.stdout)] == ["a", "b", "c"]
