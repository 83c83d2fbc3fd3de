"""The amount to refund: keyed from the right, never filled in beforehand (ux.md 6.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.label import Label


class RefundAmount(QWidget):
    """The amount, "All 96.00" beside it, and under it what is wrong.

    Attributes:
        box: the field; takes the focus.

    Signals:
        changed(): another amount.
        taken(): the field has got the focus: a pad should feed it from now on.
        refused(): a tenth digit, or a decimal too many: the low sound.
    """

    changed = Signal()
    taken = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = Money.zero("USD")
        self._entry = AmountEntry("USD")
        self.box = AmountBox("refundAmountEdit", self)
        self._all = ActionButton("", tall="64", object_name="refundAllButton", parent=self)
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._error.setObjectName("refundAmountError")
        row = QHBoxLayout()
        theme.size(row, spacing=10)
        row.addWidget(self.box, 1)
        row.addWidget(self._all)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=8)
        column.addWidget(Label(self.tr("Refund amount"), "bodyStrong", parent=self))
        column.addLayout(row)
        column.addWidget(self._error)
        self.box.keyed.connect(self.key)
        self.box.backspace_keyed.connect(self.take_back)
        self.box.clear_keyed.connect(self._on_clear)
        self.box.taken.connect(self.taken)
        self._all.clicked.connect(self._on_all)
        self._show()

    def show_most(self, most: Money) -> None:
        """Know how much can still be refunded; what is keyed stays."""
        if most.currency != self._entry.currency:
            self._entry = AmountEntry(most.currency)
        self._most = most
        words = self.tr("All {amount}").format(amount=most.grouped)
        self._all.set_words(words)
        self._all.setAccessibleName(self.tr("All {amount}").format(amount=amount_text(most)))
        self._all.setEnabled(bool(most))
        self._show()

    @property
    def amount(self) -> Money:
        """What is keyed."""
        return self._entry.amount

    @property
    def most(self) -> Money:
        """How much can still be refunded."""
        return self._most

    @property
    def is_complete(self) -> bool:
        """Whether it is above zero and not too much."""
        return bool(self.amount) and self.amount <= self._most

    @Slot(str)
    def key(self, keyed: str) -> None:
        """Take digits or "."; what does not fit changes nothing."""
        entry = self._entry.with_point() if keyed == "." else self._entry.with_digits(keyed)
        if entry is None:
            self.refused.emit()
            return
        self._set(entry)

    @Slot()
    def take_back(self) -> None:
        """Take the last key back."""
        self._set(self._entry.without_last())

    def focus(self) -> None:
        """Take the focus."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_clear(self) -> None:
        self._set(AmountEntry(self._entry.currency))

    @Slot()
    def _on_all(self) -> None:
        self._set(AmountEntry(self._most.currency, str(self._most.minor)))

    def _set(self, entry: AmountEntry) -> None:
        self._entry = entry
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        entry = self._entry
        self.box.show_entry(entry)
        self.box.setAccessibleName(
            self.tr("Refund amount {amount}").format(amount=amount_text(entry.amount))
        )
        is_too_much = entry.amount > self._most
        most = self.tr("The most you can refund is {amount}.")
        words = most.format(amount=amount_text(self._most)) if is_too_much else ""
        self._error.setText(words)
        self._error.setVisible(is_too_much)
        self.box.setAccessibleDescription(words)
        theme.set_property(self.box, "wrong", is_too_much)
