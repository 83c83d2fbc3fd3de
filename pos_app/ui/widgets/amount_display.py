"""The amount being keyed, the largest thing on the Sell page (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.currencies import mark
from pos_app.ui import theme
from pos_app.ui.widgets.action_button import TEXT_PADDING, ActionButton
from pos_app.ui.widgets.focus_ring import INSET
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.money_label import MoneyLabel

_NOTE_WIDTH = 260


def entry_text(entry: AmountEntry) -> str:
    """Return the digits as they are being typed: "42.50", or "42.5" after a typed point."""
    if entry.decimals is None:
        return entry.amount.grouped
    return f"{int(entry.digits or '0'):,}.{entry.decimals}"


class AmountDisplay(QFrame):
    """112 px: what is being keyed, its currency, and the note.

    Signals:
        note_pressed: the cashier wants to write a note.
    """

    note_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("amountDisplay")
        self.setProperty("card", "sunken")
        theme.size(self, height=112)
        self._money = MoneyLabel("moneyL", Qt.AlignmentFlag.AlignRight, self)
        self._money.setObjectName("amountCurrency")
        self._note = ActionButton(
            "", "text", tall="48", icon="pencil", object_name="noteButton", parent=self
        )
        self._note.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._note.setProperty(INSET, 10)
        self._note.clicked.connect(self.note_pressed)
        self._written: str | None = None
        self._caption = Label(self.tr("Amount"), "body", "muted", parent=self)
        self.show_note("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts: note and caption stand over the money's room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        edge, width = theme.px(18), self.width()
        self._caption.adjustSize()
        self._caption.move(edge, theme.px(24) - self._caption.height() // 2)
        self._note.adjustSize()
        self._note.move(width - edge + theme.px(TEXT_PADDING) - self._note.width(), 0)
        self._money.setGeometry(edge, theme.px(32), width - 2 * edge, theme.px(70))

    def show_entry(self, entry: AmountEntry) -> None:
        """Show what has been keyed; nothing keyed is grey."""
        color = "text3" if entry.is_empty else "text"
        self._money.set_text(mark(entry.currency), entry_text(entry), color)
        self.setAccessibleName(self.tr("Amount {amount}").format(amount=self._money.text()))

    def show_note(self, note: str) -> None:
        """Show the note in place of "Add a note", shortened to its room."""
        if note == self._written:
            return
        self._written = note
        words = note or self.tr("Add a note")
        metrics = QFontMetrics(theme.font("bodyStrong"))
        width = theme.px(_NOTE_WIDTH)
        self._note.set_words(metrics.elidedText(words, Qt.TextElideMode.ElideRight, width))
        self._note.setAccessibleName(
            self.tr("Note: {note}").format(note=note) if note else self.tr("Add a note")
        )
        self._note.setToolTip(note)
        self._place()
