"""Bar, list and panel of the Transactions page, beside each other or one over the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.models.transaction_model import TransactionModel
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.filter_bar import FilterBar
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.tab_order import put_in_order
from pos_app.ui.widgets.transaction_detail import TransactionDetail
from pos_app.ui.widgets.transactions_card import TransactionsCard

_DETAIL, _DETAIL_WIDE = 392, 480
_WIDE_FROM = 1400
"""Effective width from which the panel is the wide one."""


class TransactionsView(QWidget):
    """Lays the parts out: regular, wide (1920), or narrow with the panel as a sheet.

    Attributes:
        bar, card, table, detail: the parts.
        retry: the button beside the banner of a read error.
    """

    def __init__(
        self, model: TransactionModel, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self.bar = FilterBar(today)
        self.card = TransactionsCard(model)
        self.table = self.card.table
        self.detail = TransactionDetail(self)
        self.retry = ActionButton(self.tr("Try again"), tall="48", object_name="transactionsRetry")
        self._trouble = StatusBanner("transactionsTrouble")
        self._build()
        self.table.tapped.connect(self._on_tapped)
        self.detail.closed.connect(self.close_sheet)

    @property
    def is_sheet_closed(self) -> bool:
        """Whether the panel is a sheet that is not on the screen."""
        return self._is_narrow and self.detail.isHidden()

    def make_next(self) -> bool:
        """Make one more part that the first look does not need; False when all are there."""
        return self.detail.make()

    def set_narrow(self, is_narrow: bool) -> None:
        """Put the panel into a sheet over the list, or beside it."""
        self._is_narrow = is_narrow
        self.bar.set_narrow(is_narrow)
        self.detail.set_sheet(is_narrow)
        if is_narrow:
            self._row.removeWidget(self.detail)
        else:
            self._row.addWidget(self.detail)
        self.detail.setVisible(not is_narrow)
        self._fit_detail()

    def focus_table(self) -> None:
        """Put the focus into the list; where it is empty, on what brings rows back."""
        stops = (self.table, self.card.clear, self.bar.search)
        stop = next(one for one in stops if one.isVisibleTo(self))
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self) -> None:
        """Show what has been read, or that there is nothing; the focus stays in the card."""
        focused = QApplication.focusWidget()
        was_inside = focused is not None and self.card.isAncestorOf(focused)
        self.hide_trouble()
        self.card.show_state(self.bar.filter)
        if was_inside:
            self.focus_table()

    def open_sheet(self) -> None:
        """Lay the panel over the list."""
        self._fit_detail()
        self.detail.show()
        self.detail.raise_()
        self.detail.focus_primary()

    @Slot()
    def close_sheet(self) -> bool:
        """Take the sheet away; return whether there was one."""
        if not self._is_narrow or self.detail.isHidden():
            return False
        self.detail.hide()
        self.focus_table()
        return True

    def show_trouble(self) -> None:
        """Say that the ledger could not be read; what was shown stays."""
        self._trouble.show_status(
            "bad",
            "warning",
            self.tr("The transactions can’t be read."),
            self.tr("Payments are safe. Try again; if it stays like this, call a manager."),
            is_urgent=True,
        )
        self._trouble.show()
        self.retry.show()

    def hide_trouble(self) -> None:
        """The ledger has been read."""
        self._trouble.hide()
        self.retry.hide()

    def order_stops(self) -> None:
        """Let Tab go through bar, list and panel in reading order."""
        card = (self.table, self.card.clear, self.card.reconcile, self.card.export.stop)
        put_in_order([*self.bar.stops, *card, *self.detail.stops])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its width, and the sheet its place."""
        super().resizeEvent(event)
        self._fit_detail()

    def changeEvent(self, event: QEvent) -> None:
        """Do the same for another scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_detail()

    def _build(self) -> None:
        trouble = QHBoxLayout()
        theme.size(trouble, spacing=12)
        trouble.addWidget(self._trouble, 1)
        trouble.addWidget(self.retry)
        self.hide_trouble()
        self._row = QHBoxLayout()
        theme.size(self._row, spacing=16)
        self._row.addWidget(self.card, 1)
        self._row.addWidget(self.detail)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=14)
        column.addWidget(self.bar)
        column.addLayout(trouble)
        column.addLayout(self._row, 1)
        self.order_stops()

    def _fit_detail(self) -> None:
        is_wide = self.width() / theme.scale() >= _WIDE_FROM
        theme.size(self.detail, width=_DETAIL_WIDE if is_wide else _DETAIL)
        if self._is_narrow:
            place, width = self.card.geometry(), self.detail.width()
            left = place.right() + 1 - width
            self.detail.setGeometry(left, place.top(), width, place.height())

    @Slot(object)
    def _on_tapped(self, line: TransactionLine) -> None:
        del line
        if self._is_narrow:
            self.open_sheet()
