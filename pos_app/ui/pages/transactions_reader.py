"""Fills the list of transactions: pages, counts, sums and changes, all read off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pos_app.domain.errors import PosAppError
from pos_app.domain.history import HistoryFilter, HistoryRow, HistoryTotals
from pos_app.ui.models.transaction_line import TransactionLine, line_of
from pos_app.ui.models.transaction_model import PAGE, TransactionModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from pos_app.services.history import History
    from pos_app.ui.background import Background

LOADING_MS = 300
"""Nothing is said about loading before (ux.md, section 7)."""
GREY_ROWS = 6
_GATHER_MS = 100
"""Changes come in bursts; their rows are read once for all of them."""
_PAINTED_MS = 30
"""By then the rows are painted, and who types fast has typed on."""
_PER_ANCHOR = 1_000
_MOST_WAITING = 3
"""Pages that are still worth reading when the scroll bar is dragged past many."""
_LANE, _SLOW_LANE = "transactions", "transactions-count"

T = TypeVar("T")
Pages = dict[int, tuple[TransactionLine, ...]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is there of a filter.

    Attributes:
        anchors: ids to jump from; None while they and the count are not known.
    """

    count: int
    pages: Pages
    anchors: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class _Source:
    """What to read, for the threads that do it.

    Attributes:
        currency: the list's own.
        year: this one.
    """

    history: History
    wanted: HistoryFilter
    currency: str
    year: int

    def first(self) -> _Reading:
        """Read the first page, which is all there is when it is not full."""
        lines = self._lines(self.history.page(self.wanted, limit=PAGE))
        return _Reading(len(lines), {0: lines}, () if len(lines) < PAGE else None)

    def whole(self, kept: tuple[HistoryRow, ...]) -> _Reading:
        """Read the count, the first page and those in which the rows `kept` are now."""
        reading = self.first()
        if reading.anchors is not None:
            return reading
        count, anchors = self.extent()
        pages = dict(reading.pages)
        for row in kept:
            number = self._place_of(row) // PAGE
            if 0 <= number * PAGE < count:
                pages[number] = self.page(number, anchors)
        return _Reading(count, pages, anchors)

    def extent(self) -> tuple[int, tuple[int, ...]]:
        """Count all rows and find where to jump from."""
        anchors = self.history.anchors(self.wanted, every=_PER_ANCHOR)
        return self.history.count(self.wanted), anchors

    def page(self, number: int, anchors: tuple[int, ...]) -> tuple[TransactionLine, ...]:
        """Read a page from the nearest anchor above it."""
        step, skip = divmod(number * PAGE, _PER_ANCHOR)
        step = min(step, len(anchors))
        before = anchors[step - 1] if step else None
        skip = number * PAGE - step * _PER_ANCHOR
        rows = self.history.page(self.wanted, before=before, skip=skip, limit=PAGE)
        return self._lines(rows)

    def rows(self, ids: Iterable[int]) -> dict[int, TransactionLine | None]:
        """Read single rows; None for those that do not meet the filter."""
        found = {one: self.history.row(one, self.wanted) for one in ids}
        return {
            one: line_of(row, self.currency, self.year) if row is not None else None
            for one, row in found.items()
        }

    def totals(self) -> HistoryTotals:
        """Sum up."""
        return self.history.totals(self.wanted)

    def _place_of(self, row: HistoryRow) -> int:
        since = self.wanted.since
        if since is not None and row.created_at < since:
            return -1
        return self.history.count(replace(self.wanted, since=row.created_at)) - 1

    def _lines(self, rows: Iterable[HistoryRow]) -> tuple[TransactionLine, ...]:
        return tuple(line_of(row, self.currency, self.year) for row in rows)


@dataclass(slots=True)
class _Round:
    """Everything about the present filter; an answer about an earlier one is dropped."""

    source: _Source
    has_days: bool
    is_reading: bool = True
    anchors: tuple[int, ...] | None = None
    waiting: list[int] = field(default_factory=list)
    fetching: int | None = None


class TransactionReader(QObject):
    """Brings a filter's payments into the model and keeps them true.

    Signals:
        began(): the model holds the rows of another reading: select and scroll anew.
        totals_changed(HistoryTotals): what the filter comes to; None while it is not known.
        outdated(): payments have come into the filter or left it somewhere: call `read_again`.
        refreshed(object): frozenset of ids of payments that have changed, as the model has it.
        failed(PosAppError): the ledger could not be read; what was shown stays.
    """

    began = Signal()
    totals_changed = Signal(object)
    outdated = Signal()
    refreshed = Signal(object)
    failed = Signal(object)

    def __init__(self, model: TransactionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._history: History | None = None
        self._background: Background | None = None
        self._round: _Round | None = None
        self._changed: set[int] = set()
        self._slow = _timer(self, LOADING_MS, self._on_slow)
        self._later = _timer(self, _PAINTED_MS, self._read_rest)
        self._gather = _timer(self, _GATHER_MS, self._read_changed)
        model.page_wanted.connect(self._on_page_wanted)

    @property
    def wanted(self) -> HistoryFilter | None:
        """The filter whose payments are shown; None before the first."""
        return self._round.source.wanted if self._round is not None else None

    @property
    def is_reading(self) -> bool:
        """Whether the rows of the filter are still on their way."""
        return self._round is not None and self._round.is_reading

    def connect_history(self, history: History, background: Background) -> None:
        """Read from `history` from now on."""
        self._history, self._background = history, background

    def read(self, wanted: HistoryFilter, today: date, *, has_days: bool) -> None:
        """Show what meets a filter: its first page at once, the count when it is known.

        Args:
            wanted: the filter.
            today: only days of another year than this one's say which.
            has_days: whether it is about more than one day.
        """
        if self._history is None:
            return
        source = _Source(self._history, wanted, self._model.currency, today.year)
        self._round = now = _Round(source, has_days)
        if not self._slow.isActive():
            self._slow.start()
        self._run(source.first, partial(self._on_read, now))
        self.totals_changed.emit(None)

    def read_again(self, kept: tuple[HistoryRow, ...]) -> None:
        """Read the present filter anew, with the rows that are looked at; all shows at once.

        Args:
            kept: rows whose pages have to be there, such as the selected one.
        """
        before = self._round
        if before is not None:
            self._round = now = _Round(before.source, before.has_days)
            self._run(partial(before.source.whole, kept), partial(self._on_read, now))

    @Slot(int)
    def refresh(self, charge_id: int) -> None:
        """Bring one payment's row up to date; a new payment comes on top."""
        self._changed.add(charge_id)
        if not self._gather.isActive():
            self._gather.start()

    def stop(self) -> None:
        """Read nothing by itself any more; `read` begins anew."""
        for timer in (self._slow, self._later, self._gather):
            timer.stop()
        self._changed.clear()

    # Reading

    def _run(self, call: Callable[[], T], done: Callable[[T], None], lane: str = _LANE) -> None:
        assert self._background is not None
        self._background.run(call, done, self._on_failed, owner=self, lane=lane)

    def _on_read(self, asked: _Round, found: _Reading) -> None:
        if asked is not self._round:
            return
        self._slow.stop()
        asked.is_reading, asked.anchors = False, found.anchors
        self._model.show(found.count, found.pages, has_days=asked.has_days)
        self.began.emit()
        self._later.start()
        if self._changed:
            self._gather.start()

    @Slot()
    def _read_rest(self) -> None:
        """Read what may take longer, now that the rows are on the screen."""
        now = self._round
        if now is not None and not now.is_reading:
            if now.anchors is None:
                self._run(now.source.extent, partial(self._on_extent, now), _SLOW_LANE)
            self._sum_up(now)

    def _on_extent(self, asked: _Round, extent: tuple[int, tuple[int, ...]]) -> None:
        if asked is self._round:
            count, asked.anchors = extent
            self._model.grow(count)
            self._fetch_next(asked)

    def _sum_up(self, asked: _Round) -> None:
        self._run(asked.source.totals, partial(self._on_totals, asked), _SLOW_LANE)

    def _on_totals(self, asked: _Round, totals: HistoryTotals) -> None:
        if asked is self._round:
            self.totals_changed.emit(totals)

    def _on_failed(self, error: PosAppError) -> None:
        self._slow.stop()
        if self._round is not None:
            self._round.is_reading, self._round.fetching = False, None
        if self._model.is_loading:
            self._model.show(0, {}, has_days=False)
        self.failed.emit(error)

    @Slot()
    def _on_slow(self) -> None:
        if self._round is not None and self._round.is_reading:
            self._model.show_loading(GREY_ROWS)

    # Pages

    @Slot(int)
    def _on_page_wanted(self, number: int) -> None:
        now = self._round
        if now is None or now.is_reading or number == now.fetching or number in now.waiting:
            return
        now.waiting.append(number)
        del now.waiting[:-_MOST_WAITING]
        self._fetch_next(now)

    def _fetch_next(self, now: _Round) -> None:
        if now.fetching is None and now.waiting and now.anchors is not None:
            now.fetching = number = now.waiting.pop()
            call = partial(now.source.page, number, now.anchors)
            self._run(call, partial(self._on_page, now, number))

    def _on_page(self, asked: _Round, number: int, lines: tuple[TransactionLine, ...]) -> None:
        if asked is self._round:
            asked.fetching = None
            self._model.put_page(number, lines)
            self._fetch_next(asked)

    # Changes

    @Slot()
    def _read_changed(self) -> None:
        now = self._round
        if now is None or now.is_reading:
            return  # taken up when the reading is there
        ids, self._changed = frozenset(self._changed), set()
        self._run(partial(now.source.rows, ids), partial(self._on_rows, now, ids))

    def _on_rows(
        self, asked: _Round, ids: frozenset[int], found: Mapping[int, TransactionLine | None]
    ) -> None:
        if asked is not self._round:
            self._changed |= ids
            self._gather.start()
            return
        absent = {one for one, line in found.items() if not (line and self._model.replace(line))}
        fresh = [line for one in absent if (line := found[one]) and self._is_newer(line)]
        self._model.add_on_top(tuple(sorted(fresh, key=_age, reverse=True)))
        self.refreshed.emit(ids)
        if _depends_on_status(asked.source.wanted) and len(fresh) < len(absent):
            self.outdated.emit()
        else:
            self._sum_up(asked)

    def _is_newer(self, line: TransactionLine) -> bool:
        newest = self._model.newest
        return newest is None or _age(line) > _age(newest)


def _age(line: TransactionLine) -> tuple[object, int]:
    return line.row.created_at, line.charge_id


def _depends_on_status(wanted: HistoryFilter) -> bool:
    """Tell whether a payment may come into the filter or leave it by what becomes of it."""
    return wanted.needs_answer or bool(wanted.statuses)


def _timer(parent: QObject, interval_ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
