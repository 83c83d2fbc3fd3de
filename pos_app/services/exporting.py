"""Rows for other programs: which tables there are, and how they are written.

Both formats are UTF-8 and have the columns of `storage.exports`, whose names stay.

CSV: as RFC 4180 says, with a row of column names first; empty is empty. A text that a
spreadsheet would take for a formula (it begins with = + - @, a tab or a line break) or that begins
with ' has a ' put in front, so taking one leading ' away always gives the text back. Numbers,
plain decimals among them, are left alone.

JSON Lines: an object per row, ids and minor units as numbers, empty as null, texts as they are.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, TypeAlias

from pos_app.storage.exports import (
    CHARGE_COLUMNS,
    JOURNAL_COLUMNS,
    REFUND_COLUMNS,
    SHIFT_COLUMNS,
    Cell,
    ExportRow,
    Exports,
)

if TYPE_CHECKING:
    from pos_app.storage.store import Store

Rows: TypeAlias = Callable[[datetime | None, datetime | None], Iterator[ExportRow]]

_LIKE_A_FORMULA = frozenset("=+-@'\t\r\n")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Table:
    """What can be exported.

    Attributes:
        columns: their names, in order.
        rows: takes the exports of a unit of work; what it returns takes since (included) and
            until (not included), and gives rows, oldest first.
    """

    columns: tuple[str, ...]
    rows: Callable[[Exports], Rows]


TABLES: Mapping[str, Table] = MappingProxyType({
    "charges": Table(CHARGE_COLUMNS, lambda exports: exports.charges),
    "refunds": Table(REFUND_COLUMNS, lambda exports: exports.refunds),
    "journal": Table(JOURNAL_COLUMNS, lambda exports: exports.journal),
    "shifts": Table(SHIFT_COLUMNS, lambda exports: exports.shifts),
})  # fmt: skip


def write_csv(columns: tuple[str, ...], rows: Iterable[ExportRow], stream: IO[str]) -> None:
    """Write `rows` to `stream` one by one as CSV, guarded against formulas (see the module).

    Args:
        columns: their names.
        rows: as long as `columns`.
        stream: must not translate line ends.

    Raises:
        OSError: `stream` takes no more; BrokenPipeError when its reader has gone.
    """
    writer = csv.writer(stream, lineterminator="\r\n")  # only so is a lone \r quoted
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])


def write_jsonl(columns: tuple[str, ...], rows: Iterable[ExportRow], stream: IO[str]) -> None:
    """Write `rows` to `stream` one by one as JSON Lines; arguments and errors as `write_csv`."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in rows:
        stream.write(encode(dict(zip(columns, row, strict=True))))
        stream.write("\n")


class Counted:
    """Rows on their way out, one by one.

    Attributes:
        count: how many have been taken so far.
    """

    def __init__(self, rows: Iterable[ExportRow]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[ExportRow]:
        """Yield the rows and count them."""
        for row in self._rows:
            self.count += 1
            yield row


def note_export(
    store: Store,
    table: str,
    at: datetime,
    who: int | None,
    *,
    between: tuple[datetime | None, datetime | None],
    **facts: str | int,
) -> None:
    """Keep in the journal that rows were given out, never what was in them (promise 8).

    Args:
        store: the ledger they are of; no unit of it that writes may be open.
        table: of `TABLES`.
        at: aware UTC.
        who: id of the person; None: whoever may run this program's commands.
        between: of which time they are; None where it has no bound.
        facts: how many, in which format, approved by whom.

    Raises:
        StorageError: it could not be written down.
    """
    since, until = (one.isoformat() if one is not None else None for one in between)
    body = {"since": since, "until": until, **facts}
    with store.write() as work:
        work.journal.append("exported", f"export:{table}", at, who, body)


FORMATS = MappingProxyType({"csv": write_csv, "jsonl": write_jsonl})


def guarded(cell: Cell) -> Cell:
    """Return `cell` as CSV shows it, so that no spreadsheet runs a text (see the module)."""
    if not isinstance(cell, str) or cell[:1] not in _LIKE_A_FORMULA or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


@contextmanager
def whole_file(file: Path) -> Iterator[IO[str]]:
    """Give a stream whose content becomes `file` when the block ends, whole or not at all.

    The new file is readable for this user alone. What is no ordinary file (a device, a named
    pipe) cannot be replaced and is written to directly.

    Raises:
        OSError: it cannot be written; names `file`. An earlier file is unharmed.
    """
    target = file.resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        with _replacing(target) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(file)) from error


@contextmanager
def _replacing(target: Path) -> Iterator[IO[str]]:
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
