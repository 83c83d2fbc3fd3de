"""Addresses of databases, and waiting for SQLite where it does not wait by itself."""

import sqlite3
from pathlib import Path

import pytest

from pos_app.domain.errors import ConfigError
from pos_app.storage import engine
from pos_app.storage.engine import engines_for

FILE = Path("/till/till.sqlite3")


class FakeConnection:
    """Says that the file is busy, so many times."""

    def __init__(self, busy):
        self.busy = busy

    def execute(self, _statement):
        if self.busy:
            self.busy -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return self

    def close(self):
        pass


@pytest.mark.parametrize("url", [None, ""])
def test_without_an_address_the_ledger_is_a_file(url):
    engines = engines_for(url, FILE)
    assert (engines.file, engines.place) == (FILE, f"the file {FILE}")


def test_a_file_may_be_named_by_its_address():
    assert engines_for("sqlite:////other/till.sqlite3", FILE).file == Path("/other/till.sqlite3")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_is_named_without_user_and_password(scheme):
    engines = engines_for(f"{scheme}://till:s3cret@db.example:5433/ledger", FILE)
    assert engines.place == "the database ledger on db.example"
    assert engines.writing.dialect.driver == "psycopg"
    assert engines.file is None


@pytest.mark.parametrize("url", ["mysql://root:s3cret@db/till", "no address", "sqlite://"])
def test_any_other_address_is_refused_without_repeating_it(url):
    with pytest.raises(ConfigError) as caught:
        engines_for(url, FILE)
    assert url not in str(caught.value)


def test_the_switch_to_the_write_ahead_log_waits_for_other_programs(monkeypatch):
    waits = []
    monkeypatch.setattr(engine.time, "sleep", waits.append)
    connection = FakeConnection(busy=3)
    engine._use_wal(connection)
    assert connection.busy == 0
    assert len(waits) == 3


def test_the_switch_to_the_write_ahead_log_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(engine, "LOCK_TIMEOUT_S", -1)
    with pytest.raises(sqlite3.OperationalError):
        engine._use_wal(FakeConnection(busy=1))
