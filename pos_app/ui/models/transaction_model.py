"""The list of transactions as a virtual table: it counts all rows and keeps a few pages of them.

A million payments are as quick to show as ten. Rows that are not here are asked for when they
are looked at, and painted in grey until they come.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pos_app.domain.currencies import mark

if TYPE_CHECKING:
    from pos_app.ui.models.transaction_line import TransactionLine

PAGE = 100
"""Rows that are read at a time."""
KEPT = 30
"""Pages in memory; the one that came first makes room."""
_NEAR = 20
"""Rows from a page's edge at which the page beyond it is asked for."""

_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """Columns in their order on the screen."""

    TIME = 0
    RECEIPT = 1
    METHOD = 2
    AMOUNT = 3
    REFUNDED = 4
    STATUS = 5
    CASHIER = 6
    REFERENCE = 7
    NOTE = 8


_HEADS: Mapping[Column, object] = MappingProxyType({
    Column.TIME: QT_TRANSLATE_NOOP("Transactions", "Time"),
    Column.RECEIPT: QT_TRANSLATE_NOOP("Transactions", "Receipt"),
    Column.METHOD: QT_TRANSLATE_NOOP("Transactions", "Method"),
    Column.AMOUNT: QT_TRANSLATE_NOOP("Transactions", "Amount {currency}"),
    Column.REFUNDED: QT_TRANSLATE_NOOP("Transactions", "Refunded"),
    Column.STATUS: QT_TRANSLATE_NOOP("Transactions", "Status"),
    Column.CASHIER: QT_TRANSLATE_NOOP("Transactions", "Cashier"),
    Column.REFERENCE: QT_TRANSLATE_NOOP("Transactions", "Reference"),
    Column.NOTE: QT_TRANSLATE_NOOP("Transactions", "Note"),
})  # fmt: skip


class TransactionModel(QAbstractTableModel):
    """Rows newest first: those that came since, above those that were counted.

    Attributes:
        currency: of the amounts that carry no mark of their own.
        has_days: whether the rows are of more than one day, so that each says which.

    Signals:
        page_wanted(int): rows of this page, counted from the first, are looked at and not here.
    """

    page_wanted = Signal(int)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.currency = "USD"
        self.has_days = False
        self._fresh: list[TransactionLine] = []
        self._count = 0
        self._pages: OrderedDict[int, tuple[TransactionLine, ...]] = OrderedDict()
        self._is_loading = False

    # What there is

    def show(
        self, count: int, pages: Mapping[int, tuple[TransactionLine, ...]], *, has_days: bool
    ) -> None:
        """Begin anew with `count` rows, of which `pages` are here."""
        self.beginResetModel()
        self._fresh, self._count, self._is_loading = [], count, False
        self._pages = OrderedDict(pages)
        self.has_days = has_days
        self.endResetModel()

    def show_loading(self, rows: int) -> None:
        """Show `rows` grey rows until the first are here."""
        self.beginResetModel()
        self._fresh, self._count, self._is_loading = [], rows, True
        self._pages.clear()
        self.endResetModel()

    def grow(self, count: int) -> None:
        """Know that there are `count` counted rows: the first were here before the count was."""
        if count > self._count:
            before = len(self._fresh)
            self.beginInsertRows(QModelIndex(), before + self._count, before + count - 1)
            self._count = count
            self.endInsertRows()

    def put_page(self, number: int, lines: tuple[TransactionLine, ...]) -> None:
        """Take in the page `number`."""
        self._pages[number] = lines
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first = len(self._fresh) + number * PAGE
        self._changed(first, first + len(lines) - 1)

    def add_on_top(self, lines: tuple[TransactionLine, ...]) -> None:
        """Put new payments, newest first, above all others."""
        if lines:
            self.beginInsertRows(QModelIndex(), 0, len(lines) - 1)
            self._fresh[:0] = lines
            self.endInsertRows()

    def replace(self, line: TransactionLine) -> bool:
        """Show a payment's line as it is now; return whether it is among those that are here."""
        row = self.row_of(line.charge_id)
        if row is None:
            return False
        place = row - len(self._fresh)
        if place < 0:
            self._fresh[row] = line
        else:
            number, offset = divmod(place, PAGE)
            lines = self._pages[number]
            self._pages[number] = (*lines[:offset], line, *lines[offset + 1 :])
        self._changed(row, row)
        return True

    def line(self, row: int) -> TransactionLine | None:
        """Return a row; None while it is not here, and then it is asked for."""
        place = row - len(self._fresh)
        if self._is_loading or row < 0 or place >= self._count:
            return None
        if place < 0:
            return self._fresh[row]
        number, offset = divmod(place, PAGE)
        self._ask_around(number, offset)
        lines = self._pages.get(number, ())
        return lines[offset] if offset < len(lines) else None

    def row_of(self, charge_id: int) -> int | None:
        """Return the row of a payment that is here."""
        for row, line in enumerate(self._fresh):
            if line.charge_id == charge_id:
                return row
        for number, lines in self._pages.items():
            for offset, line in enumerate(lines):
                if line.charge_id == charge_id:
                    return len(self._fresh) + number * PAGE + offset
        return None

    @property
    def newest(self) -> TransactionLine | None:
        """The first row; None when there is none."""
        first: Sequence[TransactionLine] = self._fresh or self._pages.get(0, ())
        return first[0] if first else None

    @property
    def is_loading(self) -> bool:
        """Whether the rows are only grey ones."""
        return self._is_loading

    # What Qt asks

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many rows there are, here or not."""
        return 0 if parent is not None and parent.isValid() else len(self._fresh) + self._count

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return how many columns there are, shown or not."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text; what is read aloud of the first one is the whole line."""
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        line = self.line(index.row()) if role in wanted else None
        if line is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.TIME:
            return line.spoken
        return text_of(line, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        words = QCoreApplication.translate("Transactions", str(_HEADS[Column(section)]))
        return words.replace("{currency}", mark(self.currency))

    def _ask_around(self, number: int, offset: int) -> None:
        wanted = [number]
        if offset < _NEAR and number > 0:
            wanted.insert(0, number - 1)
        elif offset >= PAGE - _NEAR and (number + 1) * PAGE < self._count:
            wanted.insert(0, number + 1)
        for one in wanted:
            if one not in self._pages:
                self.page_wanted.emit(one)

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))


def text_of(line: TransactionLine, column: Column) -> str:
    """Return what `column` says of a payment."""
    texts = {
        Column.TIME: line.time,
        Column.RECEIPT: line.row.short_reference,
        Column.METHOD: line.method,
        Column.AMOUNT: line.amount,
        Column.REFUNDED: line.refunded,
        Column.STATUS: line.pill.word,
        Column.CASHIER: line.row.cashier,
        Column.REFERENCE: line.row.reference,
        Column.NOTE: line.row.note,
    }
    return texts[column]
