"""Copies of SQLite's ledger, made while it is in use, and a ledger made from one again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile

from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from pos_app.domain.errors import StorageError
from pos_app.storage.engine import LOCK_TIMEOUT_S, make_private
from pos_app.storage.refunds import NUMBERED_FROM
from pos_app.storage.tables import about, tills

_WITH_IT = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class GivenNumbers:
    """The highest numbers that a ledger has given.

    Attributes:
        sales, shifts: by till code.
        refunds_from: where the numbers of its refunds begin, mostly 0.
    """

    sales: dict[str, int] = field(default_factory=dict)
    shifts: dict[str, int] = field(default_factory=dict)
    refunds_from: int = 0


def back_up(file: Path, to: Path) -> None:
    """Copy the ledger in `file` to `to`, as it is at one instant; whole or not at all.

    Sales go on meanwhile. The copy is a file by itself, for this user alone, and has been checked.
    Takes some seconds for each 200 MB: not for the GUI thread.

    Raises:
        StorageError: it could not be read, is damaged, or the copy could not be written.
    """
    draft = to.with_name(f"{to.name}.part")
    try:
        draft.unlink(missing_ok=True)
        make_private(draft)
        with closing(_open(file)) as source, closing(_open(draft, "rw")) as copy:
            source.backup(copy)  # in one step: writers need not wait, and it is one instant
            copy.execute("PRAGMA journal_mode=DELETE").close()
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StorageError(f"The file {file} is damaged: {found}.")
        _to_disk(draft)
        draft.replace(to)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"The file {file} can't be copied to {to}: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def given_numbers(file: Path) -> GivenNumbers:
    """Return the numbers that the ledger in `file` has given; none where it cannot be read."""
    try:
        with closing(_open(file)) as source:
            rows = source.execute("SELECT code, last_number, last_shift_number FROM tills")
            numbers = rows.fetchall()
            query = "SELECT value FROM about WHERE name = ?"
            found = source.execute(query, (NUMBERED_FROM,)).fetchone()
    except sqlite3.Error:
        return GivenNumbers()
    return GivenNumbers(
        {code: sales for code, sales, _ in numbers},
        {code: shifts for code, _, shifts in numbers},
        int(found[0]) if found else 0,
    )


@contextmanager
def replacing(file: Path, aside: Path) -> Iterator[Path]:
    """Give a path for the file that shall take the place of `file`, and put it there.

    What is in `file`, damaged or not, is kept as `aside`. When the block raises, everything stays.

    Raises:
        StorageError: it could not be put there; `file` is as it was.
    """
    draft = file.with_name(f"{file.name}.restoring")
    _remove(draft)
    try:
        yield draft
        if file.exists():
            _keep(file, aside)
        for ending in _WITH_IT:
            file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
        _to_disk(draft)
        draft.replace(file)
    except OSError as error:
        raise StorageError(f"The file {file} can't be replaced: {error}.") from error
    finally:
        _remove(draft)


class Numbers:
    """The running numbers of one unit of work, as a restore sets them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def go_on_after(self, given: GivenNumbers, distance: int) -> None:
        """Let every till's numbers go on that far after those that it, or `given`, has given."""
        rows = self._connection.execute(select(tills)).all()
        sales = {row.code: row.last_number for row in rows}
        shifts = {row.code: row.last_shift_number for row in rows}
        for code in sales.keys() | given.sales.keys():
            numbers = {
                "last_number": max(sales.get(code, 0), given.sales.get(code, 0)) + distance,
                "last_shift_number": max(shifts.get(code, 0), given.shifts.get(code, 0)),
            }
            row = sqlite.insert(tills).values(code=code, **numbers)
            self._connection.execute(
                row.on_conflict_do_update(index_elements=[tills.c.code], set_=numbers)
            )

    def number_refunds_from(self, number: int) -> None:
        """Let the numbers of all refunds begin there."""
        insert = sqlite.insert(about).values(name=NUMBERED_FROM, value=str(number))
        self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=[about.c.name], set_={"value": str(number)}
            )
        )


def _open(file: Path, mode: str = "ro") -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=LOCK_TIMEOUT_S)


def _keep(file: Path, aside: Path) -> None:
    """Keep the ledger as it is: by a proper copy, or where it is damaged by its bare files."""
    try:
        back_up(file, aside)
        with closing(_open(file, "rw")) as ledger:
            ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except (StorageError, sqlite3.Error):
        for ending in ("", *_WITH_IT):
            part = file.with_name(f"{file.name}{ending}")
            if part.exists():
                to = aside.with_name(f"{aside.name}{ending}")
                make_private(to)
                copyfile(part, to)


def _remove(file: Path) -> None:
    for ending in ("", *_WITH_IT):
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)


def _to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
