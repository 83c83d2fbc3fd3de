"""The sale folded into a strip at the page's foot, for narrow windows (ux.md, section 4)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.cart import Cart
from pos_app.ui import theme
from pos_app.ui.widgets.charge_button import ChargeButton
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.money_label import MoneyLabel

STRIP_HEIGHT = 92
"""px at scale 1.0."""


class SaleStrip(QFrame):
    """Count, total, "Show sale", and the sale's own Charge button while it is folded.

    Signals:
        opened(bool): the sale should be shown as a sheet, or hidden again.
    """

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saleStrip")
        self.setProperty("card", True)
        theme.size(self, height=STRIP_HEIGHT)
        self._count = Label(role="caption", shade="muted3", parent=self)
        self._total = MoneyLabel("moneyS", Qt.AlignmentFlag.AlignLeft, self)
        self._show = QPushButton(self)
        self._show.setObjectName("showSaleButton")
        self._show.setProperty("kind", "secondary")
        self._show.setCheckable(True)
        self._show.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show.toggled.connect(self._on_toggled)
        words = QVBoxLayout()
        theme.size(words, spacing=0)
        words.addStretch(1)
        words.addWidget(self._total)
        words.addWidget(self._count)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        theme.size(self._row, margins=(19, 8, 9, 8), spacing=12)
        self._row.addLayout(words, 2)
        self._row.addWidget(self._show)
        self._say()

    @property
    def is_open(self) -> bool:
        """Whether the sale is wanted as a sheet."""
        return self._show.isChecked()

    def hold(self, charge: ChargeButton) -> None:
        """Take the Charge button in while the sale is folded."""
        self._row.addWidget(charge, 3)

    def show_cart(self, cart: Cart) -> None:
        """Show count and total."""
        count = self.tr("1 item") if cart.count == 1 else self.tr("{count} items")
        self._count.setText(count.format(count=cart.count))
        self._total.set_amount(cart.total)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._say()
        self.opened.emit(is_open)

    def _say(self) -> None:
        words = self.tr("Hide sale") if self.is_open else self.tr("Show sale")
        self._show.setText(words)
        self._show.setAccessibleName(words)
