"""What the Sell page asks beside the charge: the note, and whether the sale should go."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.ui.pages.sale_desk import SaleDesk


class SellQuestions(QObject):
    """Opens the dialogs over `page` and tells the desk what came of them.

    Signals:
        clearing_confirmed(): the whole sale should go.
    """

    clearing_confirmed = Signal()

    def __init__(self, page: QWidget, desk: SaleDesk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk

    @Slot()
    def ask_note(self) -> None:
        """Let the cashier write a note."""
        from pos_app.ui.dialogs.note import NoteDialog

        dialog = NoteDialog(self._page, self._desk.cart.note)
        dialog.note_saved.connect(self._desk.write_note)
        dialog.open()

    @Slot()
    def give_up(self) -> None:
        """Esc: clear the amount, then close the line, then ask to clear the sale."""
        cart = self._desk.cart
        if not cart.entry.is_empty:
            self._desk.clear_entry()
        elif cart.selected is not None:
            self._desk.close_line()
        elif cart.lines:
            from pos_app.ui.dialogs.clear_sale import ClearSaleDialog

            dialog = ClearSaleDialog(self._page, cart.count)
            dialog.answered.connect(self._on_answered)
            dialog.open()

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        if answer == "clear":
            self.clearing_confirmed.emit()
