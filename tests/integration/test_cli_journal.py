"""`pos-app journal verify` as a process."""

import sqlite3
from contextlib import closing

import pytest

from tests.fakes.command import run
from tests.fakes.ledger import NOON


@pytest.fixture
def folder(sqlite_ledger, tmp_path):
    """A data folder with a journal of three entries by two writers."""
    for writer, entries in (("till:T1:aaaaaaaa", 2), ("till:T2:bbbbbbbb", 1)):
        store = sqlite_ledger.open(writer)
        with store.write() as unit:
            for number in range(entries):
                unit.journal.append("test", "x", NOON, None, {"n": number})
        store.close()
    return tmp_path


def tamper(folder, statement):
    with closing(sqlite3.connect(folder / "till.sqlite3")) as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            database.execute(f'DROP TRIGGER "{guard}"')
        database.execute(statement)
        database.commit()


def test_a_whole_journal_is_counted_and_its_heads_are_told(folder):
    done = run(folder, "journal", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    said, *heads = done.stdout.splitlines()
    assert said == "The journal is whole: 3 entries by 2 writers."
    with closing(sqlite3.connect(folder / "till.sqlite3")) as database:
        hashes = dict(database.execute("SELECT writer || number, hash FROM journal"))
    assert heads == [
        f"till:T1:aaaaaaaa ends with 2 {hashes['till:T1:aaaaaaaa2']}",
        f"till:T2:bbbbbbbb ends with 1 {hashes['till:T2:bbbbbbbb1']}",
    ]


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE journal SET body = '{}' WHERE number = 2", 2, "its content was changed"),
        ("DELETE FROM journal WHERE number = 1", 1, "the entry is missing"),
    ],
)
def test_the_first_broken_link_is_named_and_the_exit_code_is_1(folder, statement, number, why):
    tamper(folder, statement)
    done = run(folder, "journal", "verify")
    assert (done.returncode, done.stdout) == (1, "")
    link = f"entry {number} of till:T1:aaaaaaaa"
    assert done.stderr == f"The journal is broken at {link}: {why}.\n"


def test_an_empty_journal_is_whole(sqlite_ledger, tmp_path):
    done = run(tmp_path, "journal", "verify")
    assert (done.returncode, done.stdout) == (0, "The journal is whole: 0 entries by 0 writers.\n")


@pytest.mark.parametrize("arguments", [(), ("mend",), ("verify", "more")])
def test_wrong_usage_is_one_sentence_and_exit_code_2(tmp_path, arguments):
    done = run(tmp_path, "journal", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_no_ledger_is_told_and_none_is_made(tmp_path):
    done = run(tmp_path, "journal", "verify", "--training")
    training = tmp_path / "training"
    assert done.returncode == 1
    assert f"no ledger in {training}" in done.stderr
    assert not training.exists()
