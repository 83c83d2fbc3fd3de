"""A paid payment: the tick, the amount, and the receipt (mock-payment-paid)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.services.printing import PrintResult
from pos_app.ui import theme
from pos_app.ui.format import clock_text
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.payment_actions import action_button
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords
from pos_app.ui.widgets.receipt_card import ReceiptCard
from pos_app.ui.widgets.state_mark import StateMark

_RESULT, _RECEIPT = 790, 432


class PaidPanel(QWidget):
    """Says that the money is there, and prints.

    Signals:
        chosen(Action): a button was pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.receipt = ReceiptCard()
        self.receipt.print_requested.connect(self._on_print_again)
        self._mark = StateMark()
        self._title = Label(role="paidTitle", shade="ok", wraps=True)
        self._amount = MoneyLabel("moneyXL", Qt.AlignmentFlag.AlignHCenter)
        self._glyph = MethodGlyph(30)
        self._method = Label(role="h2")
        self._facts = Label(role="lead", shade="muted")
        self._words = Label(role="bodyStrong", shade="ok", wraps=True)
        self._new_sale = action_button(Action.NEW_SALE, "72")
        self._new_sale.set_hint("Enter")
        self._done = action_button(Action.DONE, "72")
        self._refund = action_button(Action.REFUND, "72")
        self._print = action_button(Action.PRINT, "72")
        self._print_again = action_button(Action.PRINT_AGAIN, "72")
        self._primary = self._new_sale
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=16)
        row.addWidget(self._build_result(), _RESULT)
        row.addWidget(self.receipt, _RECEIPT)

    @property
    def primary(self) -> ActionButton:
        """The button that Enter means."""
        return self._primary

    def button(self, action: Action) -> ActionButton | None:
        """Return the button of an action that may be pressed now; PRINT is also print again."""
        print_button = self._print_again if self._print.isHidden() else self._print
        found = {
            Action.NEW_SALE: self._new_sale,
            Action.DONE: self._done,
            Action.REFUND: self._refund,
            Action.PRINT: print_button,
            Action.PRINT_AGAIN: print_button,
        }.get(action)
        return None if found is None or found.isHidden() or not found.isEnabled() else found

    def release(self) -> None:
        """Switch pressed buttons on again."""
        for button in (
            self._new_sale,
            self._done,
            self._refund,
            self._print,
            self._print_again,
        ):
            button.setEnabled(True)

    def show_view(self, view: PaymentView, words: StateWords, *, is_new: bool) -> None:
        """Show that `view` is paid, in time or late."""
        is_late = view.state is Screen.PAID_LATE
        charge = view.charge
        self._mark.show_mark(words.tone, words.icon)
        theme.set_property(self._title, "textRole", "headline" if is_late else "paidTitle")
        self._title.setText(words.title)
        self._amount.set_amount(charge.amount)
        self._glyph.show_method(METHODS[charge.method])
        self._method.setText(METHODS[charge.method].name)
        paid_at = clock_text(charge.paid_at, with_seconds=True) if charge.paid_at else ""
        self._facts.setText(f"·  {paid_at}  ·  {charge.short_reference}")
        self._words.setText(words.text)
        self._new_sale.setVisible(not is_late)
        self._done.setVisible(is_late)
        self._refund.setVisible(is_late)
        print_button = self._print_again if self._print.isHidden() else self._print
        self._primary = print_button if is_late else self._new_sale
        if is_new:
            self.release()
            self._arrange(is_late=is_late)

    def show_printing(self) -> None:
        """Say that it is being printed; it cannot be asked for again meanwhile."""
        self._print.setEnabled(False)
        self._print_again.setEnabled(False)
        self.receipt.show_printing()

    def show_print_result(self, result: PrintResult) -> None:
        """Say what became of it; from now on it is "Print again"."""
        was_primary = self._primary is self._print
        self._print.setVisible(False)
        self._print_again.setVisible(True)
        self._print_again.setEnabled(True)
        self._print.setEnabled(True)
        if was_primary:
            self._primary = self._print_again
            self._arrange(is_late=True)
        self.receipt.show_result(result)

    def begin(self) -> None:
        """Forget the payment before: nothing of this one has been printed."""
        self._print.setVisible(True)
        self._print_again.setVisible(False)
        self.receipt.show_receipt(None)
        self.receipt.show_not_printed()

    def _build_result(self) -> QWidget:
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addStretch(1)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        self._space(column, 20)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._amount)
        self._space(column, 4)
        column.addLayout(self._build_facts())
        self._space(column, 18)
        column.addLayout(self._build_pill())
        column.addStretch(1)
        column.addWidget(self._build_foot())
        return card

    def _build_facts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.size(row, spacing=10)
        row.addStretch(1)
        for widget in (self._glyph, self._method, self._facts):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _build_pill(self) -> QHBoxLayout:
        self._pill = QFrame()
        self._pill.setProperty("tone", "ok")
        self._pill.setProperty("pill", "tall")
        theme.size(self._pill, min_height=34, max_width=640)
        inside = QHBoxLayout(self._pill)
        theme.size(inside, margins=(16, 5, 16, 5))
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._words)
        row = QHBoxLayout()
        theme.size(row, margins=(24, 0, 24, 0))
        row.addStretch(1)
        row.addWidget(self._pill)
        row.addStretch(1)
        return row

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("card", "foot")
        self._foot = QHBoxLayout(foot)
        theme.size(self._foot, margins=(24, 20, 24, 24), spacing=14)
        for button in (
            self._done,
            self._refund,
            self._print,
            self._print_again,
            self._new_sale,
        ):
            self._foot.addWidget(button)
            button.clicked.connect(self._on_clicked)
        return foot

    def _arrange(self, *, is_late: bool) -> None:
        for button in (self._print, self._print_again, self._new_sale):
            is_wide = button is self._primary
            self._foot.setStretchFactor(button, 1 if is_wide else 0)
            button.set_kind("primary" if is_wide else "secondary")
        self._words.setMinimumWidth(theme.px(560) if is_late else self._one_line())

    def _one_line(self) -> int:
        self._words.ensurePolished()
        return min(theme.px(600), self._words.fontMetrics().horizontalAdvance(self._words.text()))

    @staticmethod
    def _space(column: QVBoxLayout, height: int) -> None:
        keeper = QWidget()
        theme.size(keeper, height=height)
        column.addWidget(keeper)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            button.press_once()
            self.chosen.emit(Action(button.property("action")))

    @Slot()
    def _on_print_again(self) -> None:
        self.chosen.emit(Action.PRINT_AGAIN)
