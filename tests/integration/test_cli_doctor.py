"""`pos-app doctor` as a process, on real ledgers and against the simulator."""

import json
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.config.secrets import Secret, credentials_name
from pos_app.paths import DataPaths
from pos_app.services.doctor import books
from pos_app.services.doctor.verdicts import Level
from tests.fakes.command import run
from tests.fakes.ledger import NOON, a_charge
from tests.fakes.running_simulator import TOKEN, running_simulator

SECRET = "the-token-of-a-real-shop"


def doctor(folder, *arguments, **variables):
    """Run the command; the exit code, its findings by subject, and what is on stderr."""
    done = run(folder, "doctor", "--json", *arguments, **variables)
    checks = json.loads(done.stdout)["checks"]
    return done.returncode, {one["subject"]: one for one in checks}, done.stderr


def levels(found):
    return {subject: one["level"] for subject, one in found.items()}


@pytest.fixture
def folder(sqlite_ledger, tmp_path):
    """A data folder with a small ledger."""
    tmp_path.chmod(0o700)
    store = sqlite_ledger.open()
    with store.write() as unit:
        charge = a_charge(unit, credentials=credentials_name(Secret(TOKEN)))
        unit.journal.append("charge_created", charge.reference, NOON, None, {})
    store.close()
    return tmp_path


def test_a_computer_that_is_well_ends_with_0(folder):
    with running_simulator() as simulator:
        code, found, errors = doctor(
            folder,
            POS_APP_CITCON_CHOP_BASE_URL=simulator.url,
            POS_APP_CITCON_CHOP_TOKEN=TOKEN,
        )
    assert (code, errors) == (0, "")
    assert "trouble" not in levels(found).values()
    ok = ("Program", "Window system", "Data folder", "Settings", "Ledger", "Journal", "Token")
    assert {subject: found[subject]["level"] for subject in (*ok, "Clock")} == dict.fromkeys(
        (*ok, "Clock"), "ok"
    )
    assert found["Journal"]["text"] == "The journal is whole: entries 1, writers 1."
    assert "knows the token" in found["Citcon"]["text"]
    assert found["Earlier tokens"]["text"].endswith("earlier ones: 0.")


def test_it_prints_a_line_for_each_check_and_the_trouble_in_one_sentence(folder):
    done = run(folder, "doctor", POS_APP_CITCON_CHOP_TOKEN=SECRET)
    assert done.returncode == 1
    assert done.stderr == "There is trouble with: Citcon, Earlier tokens.\n"
    lines = done.stdout.splitlines()
    assert len(lines) == 16
    assert all(line.split()[0] in {"ok", "warning", "trouble", "skipped"} for line in lines)
    citcon, earlier = [line for line in lines if line.startswith("trouble")]
    assert "Earlier tokens: Payments were made with tokens that aren't here" in earlier
    assert "Citcon: Citcon can't be reached" in citcon
    assert "Check the network" in citcon


def test_a_wrong_token_is_trouble_and_is_never_shown(folder):
    with running_simulator() as simulator:
        code, found, errors = doctor(
            folder,
            POS_APP_CITCON_CHOP_BASE_URL=simulator.url,
            POS_APP_CITCON_CHOP_TOKEN=SECRET,
        )
    assert code == 1
    assert found["Citcon"]["level"] == "trouble"
    assert "doesn't know the token" in found["Citcon"]["text"]
    assert SECRET not in json.dumps(found) + errors


def test_a_token_in_the_file_is_a_warning(folder):
    secrets = DataPaths(folder).secrets
    secrets.write_text(json.dumps({"citcon_chop.token": SECRET}))
    secrets.chmod(0o600)
    _, found, _ = doctor(folder)
    assert found["Token"]["level"] == "warning"
    assert SECRET not in json.dumps(found)


def test_a_new_computer_is_told_what_is_missing_and_nothing_is_made(tmp_path):
    folder = tmp_path / "new"
    code, found, errors = doctor(folder)
    assert (code, errors) == (1, "There is trouble with: Token.\n")
    assert "POS_APP_CITCON_CHOP_TOKEN" in found["Token"]["advice"]
    assert found["Ledger"]["text"].startswith("There is none yet")
    assert not DataPaths(folder).database.exists()


def test_settings_that_cannot_be_used_leave_the_rest_to_be_checked(folder):
    DataPaths(folder).config.write_text("[store]\ncurrency = 'DOLLARS'\n")
    code, found, errors = doctor(folder)
    assert (code, errors) == (1, "There is trouble with: Settings.\n")
    assert "store.currency" in found["Settings"]["text"]
    assert found["Window system"]["level"] == "ok"
    assert found["Ledger"]["level"] == "skipped"


def test_a_broken_journal_is_trouble_with_its_broken_link(folder):
    with closing(sqlite3.connect(DataPaths(folder).database)) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE journal SET body = '[]'")
        database.commit()
    code, found, _ = doctor(folder)
    assert code == 1
    assert "entry 1 of till:T1:abcdefgh: its content was changed" in found["Journal"]["text"]


def test_a_damaged_ledger_is_trouble(folder):
    DataPaths(folder).database.write_bytes(b"not a database" * 1000)
    code, found, _ = doctor(folder)
    assert code == 1
    assert "is damaged" in found["Ledger"]["text"]


def test_a_ledger_of_a_newer_program_is_told_and_left_alone(folder):
    file = DataPaths(folder).database
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    code, found, _ = doctor(folder)
    assert code == 1
    assert "newer QR Till" in found["Ledger"]["text"]
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("9999",)
        ]


def test_training_needs_neither_token_nor_payment_service(folder):
    code, found, errors = doctor(folder, "--training")
    assert (code, errors) == (0, "")
    assert found["Token"]["level"] == "skipped"
    assert str(DataPaths(folder).training.root) in found["Data folder"]["text"]


def test_without_a_display_the_other_checks_go_on(folder):
    code, found, _ = doctor(
        folder,
        QT_QPA_PLATFORM="",
        DISPLAY="",
        WAYLAND_DISPLAY="",
        POS_APP_CITCON_CHOP_TOKEN=SECRET,
    )
    assert code == 1
    assert "no display" in found["Screens"]["text"]
    assert levels(found)["Window system"] == "ok"


def test_a_display_that_does_not_answer_ends_only_the_process_that_asked(folder):
    code, found, _ = doctor(folder, QT_QPA_PLATFORM="xcb", DISPLAY=":4242")
    assert code == 1
    assert found["Screens"]["level"] == "trouble"
    assert "No window can open" in found["Screens"]["text"]
    assert found["Window system"]["level"] == "ok"


def test_the_doctor_leaves_the_ledger_as_it_is(folder):
    def state():
        with closing(sqlite3.connect(DataPaths(folder).database)) as database:
            return list(database.iterdump())

    before = state()
    doctor(folder)
    assert state() == before
    assert stat.S_IMODE(DataPaths(folder).database.stat().st_mode) == 0o600


def test_an_entry_from_the_future_means_that_the_clock_was_set_back(ledger):
    at = datetime.now(UTC) + timedelta(hours=1)
    store = ledger.open()
    with store.write() as unit:
        unit.journal.append("test", "x", at, None, {})
    store.close()
    found = books.journal(ledger.url or "", ledger.file, datetime.now(UTC))
    assert found.level is Level.WARNING
    assert "later than this computer's clock" in found.text
    assert books.journal(ledger.url or "", ledger.file, at).level is Level.OK


def test_an_empty_database_is_brought_up_to_date_by_the_till_not_by_the_doctor(empty_ledger):
    if empty_ledger.is_sqlite:
        empty_ledger.file.touch()
    place = (empty_ledger.url or "", empty_ledger.file)
    for _ in range(2):
        assert "next start of the till" in books.ledger(*place).text
    assert books.journal(*place, NOON).level is Level.SKIPPED


def test_wrong_usage_is_one_sentence_and_exit_code_2(tmp_path):
    done = run(tmp_path, "doctor", "--mend")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("is_on", "told"), [("yes", ["warning"]), ("no", [])])
def test_it_says_when_cashiers_may_key_cards(folder, is_on, told):
    _, found, _ = doctor(folder, POS_APP_JPAY_ALLOW_KEYED_CARDS=is_on)
    assert [one["level"] for subject, one in found.items() if subject == "Keyed cards"] == told


def test_a_token_that_payments_were_made_with_is_missed(folder):
    code, found, _ = doctor(folder, POS_APP_CITCON_CHOP_TOKEN="another-token")
    name = credentials_name(Secret(TOKEN))
    assert code == 1
    assert found["Earlier tokens"]["level"] == "trouble"
    assert f"citcon_chop {name} (1, T1-260712" in found["Earlier tokens"]["text"]
    assert TOKEN not in json.dumps(found)
