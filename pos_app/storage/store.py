"""The ledger as the services see it: a store that hands out units of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, bindparam, func, select

from pos_app.domain.errors import DatabaseReadOnlyError, StorageError
from pos_app.storage.engine import LOCK_TIMEOUT_S, Engines, engines_for, make_private
from pos_app.storage.errors import translated, translated_database
from pos_app.storage.schema import bring_up_to_date
from pos_app.storage.unit_of_work import UnitOfWork

_LOCK_WRITER = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("writer"), 0)))
_IS_READ_ONLY = select(func.current_setting("transaction_read_only") == "on")


class Store:
    """A ledger that is open. Safe to use from any thread; a unit belongs to one.

    Attributes:
        place: the database in words, for `doctor` and for errors; without a password.
        writer: whose chain of the journal this store's entries go to.
        file: SQLite's database file; None on PostgreSQL.
    """

    def __init__(self, engines: Engines, writer: str, now: Callable[[], datetime]) -> None:
        self.place = engines.place
        self.writer = writer
        self.file = engines.file
        self._engines = engines
        self._now = now
        self._turn = Lock()
        self._is_sqlite = engines.writing.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Change the ledger: take the lock, give a unit, commit when the block ends.

        What was written is on disk when this returns; an exception in the block rolls all of it
        back and goes on. Not to be nested in one thread, and nothing slow (network, printer)
        belongs inside. On SQLite one unit writes at a time, on PostgreSQL one per writer, and
        other writers wait only for the charges that are locked.

        Raises:
            StorageError: it could not be written (see its kinds). Money: nothing was changed.
                Only a PostgreSQL server that vanishes during the commit leaves it open whether
                the commit was carried out.
        """
        if not self._turn.acquire(timeout=LOCK_TIMEOUT_S):
            raise StorageError(f"The ledger in {self.place} is busy; please try again.")
        try:
            with translated_database(self.place), self._engines.writing.begin() as connection:
                self._lock_writer(connection)
                yield UnitOfWork(connection, self.writer, self._now)
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Look at the ledger; never waits for a write, and cannot change anything.

        Raises:
            StorageError: it could not be read.
        """
        with translated_database(self.place), self._engines.reading.begin() as connection:
            yield UnitOfWork(connection, self.writer, self._now)

    def close(self) -> None:
        """Close all connections. Units still open in other threads end with an error."""
        self._engines.dispose()

    def prepare(self) -> None:
        """Create or migrate the schema and prove that the ledger can be written.

        Raises:
            NewerSchemaError: made by a newer program; nothing was changed.
            StorageError: it cannot be written (see its kinds).
        """
        with translated(self.place):
            if self._engines.file:
                make_private(self._engines.file)
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        with self._engines.writing.begin() as connection:
            if not self._is_sqlite and connection.execute(_IS_READ_ONLY).scalar():
                raise DatabaseReadOnlyError(
                    f"The ledger in {self.place} can't be written: it is read-only."
                )
            bring_up_to_date(connection, self.place)

    def _lock_writer(self, connection: Connection) -> None:
        """Do for PostgreSQL what BEGIN IMMEDIATE did for SQLite: one writing unit per writer."""
        if not self._is_sqlite:
            connection.execute(_LOCK_WRITER, {"writer": self.writer})


def utc_now() -> datetime:
    """Return the present instant, aware UTC."""
    return datetime.now(UTC)


def open_store(
    url: str | None, file: Path, writer: str, now: Callable[[], datetime] = utc_now
) -> Store:
    """Open the ledger, created or migrated as needed.

    Args:
        url: the `database.url` setting; empty or None means SQLite in `file`.
        file: SQLite's database file; made with its folder where missing.
        writer: whose chain the journal goes on (`installation.writer_name`).
        now: the clock for the instants that the ledger notes by itself.

    Raises:
        ConfigError: `url` is no database address.
        NewerSchemaError: made by a newer program; says which version to install.
        DatabaseReadOnlyError, DiskFullError, StorageError: it cannot be used.
    """
    store = Store(engines_for(url, file), writer, now)
    try:
        store.prepare()
    except BaseException:
        store.close()
        raise
    return store
