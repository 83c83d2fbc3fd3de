"""The list of transactions: as many rows as there are payments, of which only a few are here."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScroller,
    QTableView,
    QWidget,
)

from pos_app.domain.history import HistoryRow
from pos_app.ui import theme
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.models.transaction_model import Column, TransactionModel
from pos_app.ui.widgets.transaction_columns import ROW_HEIGHT, tracks_for, widths_for
from pos_app.ui.widgets.transaction_delegate import TransactionDelegate
from pos_app.ui.widgets.transaction_head import TransactionHead

_KEPT_BY_PAGE = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TransactionTable(QTableView):
    """Rows of 54 px. One is selected at a time, and stays so when others come or go.

    Signals:
        chosen(TransactionLine): another payment is selected, or its line has come; None: none is.
        tapped(TransactionLine): a row was pressed with mouse or finger.
    """

    chosen = Signal(object)
    tapped = Signal(object)

    def __init__(self, model: TransactionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionsTable")
        self.setAccessibleName(self.tr("Transactions"))
        self._model = model
        self._selected_id: int | None = None
        self._top: tuple[HistoryRow, int] | None = None
        self._head = TransactionHead(self)
        self._delegate = TransactionDelegate(model, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_up_view()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.rowsAboutToBeInserted.connect(self._on_about_to_insert)
        model.rowsInserted.connect(self._on_inserted)
        model.dataChanged.connect(self._on_data_changed)
        theme.watch(self._on_look_changed)
        self._on_look_changed()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(False)
        self.setAutoScroll(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)

    @property
    def selected_id(self) -> int | None:
        """The selected payment."""
        return self._selected_id

    @property
    def selected(self) -> TransactionLine | None:
        """The selected line, where it is here."""
        return (
            self._model.line(self.currentIndex().row()) if self.currentIndex().isValid() else None
        )

    def kept_rows(self) -> tuple[HistoryRow, ...]:
        """Return what a new reading has to have: the selected row and the first visible one."""
        selected = self.selected
        top = self._model.line(self._top_row())
        return tuple(line.row for line in (selected, top) if line is not None)

    def select_payment(self, charge_id: int | None) -> bool:
        """Select a payment that is here; nothing for None. Return whether it is selected."""
        row = self._model.row_of(charge_id) if charge_id is not None else None
        if row is None:
            self._selected_id = None
            self.selectionModel().clear()
            self.chosen.emit(None)
            return False
        self.select_row(row)
        return True

    def select_row(self, row: int) -> None:
        """Select the row `row`, if there is one, and bring it into view."""
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row, Column.TIME)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def take_up(self) -> None:
        """After another reading: select and scroll to what was there before, if it still is."""
        self.select_payment(self._selected_id)
        kept, self._top = self._top, None
        row = self._model.row_of(kept[0].charge_id) if kept is not None else None
        if kept is not None and row is not None:
            self.updateGeometries()  # or the scroll bar still ends where the rows before ended
            self.verticalScrollBar().setValue(row * self._row_height() + kept[1])

    def expect(self, charge_id: int) -> None:
        """Select this payment, now or when the next reading has it."""
        if not self.select_payment(charge_id):
            self._selected_id = charge_id

    def forget(self) -> None:
        """Select nothing and go to the top: another filter is coming."""
        self._selected_id = None
        self.selectionModel().clear()
        self.scrollToTop()

    def step(self, key: Qt.Key) -> bool:
        """Select as the keys for moving say, wherever the focus is; return whether it is one."""
        rows, now = self._model.rowCount(), self.currentIndex().row()
        page = max(1, self.viewport().height() // self._row_height() - 1)
        targets = {
            Qt.Key.Key_Up: now - 1 if now >= 0 else 0,
            Qt.Key.Key_Down: now + 1,
            Qt.Key.Key_PageUp: now - page,
            Qt.Key.Key_PageDown: now + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: rows - 1,
        }
        if key not in targets or not rows:
            return False
        self.select_row(min(max(targets[key], 0), rows - 1))
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without selecting anything, as Qt's own view would."""
        QWidget.focusInEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move as `step` does; leave Enter to the page."""
        if event.key() in _KEPT_BY_PAGE or not self.step(Qt.Key(event.key())):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out to the columns."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        width = int(self.viewport().width() / theme.scale())
        tracks = tracks_for(width)
        self._delegate.tracks = self._head.tracks = tracks
        widths = widths_for(tracks, width)
        for column in Column:
            self.setColumnHidden(column, column not in tracks)
            if column in tracks:
                self.setColumnWidth(column, theme.px(widths[column]))

    def _row_height(self) -> int:
        return theme.px(ROW_HEIGHT)

    def _top_row(self) -> int:
        return self.rowAt(0)

    @Slot()
    def _on_look_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self._fit_columns()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        del before
        line = self._model.line(now.row()) if now.isValid() else None
        if line is not None:
            self._selected_id = line.charge_id
        self.chosen.emit(line)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        line = self._model.line(index.row())
        if line is not None:
            self.tapped.emit(line)

    @Slot()
    def _on_about_to_reset(self) -> None:
        row = self._top_row()
        line = self._model.line(row)
        is_scrolled = self.verticalScrollBar().value() > 0
        if line is not None and is_scrolled:
            offset = self.verticalScrollBar().value() - row * self._row_height()
            self._top = (line.row, offset)

    @Slot(QModelIndex, int, int)
    def _on_about_to_insert(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent, first, last
        self._top_value = self.verticalScrollBar().value()

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """Keep what is looked at in its place when rows come above it."""
        del parent
        if first == 0 and self._top_value > 0:
            more = (last + 1 - first) * self._row_height()
            self.updateGeometries()
            self.verticalScrollBar().setValue(self._top_value + more)

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Tell that the selected row's line has come or changed."""
        now = self.currentIndex()
        if now.isValid() and first.row() <= now.row() <= last.row():
            self._on_current_changed(now, now)
