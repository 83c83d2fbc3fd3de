"""What was paid, what went back, and what can still go back (mock-refund)."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.money import Money
from pos_app.services.refund_book import Standing
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.label import Label


class RefundFacts(QFrame):
    """Three figures of one payment, side by side.

    What may have gone out counts as refunded nowhere and can't be refunded: it is named beside
    the second figure.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "sunken")
        theme.size(self, height=69)
        self._row = QHBoxLayout(self)
        theme.size(self._row, margins=(0, 0, 0, 0), spacing=0)
        self._paid = self._cell("refundPaidLabel", self.tr("Paid"))
        self._line()
        self._refunded = self._cell("refundedSoFarLabel", self.tr("Refunded so far"))
        self._line()
        self._left = self._cell("refundableAmountLabel", self.tr("Can still refund"), "ok")

    def show_standing(self, standing: Standing, left: Money) -> None:
        """Show where the payment stands, and what is left of it."""
        figures = (
            (self._paid, self.tr("Paid"), standing.charge.amount),
            (self._refunded, self.tr("Refunded so far"), standing.refunded),
            (self._left, self.tr("Can still refund"), left),
        )
        for (caption, value), words, amount in figures:
            caption.setText(words)
            value.setText(amount.grouped)
            value.setAccessibleName(f"{words} {amount_text(amount)}")
        if standing.held_back:
            held = self.tr("Refunded so far · {amount} held back")
            self._refunded[0].setText(held.format(amount=standing.held_back.grouped))
        theme.set_property(self._left[1], "tone", "ok" if left else "mute")

    def _cell(self, object_name: str, words: str, tone: str = "") -> tuple[Label, Label]:
        caption = Label(words, "caption", "muted", parent=self)
        value = Label("", "leadTitle", tone, parent=self)
        value.setObjectName(object_name)
        cell = QVBoxLayout()
        theme.size(cell, margins=(16, 10, 8, 12), spacing=0)
        cell.addWidget(caption)
        cell.addWidget(value)
        self._row.addLayout(cell, 1)
        return caption, value

    def _line(self) -> None:
        line = QFrame(self)
        line.setProperty("line", "v")
        self._row.addWidget(line)
