"""A field for an amount that is keyed from the right (ux.md 6.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.currencies import mark
from pos_app.ui import theme
from pos_app.ui.widgets.amount_display import entry_text
from pos_app.ui.widgets.keyed_box import KeyedBox
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.money_label import MoneyLabel


class AmountBox(KeyedBox):
    """Takes the focus and the keys; whoever keeps the amount tells it what to show.

    Signals:
        keyed(str): digits or a point.
    """

    keyed = Signal(str)

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(object_name, 64, parent)
        self._mark = Label(role="leadTitle", shade="muted3", parent=self)
        self._digits = MoneyLabel("moneyS", Qt.AlignmentFlag.AlignRight, self)
        row = QHBoxLayout(self)
        theme.size(row, margins=(15, 0, 15, 0), spacing=12)
        for label in (self._mark, self._digits):
            theme.see_through(label)
        row.addWidget(self._mark)
        row.addWidget(self._digits, 1)

    def show_entry(self, entry: AmountEntry) -> None:
        """Show what has been keyed, grey as long as that is nothing."""
        self._mark.setText(mark(entry.currency))
        self._digits.set_text("", entry_text(entry), "text3" if entry.is_empty else "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, the point, Backspace, Delete and C; leave the rest to the dialog."""
        text = event.text()
        if text.isascii() and (text.isdigit() or text == "."):
            self.keyed.emit(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace_keyed.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_C}:
            self.clear_keyed.emit()
        else:
            event.ignore()
