"""The detail panel: one payment, what happened to it, and what can be done (ux.md 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.history import HistoryStatus
from pos_app.ui import icons, theme
from pos_app.ui.models.status_words import TAKEN
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.widgets.detail_acts import DetailAct, acts_of
from pos_app.ui.widgets.detail_buttons import DetailButtons
from pos_app.ui.widgets.fact_rows import CopyRow, FactRow, WordsRow
from pos_app.ui.widgets.history_list import HistoryList
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.pill import Pill
from pos_app.ui.widgets.refund_progress import RefundProgress
from pos_app.ui.widgets.scroll_column import ScrollColumn
from pos_app.ui.widgets.transaction_words import look_of, meaning_of

if TYPE_CHECKING:
    from pos_app.services.history import HistoryDetail


class TransactionDetail(QFrame):
    """Shows the selected payment: its line at once, the rest when it has been read.

    Buttons act on what is shown only: until the rest is here they do nothing.

    Signals:
        acted(DetailAct): a button of the payment that is shown was pressed.
        closed(): the close button of the sheet was pressed.
    """

    acted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionDetail")
        self.setProperty("card", "true")
        self._detail: HistoryDetail | None = None
        self._line: TransactionLine | None = None
        self._glyph = MethodGlyph(32)
        self._method = Label(role="button")
        self._pill = Pill()
        self._pill.setObjectName("detailStatus")
        self._close = self._close_button()
        self._amount = MoneyLabel("moneyDetail")
        self._amount.setObjectName("detailAmount")
        self._progress = RefundProgress()
        self._meaning = Label(role="body", shade="muted", wraps=True)
        self._meaning.setObjectName("detailMeaning")
        self._history = HistoryList()
        self.buttons = DetailButtons()
        self.buttons.pressed.connect(self._on_pressed)
        nothing = Label(
            self.tr("Choose a transaction to see its details."), "body", "muted3", wraps=True
        )
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setContentsMargins(24, 24, 24, 24)
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._build())
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._stack)

    @property
    def detail(self) -> HistoryDetail | None:
        """The payment that is shown whole; None before it has been read."""
        return self._detail

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in reading order."""
        return [self._close, self._scroll, self._transaction.button, *self.buttons.stops]

    def expect(self, line: TransactionLine | None) -> None:
        """Show a payment's line; the rest of another payment goes."""
        before, self._line = self._line, line
        if line is None:
            self._detail = None
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self._show_head(line)
        if before is None or before.charge_id != line.charge_id:
            self._detail = None
            self._scroll.verticalScrollBar().setValue(0)

    def clear_rest(self) -> None:
        """Take away what was shown of the payment before: reading takes a while."""
        if self._detail is None and self._line is not None:
            self._progress.hide()
            self._meaning.hide()
            self._transaction.show_value("")
            self._note.show_value("")
            self._history.show_entries(())
            self.buttons.show_acts((), "")

    def show_detail(self, detail: HistoryDetail, gateway: str) -> None:
        """Show all of the payment that is expected.

        Args:
            detail: of any payment; another one's is dropped.
            gateway: the payment service's own name.
        """
        if self._line is None or detail.charge.id != self._line.charge_id:
            return
        self._detail = detail
        charge = detail.charge
        self._progress.show_standing(detail.standing)
        self._progress.setVisible(detail.status in TAKEN)
        self._meaning.setText(meaning_of(charge))
        self._meaning.setVisible(bool(self._meaning.text()))
        self._transaction.show_value(charge.transaction_id or "")
        self._note.show_value(detail.note)
        self._refusal.show_value(charge.refusal if detail.status is HistoryStatus.REFUSED else "")
        self._history.show_entries(tuple(look_of(one, charge, gateway) for one in detail.entries))
        self.buttons.show_acts(acts_of(detail), gateway)

    def press(self, *acts: DetailAct) -> bool:
        """Press the first of `acts` that is offered; return whether one is."""
        for act in acts:
            if act in self.buttons.acts and self.buttons.button(act).isEnabled():
                self.buttons.button(act).click()
                return True
        return False

    def press_primary(self) -> bool:
        """Press the first button; return whether there is one."""
        return self.press(*self.buttons.acts[:1])

    def focus_primary(self) -> None:
        """Put the focus on the first button, else on what closes the sheet."""
        stops = self.buttons.stops
        (stops[0] if stops else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_sheet(self, is_sheet: bool) -> None:
        """Be a sheet over the list, with a button that closes it, or a panel beside it."""
        self._close.setVisible(is_sheet)

    def _show_head(self, line: TransactionLine) -> None:
        self._glyph.show_method(line.traits)
        self._method.setText(line.method)
        self._pill.set_status(*line.pill)
        self._amount.set_amount(line.row.amount, "text3" if line.is_grey else "text")
        self._receipt.show_value(line.row.short_reference)
        self._reference.show_value(line.row.reference)

    def _build(self) -> QWidget:
        self._scroll = ScrollColumn(self.tr("Details"))
        self._scroll.setObjectName("detailScroll")
        inside, column = self._scroll.widget(), self._scroll.column
        column.addLayout(self._build_head())
        column.addWidget(_line())
        facts = QVBoxLayout()
        theme.size(facts, margins=(22, 16, 22, 14), spacing=14)
        self._receipt = FactRow(self.tr("Receipt"), "detailReceipt")
        self._reference = FactRow(self.tr("Reference"), "detailReference")
        self._transaction = CopyRow(
            self.tr("Transaction ID"), "detailTransactionId", "copyTransactionIdButton", inside
        )
        self._note = WordsRow(self.tr("Note"), "detailNote")
        self._refusal = WordsRow(self.tr("Reason"), "detailRefusal")
        for fact in self._facts:
            facts.addWidget(fact)
        column.addLayout(facts)
        between = QHBoxLayout()
        theme.size(between, margins=(22, 0, 22, 0))
        between.addWidget(_line())
        column.addLayout(between)
        column.addWidget(self._history)
        column.addStretch(1)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        theme.size(whole, margins=(0, 0, 0, 0), spacing=0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.buttons)
        return holder

    @property
    def _facts(self) -> tuple[FactRow, ...]:
        return self._receipt, self._reference, self._transaction, self._note, self._refusal

    def _build_head(self) -> QVBoxLayout:
        upper = QVBoxLayout()
        theme.size(upper, margins=(22, 16, 22, 16), spacing=6)
        top = QHBoxLayout()
        theme.size(top, spacing=10)
        top.addWidget(self._glyph)
        top.addWidget(self._method, 1)
        top.addWidget(self._pill)
        top.addWidget(self._close)
        upper.addLayout(top)
        upper.addWidget(self._amount)
        upper.addWidget(self._progress)
        upper.addWidget(self._meaning)
        return upper

    def _close_button(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName("closeDetailButton")
        button.setProperty("kind", "icon")
        button.setIcon(icons.icon("close"))
        button.setAccessibleName(self.tr("Close"))
        button.setAccessibleDescription("Esc")
        button.clicked.connect(self.closed)
        theme.size(button, icon=22)
        button.hide()
        return button

    @Slot(object)
    def _on_pressed(self, act: DetailAct) -> None:
        if self._detail is not None:
            self.acted.emit(act)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "h")
    return line
