"""Where the simulator keeps its payments: SQLite, in memory or in the file of `--state`."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pos_app.simulator.transactions import Refund, State, Transaction

_COLUMNS = tuple(field.name for field in fields(Transaction))
_TABLE = """
CREATE TABLE IF NOT EXISTS payment (
    number INTEGER PRIMARY KEY,
    q TEXT NOT NULL UNIQUE,
    transaction_id TEXT NOT NULL UNIQUE,
    merchant TEXT NOT NULL,
    reference TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    auto_pay_at TEXT,
    paid_at TEXT,
    cancelled_at TEXT,
    settles_at TEXT,
    ipn_url TEXT,
    success_url TEXT,
    fail_url TEXT,
    mobile_url TEXT,
    service TEXT NOT NULL DEFAULT 'chop',
    is_scanned INTEGER NOT NULL DEFAULT 0,
    tip_minor INTEGER NOT NULL DEFAULT 0,
    refunds TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS payment_reference ON payment (merchant, reference);
CREATE INDEX IF NOT EXISTS payment_state ON payment (state);
CREATE INDEX IF NOT EXISTS payment_paid ON payment (merchant, currency, paid_at);
CREATE INDEX IF NOT EXISTS payment_refunded ON payment (merchant) WHERE refunds <> '[]';
"""
_LATER_COLUMNS = {
    "settles_at": "TEXT",
    "fail_url": "TEXT",
    "mobile_url": "TEXT",
    "service": "TEXT NOT NULL DEFAULT 'chop'",
    "is_scanned": "INTEGER NOT NULL DEFAULT 0",
    "tip_minor": "INTEGER NOT NULL DEFAULT 0",
}
_PAYABLE = f"state IN ('{State.OPEN}', '{State.DECLINED}')"


class StateUnreadableError(Exception):
    """The file of `--state` cannot be used; says why in one sentence."""


class Ledger:
    """All payments of all merchants. Every change is on disk before its method returns.

    Used by one thread at a time (the server's).
    """

    def __init__(self, path: Path | None = None) -> None:
        """Open the file at `path` (made if missing), or a ledger that ends with the process.

        Raises:
            StateUnreadableError: not a ledger, not writable, or another simulator has it.
        """
        try:
            self._database = _open(path)
        except sqlite3.Error as error:
            raise StateUnreadableError(
                f"The state file {path} can't be used ({error})."
            ) from error

    def close(self) -> None:
        """Close the file; the ledger cannot be used afterwards."""
        self._database.close()

    def next_number(self) -> int:
        """Return the number for the next payment."""
        with closing(self._database.execute("SELECT MAX(number) FROM payment")) as rows:
            return int(rows.fetchone()[0] or 0) + 1

    def save(self, transaction: Transaction) -> Transaction:
        """Write a new or changed payment and return it."""
        marks = ", ".join("?" * len(_COLUMNS))
        self._database.execute(
            f"INSERT OR REPLACE INTO payment ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608  # our own names
            _row(transaction),
        )
        return transaction

    def find(self, gateway_id: str, merchant: str | None = None) -> Transaction | None:
        """Return the payment with this `q` or transaction id, of one merchant or of any."""
        found = self._first("q = ? OR transaction_id = ?", gateway_id, gateway_id)
        return found if found and merchant in {None, found.merchant} else None

    def newest(self, merchant: str, reference: str) -> Transaction | None:
        """Return the merchant's latest payment with this reference, or None."""
        return self._first("merchant = ? AND reference = ?", merchant, reference)

    def all(self, reference: str | None = None) -> list[Transaction]:
        """Return every payment, or those with one reference; oldest first."""
        where, values = ("reference = ?", (reference,)) if reference is not None else ("1", ())
        return self._select(f"{where} ORDER BY number", *values)

    def of_merchant(self, merchant: str) -> list[Transaction]:
        """Return every payment of one merchant, oldest first."""
        return self._select("merchant = ? ORDER BY number", merchant)

    def taken_since(self, merchant: str, instant: datetime) -> dict[str, int]:
        """Return by currency the minor units that came from `instant` on, less what went back."""
        query = (
            "SELECT currency, amount_minor FROM payment WHERE merchant = ? AND paid_at >= ? "
            "UNION ALL SELECT currency, -json_extract(value, '$.amount_minor') "
            "FROM payment, json_each(refunds) WHERE merchant = ? AND refunds <> '[]' "
            "AND json_extract(value, '$.made_at') >= ?"
        )
        since = instant_text(instant)
        taken: dict[str, int] = {}
        with closing(self._database.execute(query, (merchant, since) * 2)) as rows:
            for currency, amount_minor in rows:
                taken[currency] = taken.get(currency, 0) + amount_minor
        return taken

    def due(self, now: datetime) -> list[Transaction]:
        """Return the payable ones whose time to expire or to pay themselves has come."""
        condition = f"{_PAYABLE} AND (expires_at <= ? OR auto_pay_at <= ?) ORDER BY number"
        return self._select(condition, instant_text(now), instant_text(now))

    def next_due_at(self) -> datetime | None:
        """Return when the next payable one expires or pays itself, or None."""
        query = f"SELECT MIN(MIN(expires_at, COALESCE(auto_pay_at, expires_at))) FROM payment WHERE {_PAYABLE}"  # noqa: E501, S608  # our own names
        with closing(self._database.execute(query)) as rows:
            (first,) = rows.fetchone()
        return datetime.fromisoformat(first) if first else None

    def _first(self, condition: str, *values: str) -> Transaction | None:
        found = self._select(f"{condition} ORDER BY number DESC LIMIT 1", *values)
        return found[0] if found else None

    def _select(self, condition: str, *values: str) -> list[Transaction]:
        query = f"SELECT {', '.join(_COLUMNS)} FROM payment WHERE {condition}"  # noqa: S608  # our own names
        with closing(self._database.execute(query, values)) as rows:
            return [_transaction(row) for row in rows]


def _open(path: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(
        path or ":memory:", isolation_level=None, timeout=0.5, check_same_thread=False
    )
    try:
        # Exclusive: a second simulator on the same file is told so at its start.
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.executescript(_TABLE)
        _add_later_columns(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _add_later_columns(database: sqlite3.Connection) -> None:
    """Bring a file of an earlier version up to date."""
    with closing(database.execute("SELECT name FROM pragma_table_info('payment')")) as rows:
        there = {name for (name,) in rows}
    for name, kind in _LATER_COLUMNS.items():
        if name not in there:
            database.execute(f"ALTER TABLE payment ADD COLUMN {name} {kind}")


def _row(transaction: Transaction) -> list[Any]:
    values = asdict(transaction)
    values["refunds"] = json.dumps(values["refunds"])
    return [
        instant_text(value) if isinstance(value, datetime) else value for value in values.values()
    ]


def instant_text(instant: datetime) -> str:
    """Return an instant so that texts compare as their instants do."""
    return instant.isoformat(timespec="microseconds")


def _transaction(row: tuple[Any, ...]) -> Transaction:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _COLUMNS:
        if name.endswith("_at") and values[name]:
            values[name] = datetime.fromisoformat(values[name])
    values["is_scanned"] = bool(values["is_scanned"])
    values["state"] = State(values["state"])
    values["refunds"] = tuple(Refund(**refund) for refund in json.loads(values["refunds"]))
    return Transaction(**values)
