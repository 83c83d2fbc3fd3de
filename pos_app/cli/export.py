"""`pos-app export`: charges, refunds, the journal or shifts, as CSV or JSON Lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pos_app.cli.ledger import add_training_argument, existing_ledger

if TYPE_CHECKING:
    from pos_app.storage.store import Store

_TABLES = ("charges", "refunds", "journal", "shifts")
_FORMATS = ("csv", "jsonl")
_STDOUT = Path("-")
_ABOUT = """\
Columns keep their names; later versions add new ones at the end. Amounts come in minor units and
as plain decimals, instants as ISO 8601 in UTC. In CSV a text that begins with = + - @ ' or a tab
has a ' put in front, against formulas; JSON Lines has texts as they are.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument("what", type=_table, metavar="|".join(_TABLES), help="what to write")
    parser.add_argument("--format", choices=_FORMATS, default="csv", help="csv if not given")
    when = "a day such as 2026-07-12, of this computer's time zone, or an ISO 8601 instant"
    parser.add_argument(
        "--since", metavar="WHEN", type=_since, help=f"from then on: {when}, itself included"
    )
    parser.add_argument(
        "--until",
        metavar="WHEN",
        type=_until,
        help="up to the end of that day, or before that instant",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        default=_STDOUT,
        help="write to this file, whole or not at all, for this user alone (else: to the output)",
    )
    add_training_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the rows; return the exit code."""
    if arguments.since and arguments.until and arguments.since >= arguments.until:
        print("--since must be before --until.", file=sys.stderr)
        return 2
    with existing_ledger(arguments) as store, _output(arguments.out) as stream:
        _export(store, arguments, stream)
    return 0


def _export(store: Store, arguments: argparse.Namespace, stream: IO[str]) -> None:
    """Write the rows, and keep in the journal that it was done, however it ended."""
    from pos_app.services.exporting import FORMATS, TABLES, Counted, note_export

    table = TABLES[arguments.what]
    with store.read() as work:
        rows = Counted(table.rows(work.exports)(arguments.since, arguments.until))
        try:
            FORMATS[arguments.format](table.columns, rows, stream)
        finally:
            note_export(
                store,
                arguments.what,
                datetime.now(UTC),
                None,
                format=arguments.format,
                count=rows.count,
                between=(arguments.since, arguments.until),
            )


@contextmanager
def _output(file: Path) -> Iterator[IO[str]]:
    if file != _STDOUT:
        from pos_app.services.exporting import whole_file

        with whole_file(file) as stream:
            yield stream
        return
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    yield sys.stdout
    sys.stdout.flush()  # here, where a reader that has gone is still told quietly


def _table(word: str) -> str:
    if word not in _TABLES:
        raise argparse.ArgumentTypeError(f"“{word}” can't be exported")
    return word


def _since(text: str) -> datetime:
    return _instant(text, timedelta(0))


def _until(text: str) -> datetime:
    return _instant(text, timedelta(days=1))


def _instant(text: str, after_midnight: timedelta) -> datetime:
    """Read a day, moved by `after_midnight` days of the calendar, or an instant; aware UTC."""
    try:
        day = _day(text)
        local = (
            datetime.fromisoformat(text)
            if day is None
            else datetime.combine(day + after_midnight, time())
        )
        return local.astimezone(UTC)
    except (ValueError, OverflowError, OSError):  # the last: years the system's calendar lacks
        raise argparse.ArgumentTypeError(f"“{text}” is neither a day nor an instant") from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
