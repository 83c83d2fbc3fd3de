"""A ledger with as many charges as a store collects in years, made quickly and kept in `build/`.

Rows go straight into the tables of the schema before the list of past payments; opening it then
migrates, so that the list is filled by the program's own hand. There is no journal: the list reads
it for one payment at a time only.
"""

import random
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from pos_app.storage.engine import engines_for
from pos_app.storage.schema import HEAD, MIGRATIONS
from pos_app.storage.store import open_store
from pos_app.storage.types import to_microseconds

BUILD = Path(__file__).parents[2] / "build" / "bench"
BEFORE_THE_LIST = "0006"
FIRST_DAY = datetime(2024, 1, 2, tzinfo=UTC)
A_DAY = 1_000
TILLS = ("T1", "T2")
METHODS = (
    ("alipay", "USD", 48), ("wechatpay", "USD", 30), ("upop", "USD", 9), ("cc", "USD", 8),
    ("alipay_hk", "HKD", 3), ("gcash", "PHP", 1), ("kakaopay", "KRW", 1),
)  # fmt: skip
"""Id, currency and share; nobody ever pays by dana or jkopay."""
STATUSES = (("paid", 880), ("expired", 70), ("declined", 30), ("cancelled", 18), ("refused", 2))
NOTES = ("blue umbrella", "table 12", "gift wrapped", "large coffee", "红色雨伞", "pick up at 5")
PRICES = (980, 1800, 4250, 6490, 12600)
BATCH = 20_000


def many_charges(number=1_000_000):
    """Return the file of a SQLite ledger with so many charges; made when it is not there yet."""
    file = BUILD / f"{number}-{HEAD}.sqlite3"
    if not file.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            part = Path(folder) / "ledger.sqlite3"
            fill(None, part, number)
            part.rename(file)
    return file


def fill(url, file, number):
    """Fill an empty ledger with so many charges and bring it to this program's schema."""
    engines = engines_for(url, file)
    with engines.writing.begin() as connection:
        _migrate(connection, BEFORE_THE_LIST)
    engines.dispose()
    with _connect(url, file) as connection:
        rows = _rows(number)
        while batch := list(islice(rows, BATCH)):
            _insert(connection, batch)
        connection.commit()
    open_store(url, file, "till:T1:bench").close()


def _migrate(connection, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _connect(url, file):
    if url is not None:
        return psycopg.connect(url)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _insert(connection, rows):
    """Insert dictionaries that name their table, grouped by table, parents first."""
    is_sqlite = isinstance(connection, sqlite3.Connection)
    tables = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    for table in ("people", "shifts", "sales", "charges", "attentions", "refunds"):
        found = tables.get(table, [])
        if found:
            names = list(found[0])
            marks = ", ".join(["?" if is_sqlite else "%s"] * len(names))
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
            connection.cursor().executemany(sql, [tuple(row.values()) for row in found])


def _rows(number):
    dice = random.Random(1)
    yield from _people_and_shifts()
    refunds, attentions = count(1), count(1)
    methods = dice.choices(METHODS, [share for *_, share in METHODS], k=number)
    statuses = dice.choices(
        [name for name, _ in STATUSES], [share for _, share in STATUSES], k=number
    )
    for index, (method, status) in enumerate(zip(methods, statuses, strict=True)):
        charge = _charge(index, method, status, dice, is_last=index >= number - 5)
        note = dice.choice(NOTES) if index % 25 == 0 else ""
        yield "sales", _sale(charge, note)
        yield "charges", charge
        if charge["status"] == "unknown":
            yield "attentions", _attention(next(attentions), charge)
        if charge["status"] == "paid" and index % 50 == 7:
            yield "refunds", _refund(next(refunds), charge, is_whole=index % 100 == 7)


def _people_and_shifts():
    for key, name in enumerate(("Mei Lin", "Jonas", "Priya"), start=1):
        yield "people", {
            "id": key, "name": name, "role": "manager" if key == 3 else "cashier",
            "pin_length": 4, "pin_hash": "", "wrong_pins": 0, "lockouts": 0,
        }  # fmt: skip
    for key, till in enumerate(TILLS, start=1):
        at = to_microseconds(FIRST_DAY)
        yield "shifts", {
            "id": key, "number": 1, "till_code": till, "opened_at": at, "opened_by": 1,
        }  # fmt: skip


def _charge(index, method, status, dice, *, is_last):
    day, seat = divmod(index, A_DAY)
    made = FIRST_DAY + timedelta(days=day, hours=9, seconds=seat * 40, microseconds=index % 997)
    at, shift = to_microseconds(made), index % len(TILLS) + 1
    name, currency, _ = method
    is_paid = status == "paid" and not is_last
    if is_last:
        status = "unknown"
    tail = "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=4))
    return {
        "id": index + 1,
        "reference": f"{TILLS[shift - 1]}-{made:%y%m%d}{index // 2 % 10_000:04d}-{tail}",
        "sale_id": index + 1,
        "till_code": TILLS[shift - 1],
        "shift_id": shift,
        "cashier_id": shift,
        "method": name,
        "amount_minor": dice.choice(PRICES) if index % 10 == 0 else dice.randrange(100, 50_000),
        "amount_currency": currency,
        "gateway": "citcon_chop",
        "credentials": "citcon_chop",
        "created_at": at,
        "status": status,
        "gateway_id": f"{index:032x}",
        "transaction_id": f"20240712{index:020d}" if is_paid else None,
        "code": f"https://uat.citconpay.com/pay?q={index:032x}",
        "shown_at": at + 400_000,
        "code_expires_at": at + 300_000_000,
        "closed_at": None if is_paid or is_last else at + 300_000_000,
        "paid_at": at + 14_000_000 if is_paid else None,
        "gateway_time": "",
        "refusal": "",
        "is_not_set_up": False,
        "unknown_reason": "no_answer" if is_last else None,
    }


def _sale(charge, note):
    same = ("till_code", "shift_id", "cashier_id", "created_at")
    return {
        "id": charge["sale_id"],
        "total_minor": charge["amount_minor"],
        "currency": charge["amount_currency"],
        "note": note,
        **{name: charge[name] for name in same},
    }


def _attention(key, charge):
    return {
        "id": key, "charge_id": charge["id"], "kind": "stopped", "raised_at": charge["created_at"],
    }  # fmt: skip


def _refund(key, charge, *, is_whole):
    at = charge["paid_at"] + 3_600_000_000
    return {
        "id": key,
        "reference": f"{charge['reference']}-R1",
        "charge_id": charge["id"],
        "kind": "refund",
        "amount_minor": charge["amount_minor"] if is_whole else 50,
        "amount_currency": charge["amount_currency"],
        "reason": "Goods returned",
        "till_code": charge["till_code"],
        "shift_id": charge["shift_id"],
        "asked_by": charge["cashier_id"],
        "approved_by": 3,
        "requested_at": at,
        "status": "done",
        "answered_at": at + 900_000,
        "refusal_text": "",
        "note": "",
    }
