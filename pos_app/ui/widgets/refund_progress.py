"""How much of a payment has gone back, may have, and can still go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.services.refund_book import Standing
from pos_app.ui import theme
from pos_app.ui.widgets.label import Label

_HEIGHT = 10


class _Bar(QWidget):
    """The share that went back filled, what is held back in amber after it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("refundProgress")
        self._gone = self._held = 0
        self._whole = 1
        theme.size(self, height=_HEIGHT)

    def show_shares(self, gone: int, held: int, whole: int) -> None:
        """Show shares of `whole`, all in minor units."""
        self._gone, self._held, self._whole = gone, held, max(1, whole)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.height() / 2
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.color("key2"))
        gone = self.width() * self._gone // self._whole
        held = self.width() * self._held // self._whole
        painter.fillRect(0, 0, gone, self.height(), theme.color("primary"))
        painter.fillRect(gone, 0, held, self.height(), theme.color("warn_border"))
        painter.end()


class RefundProgress(QWidget):
    """The bar with its words: "Refunded 30.00", "Held back 12.50", "Can still refund 83.50"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar(self)
        self._gone = Label(role="bar", shade="muted")
        self._left = Label(role="barStrong")
        self._left.setObjectName("refundableLabel")
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._held = Label(role="bar", shade="warn", wraps=True)
        self._held.setObjectName("heldBackLabel")
        words = QHBoxLayout()
        theme.size(words, spacing=8)
        words.addWidget(self._gone, 1)
        words.addWidget(self._left)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=7)
        column.addWidget(self._bar)
        column.addLayout(words)
        column.addWidget(self._held)

    def show_standing(self, standing: Standing) -> None:
        """Show where a payment stands with its refunds."""
        gone, held, left = standing.refunded, standing.held_back, standing.refundable
        self._bar.show_shares(gone.minor, held.minor, standing.charge.amount.minor)
        self._gone.setText(self.tr("Refunded {amount}").format(amount=gone.grouped))
        self._left.setText(self.tr("Can still refund {amount}").format(amount=left.grouped))
        words = self.tr("Held back {amount} until it is settled").format(amount=held.grouped)
        self._held.setText(words)
        self._held.setVisible(bool(held))
        told = [self._gone.text(), words if held else "", self._left.text()]
        self._bar.setAccessibleName(", ".join(one for one in told if one))
