"""What `doctor` asks of a ledger, without creating or migrating anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from pos_app.storage.engine import engines_for
from pos_app.storage.errors import translated
from pos_app.storage.schema import HEAD, KNOWN, revision_of


@dataclass(frozen=True, slots=True)
class LedgerCondition:
    """How a ledger is, seen from outside.

    Attributes:
        place: the database in words, never with a user or password.
        revision: of its schema; None while it is empty.
        is_write_ahead: readers do not wait for writers; False on SQLite where the folder's disk
            does not allow it (network drives).
    """

    place: str
    revision: str | None
    is_write_ahead: bool

    @property
    def is_current(self) -> bool:
        """Whether its schema is this program's."""
        return self.revision == HEAD

    @property
    def is_newer(self) -> bool:
        """Whether a newer program has migrated it, so that this one cannot use it."""
        return self.revision is not None and self.revision not in KNOWN


def look_at(url: str | None, file: Path) -> LedgerCondition | None:
    """Return how the ledger is after taking and giving back its write lock; None if it is no file.

    Args:
        url: the `database.url` setting; empty or None means SQLite in `file`.
        file: SQLite's database file.

    Raises:
        ConfigError: `url` is no database address.
        StorageError: it cannot be opened or written (see its kinds). Nothing was changed.
    """
    engines = engines_for(url, file)
    if engines.file is not None and not engines.file.exists():
        return None
    try:
        with translated(engines.place), engines.writing.connect() as connection:
            revision = revision_of(connection)
            return LedgerCondition(engines.place, revision, _is_write_ahead(connection))
    finally:
        engines.dispose()


def _is_write_ahead(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return True
    return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
