"""The facts of a payment in one row: reference, method, cashier, items."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView
from pos_app.ui import theme


class PaymentFacts(QWidget):
    """Four captions with a value under each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=44)
        self._reference = self._fact(row, self.tr("Reference"))
        self._reference.setObjectName("paymentReference")
        self._method = self._fact(row, self.tr("Method"))
        self._cashier = self._fact(row, self.tr("Cashier"))
        self._items = self._fact(row, self.tr("Items"))
        row.addStretch(1)

    def show_facts(self, view: PaymentView) -> None:
        """Show the facts of `view`."""
        self._reference.setText(view.charge.short_reference)
        self._method.setText(METHODS[view.charge.method].name)
        self._cashier.setText(view.cashier)
        self._items.setText(str(view.item_count))

    def _fact(self, row: QHBoxLayout, caption: str) -> QLabel:
        column = QVBoxLayout()
        theme.size(column, spacing=2)
        label, value = QLabel(caption), QLabel()
        label.setProperty("textRole", "caption")
        label.setProperty("muted3", True)
        value.setProperty("textRole", "bodyStrong")
        value.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(label)
        column.addWidget(value)
        row.addLayout(column)
        return value
