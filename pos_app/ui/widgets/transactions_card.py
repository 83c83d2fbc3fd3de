"""The card with the list of transactions: its table, what is said instead of it, and its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.history import HistoryTotals
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.models.transaction_model import TransactionModel
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.date_range import Span
from pos_app.ui.widgets.export_strip import ExportStrip
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.transaction_filter import TransactionFilter
from pos_app.ui.widgets.transaction_table import TransactionTable

_REFUNDED = 2


class TransactionsCard(QFrame):
    """Shows the rows, or why there are none; under them how many and what they come to.

    Attributes:
        table: the list.
        reconcile: compares a day with the payment service; has its words by `show_gateway`.
        export: how far an export is, in place of the sums.

    Signals:
        clear_wanted(): Clear filters was pressed where nothing matches.
    """

    clear_wanted = Signal()

    def __init__(self, model: TransactionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self._model = model
        self.table = TransactionTable(model)
        self._empty = Label(role="h2", shade="muted", wraps=True)
        self._empty.setObjectName("transactionsEmpty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clear = ActionButton(
            self.tr("Clear filters"), tall="48", object_name="emptyClearFiltersButton"
        )
        self.clear.clicked.connect(self.clear_wanted)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._build_empty())
        self._count = Label(role="body", shade="muted")
        self.reconcile = QPushButton()
        self.reconcile.setObjectName("reconcileButton")
        self.reconcile.setProperty("kind", "text")
        self.reconcile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reconcile.hide()
        self._sums = _Sums()
        foot = QFrame()
        foot.setProperty("card", "foot")
        theme.size(foot, height=52)
        self.export = ExportStrip()
        row = QHBoxLayout(foot)
        theme.size(row, margins=(18, 0, 18, 0), spacing=16)
        row.addWidget(self._count)
        row.addWidget(self.reconcile)
        row.addStretch(1)
        row.addWidget(self._sums)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def show_gateway(self, gateway: str) -> None:
        """Offer to compare with the payment service of this name."""
        words = self.tr("Compare with {gateway}").replace("{gateway}", gateway)
        self.reconcile.setText(words)
        self.reconcile.setAccessibleName(words)
        self.reconcile.show()

    def show_state(self, shown: TransactionFilter) -> None:
        """Show the rows of what `shown` asks for, or say that there are none.

        Call it when the ledger has answered; before, an empty list means nothing.
        """
        is_empty = self._model.rowCount() == 0
        self._stack.setCurrentIndex(1 if is_empty else 0)
        if not is_empty:
            return
        if shown.is_plain_today:
            self._empty.setText(self.tr("No transactions yet today."))
        elif shown == TransactionFilter(needs_answer=True, dates=shown.dates):
            self._empty.setText(self.tr("Nothing needs an answer."))
        else:
            self._empty.setText(self.tr("Nothing matches. Try fewer words or another date."))
        self.clear.setVisible(not shown.is_plain_today)

    def show_exporting(self, *, is_on: bool) -> None:
        """Show how far an export is, or the sums again."""
        self._sums.setVisible(not is_on)
        self.reconcile.setVisible(not is_on)
        if is_on:
            self.export.begin()
        else:
            self.export.hide()

    def show_totals(self, totals: HistoryTotals | None, shown: TransactionFilter) -> None:
        """Say how many rows there are and what they come to; None while it is not known."""
        if totals is None:
            self._count.setText("")
            self._sums.show_sums((), (), ())
            return
        self._count.setText(self._count_words(totals.count, shown))
        self._sums.show_sums(totals.paid, totals.refunded, totals.settled)

    def _count_words(self, count: int, shown: TransactionFilter) -> str:
        is_today = shown.shown_dates.span is Span.TODAY
        if count == 1:
            return self.tr("1 transaction today") if is_today else self.tr("1 transaction")
        words = (
            self.tr("{count} transactions today") if is_today else self.tr("{count} transactions")
        )
        return words.format(count=f"{count:,}")

    def _build_empty(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        theme.size(column, margins=(32, 24, 32, 24), spacing=20)
        column.addStretch(1)
        column.addWidget(self._empty)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return holder


class _Sums(QWidget):
    """What was paid and refunded, each currency by itself.

    What managers called paid by hand stands on its own line: no gateway has confirmed it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("transactionsTotals")
        self._labels = [Label(role=role) for role in ("body", "bodyStrong", "body", "bodyStrong")]
        self._dot = Label("·")
        self._settled = Label(role="caption", shade="muted")
        self._settled.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        row = QHBoxLayout()
        theme.size(row, margins=(0, 0, 0, 0), spacing=5)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._settled)
        for place, label in enumerate(self._labels):
            if place == _REFUNDED:
                row.addWidget(self._dot)
            row.addWidget(label)

    def show_sums(
        self, paid: tuple[Money, ...], refunded: tuple[Money, ...], settled: tuple[Money, ...]
    ) -> None:
        """Show sums; a kind without any is left out."""
        words = (
            self.tr("Paid") if paid else "",
            _listed(paid),
            self.tr("Refunded") if refunded else "",
            _listed(refunded),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._dot.setVisible(bool(paid and refunded))
        by_hand = self.tr("Called paid by hand {amount}").replace("{amount}", _listed(settled))
        self._settled.setText(by_hand)
        self._settled.setVisible(bool(settled))
        spoken = (*words, by_hand) if settled else words
        self.setAccessibleName(" ".join(text for text in spoken if text))


def _listed(amounts: tuple[Money, ...]) -> str:
    return ", ".join(amount_text(one) for one in amounts)
