"""The page over a ledger of a million, used and timed; prints JSON. A process of its own."""

import json
import random
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from pos_app.config.settings import Settings
from pos_app.domain.methods import PaymentMethod
from pos_app.services.clock import SystemClock
from pos_app.services.history import History
from pos_app.storage.store import open_store
from pos_app.ui import icons, theme
from pos_app.ui.background import Background, EventBridge
from pos_app.ui.pages.transactions import TransactionsPage
from pos_app.ui.widgets.date_range import DateRange, Span
from pos_app.ui.widgets.transaction_filter import TransactionFilter
from tests.bench.figures import percentile
from tests.bench.process_memory import pss_mib
from tests.bench.transactions import NUMBER

SIZE = (1270, 712)
ROUNDS = 40
SCREENS = 400
"""Stops on the way from one end of the list to the other."""
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
ALL = DateRange(Span.ALL)
WORDS = ("42.50", "0087", "umbrella", "T1-", "18", "9.80")


class Bench:
    """The page on the screen, as a cashier uses it."""

    def __init__(self, app, file):
        self._app = app
        self.store = open_store(None, Path(file), "till:T1:bench")
        self.background = Background()
        till = SimpleNamespace(
            settings=Settings(),
            clock=SystemClock(),
            gateway_name="Citcon",
            history=History(self.store, None, SystemClock()),
            answers=SimpleNamespace(count=lambda: 0),
        )
        self.page = TransactionsPage()
        self.page.resize(*SIZE)
        self.events = EventBridge()
        self.page.connect_till(till, self.background, self.events)
        self.page.show()
        self._app.processEvents()
        self.table, self.model = self.page._view.table, self.page._model

    def until_painted(self, begin, is_other):
        """Milliseconds from `begin` until what it brings is on the screen.

        Args:
            begin: what a person does.
            is_other: tells that the list is no longer the one of before.
        """
        started = time.perf_counter()
        begin()
        while not (is_other() and self.has_rows()):
            self._app.processEvents(_WAITING)  # as the event loop does: without the GIL
            assert time.perf_counter() - started < 30, "the rows don't come"
        self.table.viewport().repaint()
        return (time.perf_counter() - started) * 1_000

    def has_rows(self):
        """Whether every row that can be seen is there."""
        first, last = self.table.rowAt(0), self.table.rowAt(self.table.viewport().height() - 1)
        last = last if last >= 0 else self.model.rowCount() - 1
        return all(self.model.line(row) is not None for row in range(first, last + 1))

    def settle(self):
        """Let everything end that is under way."""
        later = self.page._reader._later
        while later.isActive() or not self.background.is_idle:
            self._app.processEvents(_WAITING)

    def want(self, **changes):
        """Have another filter, as a tap on a chip does."""
        wanted, old = TransactionFilter(dates=ALL, **changes), self.model.newest
        bar = self.page._view.bar
        took = self.until_painted(
            lambda: bar.set_filter(wanted), lambda: self.model.newest is not old
        )
        self.settle()
        return took

    def jump(self, value):
        """Drag the scroll bar to `value`."""
        bar = self.table.verticalScrollBar()
        return self.until_painted(lambda: bar.setValue(value), lambda: True)

    def frames(self):
        """Milliseconds of each frame while one scrolls through rows that are there."""
        took = []
        for step in range(ROUNDS * 3):
            self.table.verticalScrollBar().setValue(step * 23)
            self._app.processEvents()
            started = time.perf_counter()
            self.table.viewport().repaint()
            took.append((time.perf_counter() - started) * 1_000)
        return took


def floor_frames(app):
    """Milliseconds of a frame of Qt's own table with the same rows and columns on the screen."""
    model = QStandardItemModel(400, 6)
    for row in range(400):
        for column in range(6):
            model.setItem(row, column, QStandardItem(f"HSG1-{row:04d}"))
    table = QTableView()
    table.setModel(model)
    table.verticalHeader().setDefaultSectionSize(54)
    table.verticalHeader().hide()
    table.resize(830, 616)
    table.show()
    took = []
    for step in range(ROUNDS * 3):
        table.verticalScrollBar().setValue(step % 300)
        app.processEvents()
        started = time.perf_counter()
        table.viewport().repaint()
        took.append((time.perf_counter() - started) * 1_000)
    return took


def grown_by_scrolling(bench):
    """MiB that were taken since the page came up, after all rows have been scrolled through."""
    bench.settle()
    before = pss_mib()
    bench.want()
    most = bench.table.verticalScrollBar().maximum()
    for screen in range(SCREENS + 1):
        bench.jump(most * screen // SCREENS)
    assert bench.model.rowCount() == NUMBER
    assert bench.has_rows()
    return pss_mib() - before


def main():
    """Do everything once and print it."""
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    theme.apply(app, theme.Look(is_motion_reduced=True))
    icons.read_all()
    bench = Bench(app, sys.argv[1])
    told = {"grown_mib": grown_by_scrolling(bench)}
    dice = random.Random(3)
    found = {"first_ms": [], "search_ms": [], "filter_ms": []}
    for round_ in range(ROUNDS):
        found["search_ms"].append(bench.want(text=WORDS[round_ % len(WORDS)]))
        method = list(PaymentMethod)[round_ % 3]
        found["filter_ms"].append(bench.want(methods=frozenset({method})))
        found["first_ms"].append(bench.want())
    most = bench.table.verticalScrollBar().maximum()
    found["jump_ms"] = [bench.jump(dice.randrange(most)) for _ in range(ROUNDS)]
    told |= {name: percentile(values, 0.95) for name, values in found.items()}
    told["frame_ms"] = percentile(bench.frames(), 0.95)
    told["floor_ms"] = percentile(floor_frames(app), 0.95)
    print(json.dumps(told))
    bench.background.close()


main()
