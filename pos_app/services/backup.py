"""Backups of the ledger: once a day and when a shift is closed, the newest kept."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError
from pos_app.paths import private_folder
from pos_app.storage.backups import back_up

if TYPE_CHECKING:
    from pos_app.services.clock import Clock

_log = logging.getLogger(__name__)

KEPT = 14
FIRST_LOOK_S = 60.0
"""After the start, when the till has more urgent things to do."""
LOOK_EVERY_S = 600.0
_NAME = "till-%Y%m%d-%H%M%SZ.sqlite3"


class Backups:
    """Copies SQLite's ledger beside it, from a thread of its own. Sales go on meanwhile.

    Args:
        database: SQLite's file; None on PostgreSQL, whose server makes backups of its own.
        folder: where the copies are kept, for this user alone.
    """

    def __init__(self, database: Path | None, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def start(self) -> None:
        """Make the day's backup when it is missing, from now on."""
        if self._database is not None:
            self._thread.start()

    def stop(self) -> None:
        """Begin no other; one under way is left to end or to leave nothing behind."""
        self._stopping.set()

    def make(self) -> Path | None:
        """Make one now, as at the end of a shift, and forget all but the newest.

        Returns:
            The file; None where there is nothing to copy.

        Raises:
            StorageError: there is none; the ledger itself is unharmed, and selling goes on.
        """
        if self._database is None or not self._database.exists():
            return None
        with self._turn:
            made = self._folder / self._clock.now().strftime(_NAME)
            try:
                private_folder(self._folder)
            except OSError as error:
                raise StorageError(
                    f"No backups can be kept in {self._folder}: {error}."
                ) from error
            back_up(self._database, made)
            self._forget_old(made)
        return made

    def make_if_due(self) -> Path | None:
        """Make the backup of the store's day, unless there is one.

        Raises:
            StorageError: as `make`.
        """
        today = self._clock.local(self._clock.now()).date()
        days = {self._clock.local(at).date() for at, _ in backups_in(self._folder)}
        return None if today in days else self.make()

    def _forget_old(self, made: Path) -> None:
        others = [file for _, file in backups_in(self._folder) if file != made]
        unfinished = self._folder.glob("till-*.part")  # the program ended meanwhile
        for file in (*others[KEPT - 1 :], *unfinished):
            file.unlink(missing_ok=True)

    def _run(self) -> None:
        wait_s = FIRST_LOOK_S
        while not self._stopping.wait(wait_s):
            wait_s = LOOK_EVERY_S
            try:
                self.make_if_due()
            except (StorageError, OSError) as trouble:
                _log.warning("no backup was made: %s", trouble)


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups in `folder` with the instants that they show, newest first."""
    found = []
    for file in folder.glob("till-*.sqlite3") if folder.is_dir() else ():
        try:
            made_at = datetime.strptime(file.name, _NAME).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((made_at, file))
    return sorted(found, reverse=True)
