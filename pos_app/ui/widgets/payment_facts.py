"""The facts of a payment in one row: reference, method, cashier, items."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView
from pos_app.ui import theme
from pos_app.ui.format import amount_text


class PaymentFacts(QWidget):
    """A few captions with a value under each; the tip's only where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=44)
        _, self._reference = self._fact(row, self.tr("Reference"))
        self._reference.setObjectName("paymentReference")
        _, self._method = self._fact(row, self.tr("Method"))
        _, self._cashier = self._fact(row, self.tr("Cashier"))
        _, self._items = self._fact(row, self.tr("Items"))
        self._tip_caption, self._tip = self._fact(row, self.tr("With a tip of"))
        self._tip.setObjectName("paymentTip")
        row.addStretch(1)

    def show_facts(self, view: PaymentView) -> None:
        """Show the facts of `view`."""
        self._reference.setText(view.charge.short_reference)
        self._method.setText(METHODS[view.charge.method].name)
        self._cashier.setText(view.cashier)
        self._items.setText(str(view.item_count))
        tip = view.charge.tip
        self._tip.setText(amount_text(tip) if tip else "")
        for label in (self._tip_caption, self._tip):
            label.setVisible(tip is not None)

    def _fact(self, row: QHBoxLayout, caption: str) -> tuple[QLabel, QLabel]:
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
        return label, value
