"""Making the ledger from a backup again, so that no reference ever comes twice (promise 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError
from pos_app.paths import DataPaths, private_folder
from pos_app.storage.backups import back_up, given_numbers, replacing
from pos_app.storage.installation import renew, writer_name
from pos_app.storage.journal import Json
from pos_app.storage.store import open_store

if TYPE_CHECKING:
    from pos_app.services.clock import Clock

NUMBERS_APART = 1_000
"""More sales than a till makes between two backups: their numbers are not given again."""
REFUNDS_APART = 100
"""More refunds than a charge has."""
_BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        known_until: the last instant in the restored journal, aware UTC; None: it is empty.
        replaced: where the ledger that was there is kept; None: there was none.
    """

    known_until: datetime | None
    replaced: Path | None


def restore(backup: Path, paths: DataPaths, till_code: str, clock: Clock) -> Restored:
    """Put a backup in the ledger's place. No till may be running on the data folder.

    The ledger that was there is kept. References go on well after all that either of both has
    given, refunds are numbered anew from a number of this hour, and the journal goes on with
    another writer, because the old chains have another end in what was replaced.

    Args:
        backup: a copy made by `Backups`, or any ledger of SQLite.
        paths: the data folder.
        till_code: this till's code.
        clock: the time.

    Raises:
        StorageError: the backup is damaged or of a newer program, or the disk refuses. What was
            there is still there.
        JournalBrokenError: the backup's journal does not hold; nothing was changed.
    """
    if not backup.is_file():
        raise StorageError(f"There is no file {backup}.")
    now = clock.now()
    private_folder(paths.backups)
    was_there = paths.database.exists()
    replaced = paths.backups / now.strftime("replaced-%Y%m%d-%H%M%SZ.sqlite3")
    given = given_numbers(paths.database)
    earlier = max(given.refunds_from, given_numbers(backup).refunds_from)
    refunds_from = max((now - _BEGINNING) // _HOUR, earlier + REFUNDS_APART)
    with replacing(paths.database, replaced) as draft:
        back_up(backup, draft)
        renew(paths.root)
        store = open_store(None, draft, writer_name("till", till_code, paths.root), clock.now)
        try:
            with store.write() as work:
                work.journal.verify()
                known_until = work.journal.last_at()
                work.numbers.go_on_after(given, NUMBERS_APART)
                work.numbers.number_refunds_from(refunds_from)
                body: dict[str, Json] = {"refunds_from": refunds_from}
                work.journal.append("ledger_restored", "ledger", now, None, body)
        finally:
            store.close()
    return Restored(known_until, replaced if was_there else None)
