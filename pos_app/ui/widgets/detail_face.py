"""One payment, whole: what it is, what happened to it, and the buttons (mock-transactions)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.history import HistoryStatus
from pos_app.ui import icons, theme
from pos_app.ui.format import amount_text
from pos_app.ui.models.status_words import TAKEN
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.widgets.detail_acts import acts_of
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


class DetailFace(QWidget):
    """Shows what it is told and decides nothing.

    Attributes:
        buttons: what can be done, at the foot.
        close_button: closes the sheet that it may be.

    Signals:
        closed(): that button was pressed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = MethodGlyph(32)
        self._method = Label(role="button")
        self._pill = Pill()
        self._pill.setObjectName("detailStatus")
        self.close_button = _close_button()
        self.close_button.clicked.connect(self.closed)
        self._amount = MoneyLabel("moneyDetail")
        self._amount.setObjectName("detailAmount")
        self._progress = RefundProgress()
        self._meaning = Label(role="body", shade="muted", wraps=True)
        self._meaning.setObjectName("detailMeaning")
        self._history = HistoryList()
        self.buttons = DetailButtons()
        self._scroll = ScrollColumn(self.tr("Details"))
        self._scroll.setObjectName("detailScroll")
        self._build(self._scroll.inside, self._scroll.column)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in reading order."""
        copy = self._transaction.button
        return [self.close_button, self._scroll, copy, *self.buttons.stops]

    def show_line(self, line: TransactionLine) -> None:
        """Show what the list knows of a payment."""
        self._glyph.show_method(line.traits)
        self._method.setText(line.method)
        self._pill.set_status(*line.pill)
        self._amount.set_amount(line.row.amount, "text3" if line.is_grey else "text")
        self._receipt.show_value(line.row.short_reference)
        self._reference.show_value(line.row.reference)

    def show_detail(self, detail: HistoryDetail, gateway: str) -> None:
        """Show the rest, and what can be done."""
        charge = detail.charge
        self._progress.show_standing(detail.standing)
        self._progress.setVisible(detail.status in TAKEN)
        self._meaning.setText(meaning_of(charge))
        self._meaning.setVisible(bool(self._meaning.text()))
        self._transaction.show_value(charge.transaction_id or "")
        self._tip.show_value(amount_text(charge.tip) if charge.tip else "")
        self._note.show_value(detail.note)
        self._refusal.show_value(charge.refusal if detail.status is HistoryStatus.REFUSED else "")
        self._history.show_entries(tuple(look_of(one, charge, gateway) for one in detail.entries))
        self.buttons.show_acts(acts_of(detail), gateway)

    def clear_rest(self) -> None:
        """Take the rest away: it is another payment's."""
        self._progress.hide()
        self._meaning.hide()
        self._transaction.show_value("")
        self._tip.show_value("")
        self._note.show_value("")
        self._refusal.show_value("")
        self._history.show_entries(())
        self.buttons.show_acts((), "")

    def scroll_to_top(self) -> None:
        """Begin with the amount."""
        self._scroll.verticalScrollBar().setValue(0)

    def _build(self, inside: QWidget, column: QVBoxLayout) -> None:
        self._receipt = FactRow(self.tr("Receipt"), "detailReceipt")
        self._reference = FactRow(self.tr("Reference"), "detailReference")
        self._transaction = CopyRow(
            self.tr("Transaction ID"), "detailTransactionId", "copyTransactionIdButton", inside
        )
        self._tip = FactRow(self.tr("With a tip of"), "detailTip")
        self._note = WordsRow(self.tr("Note"), "detailNote")
        self._refusal = WordsRow(self.tr("Reason"), "detailRefusal")
        facts = QVBoxLayout()
        theme.size(facts, margins=(22, 16, 22, 14), spacing=14)
        for fact in (
            self._receipt, self._reference, self._transaction, self._tip, self._note, self._refusal
        ):  # fmt: skip
            facts.addWidget(fact)
        between = QHBoxLayout()
        theme.size(between, margins=(22, 0, 22, 0))
        between.addWidget(_line())
        column.addLayout(self._build_head())
        column.addWidget(_line())
        column.addLayout(facts)
        column.addLayout(between)
        column.addWidget(self._history)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        theme.size(whole, margins=(0, 0, 0, 0), spacing=0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.buttons)

    def _build_head(self) -> QVBoxLayout:
        upper = QVBoxLayout()
        theme.size(upper, margins=(22, 16, 22, 16), spacing=6)
        top = QHBoxLayout()
        theme.size(top, spacing=10)
        top.addWidget(self._glyph)
        top.addWidget(self._method, 1)
        top.addWidget(self._pill)
        top.addWidget(self.close_button)
        upper.addLayout(top)
        upper.addWidget(self._amount)
        upper.addWidget(self._progress)
        upper.addWidget(self._meaning)
        return upper


def _close_button() -> QPushButton:
    button = QPushButton()
    button.setObjectName("closeDetailButton")
    button.setProperty("kind", "icon")
    button.setIcon(icons.icon("close"))
    button.setAccessibleName(QCoreApplication.translate("DetailFace", "Close"))
    button.setAccessibleDescription("Esc")
    theme.size(button, icon=22)
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "h")
    return line
