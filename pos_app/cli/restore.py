"""`pos-app restore`: the ledger made from a backup again, or the backups that there are."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import StorageError

if TYPE_CHECKING:
    from pos_app.paths import DataPaths

_ABOUT = """\
Close the till first. The ledger that was there is kept beside the backups. Numbers of sales and
refunds go on well after those given before, so that none is ever used twice. What was sold after
the backup is not in it: “pos-app reconcile” tells it for each day from then on.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a backup (without it: list them)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore or list; return the exit code.

    Raises:
        StorageError, JournalBrokenError, AlreadyRunningError: nothing has changed.
    """
    if arguments.file is None:
        _list(arguments.paths)
        return 0
    from pos_app.app.till import lock_folder
    from pos_app.compose import settings_of
    from pos_app.services.clock import SystemClock
    from pos_app.services.restoring import restore

    settings = settings_of(arguments.paths, os.environ, is_training=False)
    if settings.database.url:
        raise StorageError("This till's ledger is on a database server: restore it there.")
    lock = lock_folder(arguments.paths)
    done = restore(arguments.file, arguments.paths, settings.store.till_code, SystemClock())
    until = "from the beginning" if done.known_until is None else _local(done.known_until)
    print(f"The ledger is as it was: {until}.")
    if done.replaced is not None:
        print(f"What was there is kept in {done.replaced}.")
    if done.known_until is not None:
        day = done.known_until.astimezone().date()
        print(f"Now run “pos-app reconcile --day {day}”, and the same for each day since.")
    if lock is not None:
        lock.unlock()
    return 0


def _list(paths: DataPaths) -> None:
    from pos_app.services.backup import backups_in

    found = backups_in(paths.backups)
    if not found:
        print(f"There are no backups in {paths.backups} yet.")
    for made_at, file in found:
        print(f"{_local(made_at)}  {file}")


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
