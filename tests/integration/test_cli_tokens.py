"""`pos-app tokens` as a process: the token from a pipe, never in an argument, never shown."""

import subprocess

import pytest

from pos_app.config.secrets import Secret, credentials_name
from pos_app.domain.charges import ChargeStatus
from tests.fakes.command import COMMAND, NOWHERE, run, surroundings
from tests.fakes.ledger import NOON, a_charge

OLD, NEW = "token-of-last-year", "token-of-this-year"


@pytest.fixture
def store(sqlite_ledger):
    opened = sqlite_ledger.open()
    yield opened
    opened.close()


def piped(folder, words, *arguments):
    done = subprocess.run(
        [*COMMAND, "tokens", *arguments],
        input=words,
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=60,
        check=False,
    )
    assert not any(one in done.stdout + done.stderr for one in (OLD, NEW))
    return done


def a_payment(store, token):
    name = credentials_name(Secret(token), NOWHERE)
    with store.write() as unit:
        a_charge(unit, credentials=name, status=ChargeStatus.PAID, paid_at=NOON)
    return name


def test_it_lists_every_service(store, tmp_path):
    done = run(tmp_path, "tokens")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "citcon_chop",
        "citcon_online",
        "citcon_instore",
        "jpay",
    ]
    assert run(tmp_path, "tokens", "list").stdout == done.stdout


def test_a_token_from_a_pipe_is_kept_and_the_one_before_with_it(store, tmp_path):
    assert piped(tmp_path, f"{OLD}\n", "set", "citcon_chop").returncode == 0
    name = a_payment(store, OLD)
    assert piped(tmp_path, f"{NEW}\n", "set", "citcon_chop").returncode == 0
    listed = run(tmp_path, "tokens").stdout
    assert f"{credentials_name(Secret(NEW), NOWHERE)} in the file, set " in listed
    assert f"{name} earlier, kept; payments that need it: 0 open, 1 refundable" in listed
    with store.read() as work:
        kinds = [(one.kind, one.who) for one in work.journal.entries("service citcon_chop")]
    assert kinds == [("token_set", None), ("token_set", None)]


def test_a_token_that_payments_need_is_not_removed(store, tmp_path):
    piped(tmp_path, OLD, "set", "citcon_chop")
    a_payment(store, OLD)
    done = piped(tmp_path, "", "remove", "citcon_chop")
    assert done.returncode == 1
    assert done.stderr.startswith("1 payment needs this token")


def test_a_token_that_nothing_needs_is_removed(store, tmp_path):
    piped(tmp_path, OLD, "set", "citcon_chop")
    assert piped(tmp_path, "", "remove", "citcon_chop").returncode == 0
    assert OLD not in (tmp_path / "secrets.json").read_text()
    done = piped(tmp_path, "", "remove", "citcon_chop")
    assert (done.returncode, done.stderr) == (1, "There is no such token here.\n")


def test_a_lost_earlier_token_is_brought_back_for_its_payments(store, tmp_path):
    piped(tmp_path, NEW, "set", "citcon_chop")
    name = a_payment(store, OLD)
    assert f"{name} earlier, not kept here" in run(tmp_path, "tokens").stdout
    wrong = piped(tmp_path, "token-of-nobody", "set", "citcon_chop", "--earlier")
    assert (wrong.returncode, "No payment" in wrong.stderr) == (1, True)
    assert piped(tmp_path, OLD, "set", "citcon_chop", "--earlier").returncode == 0
    assert f"{name} earlier, kept" in run(tmp_path, "tokens").stdout


@pytest.mark.parametrize("words", ["", "\n", "two words\n"])
def test_what_is_no_token_is_refused(store, tmp_path, words):
    assert piped(tmp_path, words, "set", "citcon_chop").returncode == 1
    assert not (tmp_path / "secrets.json").exists()


@pytest.mark.parametrize("arguments", [["set"], ["list", "jpay"], ["set", "paypal"], ["burn"]])
def test_wrong_usage_is_told(store, tmp_path, arguments):
    assert run(tmp_path, "tokens", *arguments).returncode == 2


def test_the_environments_token_stays(store, tmp_path):
    done = subprocess.run(
        [*COMMAND, "tokens", "set", "citcon_chop"],
        input=NEW,
        capture_output=True,
        text=True,
        env=surroundings(tmp_path, POS_APP_CITCON_CHOP_TOKEN=OLD),
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "POS_APP_CITCON_CHOP_TOKEN" in done.stderr
