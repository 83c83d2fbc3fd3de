"""`pos-app people` as a process: who is there, and a new PIN without a manager."""

import os
import subprocess
import sys
import time

import pytest

from pos_app.domain.errors import SignInError, WrongPinError
from pos_app.domain.people import Role
from pos_app.services.clock import SystemClock
from pos_app.services.people import People
from tests.fakes.command import COMMAND, run, surroundings
from tests.fakes.till import CHEAP

OLD, NEW = "864209", "75319862"


@pytest.fixture
def ledger(sqlite_ledger):
    store = sqlite_ledger.open()
    people = People(store, SystemClock(), CHEAP)
    people.add_first_manager("Priya", OLD)
    people.add("Mei Lin", "4711", Role.CASHIER)
    store.close()
    return sqlite_ledger


@pytest.fixture
def people(ledger):
    """Hashes as the command does; with what the fixture hashed cheaply it agrees too."""
    store = ledger.open()
    yield People(store, SystemClock())
    store.close()


def piped(folder, pin, *arguments):
    done = subprocess.run(
        [*COMMAND, "people", "reset-pin", *arguments],
        input=pin,
        capture_output=True,
        text=True,
        env=surroundings(folder),
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def lock_out(people, person):
    for _ in range(5):
        with pytest.raises(SignInError):
            people.sign_in(person.id, "000000")


def test_it_lists_who_may_sign_in_and_who_is_locked(people, tmp_path):
    lock_out(people, people.named("Priya"))
    until = people.named("Priya").locked_until.astimezone()
    done = run(tmp_path, "people")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Priya    manager  locked until {until:%H:%M}",
        "Mei Lin  cashier",
    ]
    assert run(tmp_path, "people", "list").stdout == done.stdout


def test_a_pin_from_a_pipe_replaces_the_lost_one_and_unlocks(people, tmp_path):
    priya = people.named("Priya")
    lock_out(people, priya)
    said = (0, "Priya signs in with the new PIN from now on.\n", "")
    assert piped(tmp_path, f"{NEW}\n", "priya") == said
    assert people.approve(priya.id, NEW)
    with pytest.raises(WrongPinError):
        people.sign_in(priya.id, OLD)


def test_it_is_in_the_journal_without_the_pin(people, ledger, tmp_path):
    piped(tmp_path, NEW, "Priya")
    store = ledger.open()
    with store.read() as unit:
        last = list(unit.journal.entries())[-1]
    store.close()
    assert (last.kind, last.subject, last.who) == ("person_pin_reset", "person 1", None)
    assert run(tmp_path, "journal", "verify").returncode == 0
    kept = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not [text for text in kept if NEW.encode() in text]


@pytest.mark.parametrize(
    ("pin", "name", "words"),
    [
        ("4711\n", "Priya", "A manager's PIN has 6 to 8 digits.\n"),
        ("", "Priya", "A manager's PIN has 6 to 8 digits.\n"),
        (f"{NEW}\n", "Nobody", "Nobody called “Nobody” can sign in.\n"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_and_changes_nothing(
    people, tmp_path, pin, name, words
):
    assert piped(tmp_path, pin, name) == (1, "", words)
    assert people.approve(people.named("Priya").id, OLD)


@pytest.mark.parametrize("arguments", [("reset-pin",), ("list", "Priya"), ("retire", "Priya")])
def test_wrong_usage_is_one_sentence_and_exit_code_2(tmp_path, arguments):
    done = run(tmp_path, "people", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_a_new_till_has_nobody_yet(sqlite_ledger, tmp_path):
    assert "Nobody yet" in run(tmp_path, "people").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("again", "code"), [(NEW, 0), ("00000000", 1)])
def test_at_a_terminal_it_is_asked_for_twice_and_not_shown(people, tmp_path, again, code):
    terminal, end_of_it = os.openpty()
    asking = subprocess.Popen(
        [*COMMAND, "people", "reset-pin", "Priya"],
        stdin=end_of_it,
        stdout=end_of_it,
        stderr=end_of_it,
        env=surroundings(tmp_path),
        start_new_session=True,
    )
    os.close(end_of_it)
    seen, end = "", time.monotonic() + 60
    for ending, answer in (("Priya: ", NEW), ("again: ", again)):
        while not seen.endswith(ending):
            assert time.monotonic() < end, seen
            seen += os.read(terminal, 1024).decode()
        os.write(terminal, f"{answer}\n".encode())
    assert asking.wait(60) == code
    seen += os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert NEW not in seen
    priya = people.named("Priya")
    assert people.sign_in(priya.id, NEW if code == 0 else OLD)
