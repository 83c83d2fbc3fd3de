"""Past payments: pages, searches, filters, sums, scrolling and the export over 1,000,000 of them.

The floor of a page is the same lines read by sqlite3 alone, by the index that is best for them.
"""

import csv
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from pos_app.domain.history import HistoryFilter, HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.services.clock import SystemClock
from pos_app.services.history import History
from pos_app.storage.store import open_store
from pos_app.storage.types import to_microseconds
from tests.bench.figures import Figure, percentile
from tests.bench.many_charges import A_DAY, FIRST_DAY, many_charges

NUMBER = 1_000_000
ROUNDS = 60
EVERY = 1_000
ALL = HistoryFilter()
S, M = HistoryStatus, PaymentMethod

_LINES = """
SELECT h.*, p.name, s.note FROM history h JOIN charges c ON c.id = h.charge_id
JOIN sales s ON s.id = c.sale_id JOIN people p ON p.id = c.cashier_id
"""
_NEWEST = " ORDER BY h.created_at DESC LIMIT 100"


def measure():
    """Make the ledger where it is not there yet (a minute), then ask it."""
    file = many_charges(NUMBER)
    store = open_store(None, file, "till:T1:bench")
    history = History(store, None, SystemClock())
    with closing(sqlite3.connect(file)) as raw:
        yield scrolling(file)
        yield from pages(history, NUMBER, raw)
        yield from sums(history, NUMBER)
        yield export(history, raw)
    store.close()


def pages(history, number, raw=None):
    """How long a page takes to read, at worst in 19 of 20."""
    dice = random.Random(3)
    anchors = history.anchors(ALL, every=EVERY)
    middle = history.page(ALL, limit=1, before=anchors[len(anchors) // 2])[0].created_at

    def anywhere():
        return history.page(ALL, before=dice.choice(anchors), skip=dice.randrange(EVERY))

    yield _figure("first page", lambda: history.page(ALL), _raw(raw, ""))
    deep = f"WHERE h.created_at < {to_microseconds(middle)}"
    yield _figure("page after a jump anywhere", anywhere, _raw(raw, deep))
    for name, wanted, where in questions(number, middle):
        yield _figure(name, lambda one=wanted: history.page(one), _raw(raw, where))


def questions(number, middle):
    """Names, filters and what a plain reader of the file would ask."""
    deep = {"since": middle, "until": middle + timedelta(days=1)}
    transaction = f"20240712{7:020d}"
    declined = frozenset({S.DECLINED})
    yield "search 42.50", HistoryFilter("42.50"), "WHERE h.amount_minor = 4250"
    yield "search 0087", HistoryFilter("0087"), "WHERE h.number = '0087'"
    begin = f"T1-{FIRST_DAY:%y%m%d}"
    of_day = f"WHERE h.reference >= '{begin}' AND h.reference < '{begin}~'"
    yield f"search {begin}", HistoryFilter(begin), of_day
    yield "search T1-", HistoryFilter("T1-"), None
    noted = "WHERE h.charge_id IN (SELECT charge_id FROM history_words WHERE word = 'umbrella')"
    yield "search umbrella", HistoryFilter("umbrella"), noted
    yield "search 雨伞", HistoryFilter("雨伞"), noted.replace("umbrella", "雨伞")
    paid_with = f"WHERE c.transaction_id = '{transaction}'"
    yield "search transaction id", HistoryFilter(transaction), paid_with
    yield "a day long ago", HistoryFilter(**deep), None
    yield "status paid", HistoryFilter(statuses=frozenset({S.PAID})), None
    yield "status declined", HistoryFilter(statuses=declined), None
    yield "status of none", HistoryFilter(statuses=frozenset({S.MISMATCH})), None
    yield "method of none", HistoryFilter(methods=frozenset({M.DANA})), None
    rare = HistoryFilter(methods=frozenset({M.GCASH, M.KAKAOPAY}), statuses=declined)
    yield "two methods, declined", rare, None
    yield "search 42.50, declined", HistoryFilter("42.50", statuses=declined), None
    yield "needs an answer", HistoryFilter(needs_answer=True), "WHERE h.needs_answer"


def sums(history, number):
    """How long the second answer takes: totals per currency, count and anchors."""
    last = FIRST_DAY + timedelta(days=(number - 1) // A_DAY)
    month = HistoryFilter(since=last - timedelta(days=30))
    for name, wanted in (("a day", HistoryFilter(since=last)), ("a month", month)):
        yield _figure(f"totals of {name}", lambda one=wanted: history.totals(one), bound_ms=50)
    yield _figure("totals of all", lambda: history.totals(ALL), bound_ms=None, rounds=5)
    yield _figure("anchors of all", lambda: history.anchors(ALL, every=EVERY), None, None, 5)


def scrolling(file):
    """How much memory grows when a list is scrolled from one end to the other."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.scrolling", str(file)],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    grown = float(done.stdout)
    return Figure(
        "history: memory, scrolled to the end", grown, None, "MiB", "≤ +30 MiB", grown <= 30
    )


def export(history, raw):
    """How long it takes to write all of it to a file, and how long sqlite3 and csv alone take."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        history.export(ALL, Path(folder) / "all.csv", who=1, approved_by=1)
        ours = time.perf_counter() - started
        with (Path(folder) / "raw.csv").open("w", encoding="utf-8", newline="") as stream:
            started = time.perf_counter()
            csv.writer(stream).writerows(raw.execute("SELECT * FROM charges ORDER BY id"))
            floor = time.perf_counter() - started
    return Figure("history: export of all", ours, floor, "s", "≤ 60 s", ours <= 60)


def _raw(raw, where):
    if raw is None or where is None:
        return None
    return lambda: raw.execute(_LINES + where + _NEWEST).fetchall()


def _figure(name, ask, floor=None, bound_ms=10, rounds=ROUNDS):
    ours = _p95_ms(ask, rounds)
    return Figure(
        f"history: {name}",
        ours,
        _p95_ms(floor, rounds) if floor else None,
        "ms",
        "after the page" if bound_ms is None else f"≤ {bound_ms} ms p95",
        None if bound_ms is None else ours <= bound_ms,
    )


def _p95_ms(ask, rounds):
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        took.append((time.perf_counter() - started) * 1_000)
    return percentile(took, 0.95)
