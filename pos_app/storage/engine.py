"""Connections to the ledger: SQLite with every commit on disk, or PostgreSQL by psycopg."""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from pos_app.domain.errors import ConfigError

LOCK_TIMEOUT_S = 10
"""How long a write waits for another before it gives up; writes hold the lock for milliseconds."""
_CONNECT_TIMEOUT_S = 5
_WAL_RETRY_S = 0.02


@dataclass(frozen=True, slots=True)
class Engines:
    """How one ledger is reached.

    Attributes:
        writing: begins every transaction by taking the write lock.
        reading: sees a snapshot and refuses to write.
        place: the database in words, never with a user or password.
        file: SQLite's database file; None on PostgreSQL.
    """

    writing: Engine
    reading: Engine
    place: str
    file: Path | None = None

    def dispose(self) -> None:
        """Close all connections; the writer last, so that SQLite can tidy its files."""
        self.reading.dispose()
        self.writing.dispose()


def engines_for(url: str | None, file: Path) -> Engines:
    """Prepare the connections; nothing is opened yet.

    Args:
        url: the `database.url` setting; empty or None means SQLite in `file`.
        file: where SQLite's database is, or will be made.

    Raises:
        ConfigError: `url` is neither empty nor a PostgreSQL or SQLite address.
    """
    if not url:
        return _sqlite(file)
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _not_an_address() from None  # the address may hold a password
    if parsed.drivername.startswith("sqlite") and parsed.database:
        return _sqlite(Path(parsed.database))
    if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return _postgres(parsed.set(drivername="postgresql+psycopg"))
    raise _not_an_address()


def _not_an_address() -> ConfigError:
    expected = "nothing, or postgresql://user:password@host/name"
    return ConfigError("database", "url", expected)


def make_private(file: Path) -> None:
    """Make SQLite's file for this user alone (0600); its -wal and -shm take the same mode.

    Raises:
        OSError: the file cannot be made.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)


def _sqlite(file: Path) -> Engines:
    writing = _sqlite_engine(file, "BEGIN IMMEDIATE", is_reader=False)
    reading = _sqlite_engine(file, "BEGIN DEFERRED", is_reader=True)
    return Engines(writing, reading, f"the file {file}", file)


def _sqlite_engine(file: Path, begin: str, *, is_reader: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        hide_parameters=True,
        pool_reset_on_return=None,  # every unit ends its own transaction
        connect_args={
            "isolation_level": None,  # we begin ourselves: pysqlite would begin too late
            "timeout": LOCK_TIMEOUT_S,
            "check_same_thread": False,  # the pool gives a connection to one thread at a time
        },
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous=FULL").close()
        connection.execute("PRAGMA foreign_keys=ON").close()
        if is_reader:
            connection.execute("PRAGMA query_only=ON").close()

    @event.listens_for(engine, "begin")
    def begin_explicitly(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which the file remembers.

    SQLite does not wait for the lock that the first switch needs: it says "busy" at once when
    two programs open a new file together. So we wait.
    """
    last_try_at = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > last_try_at:
                raise
            time.sleep(_WAL_RETRY_S)
        else:
            return


def _postgres(url: URL) -> Engines:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _entry: ConnectionPoolEntry) -> None:
        _prepare_postgres(connection)

    host = url.host or "this computer"
    return Engines(
        engine,
        engine.execution_options(postgresql_readonly=True),
        f"the database {url.database or 'without a name'} on {host}",
    )


def _prepare_postgres(connection: object) -> None:
    """Never answer a commit before it is on disk, and never wait for a lock without an end."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.execute(f"SELECT set_config('lock_timeout', '{LOCK_TIMEOUT_S}s', false)")
    cursor.close()
    connection.commit()  # type: ignore[attr-defined]
