"""The selected payment: what it is, what it means, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.charges import Attention
from pos_app.domain.methods import METHODS
from pos_app.services.answers import AnswerRow
from pos_app.ui import icons, theme
from pos_app.ui.format import clock_text, date_text, short_id
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.answer_words import meaning_of, pill_of
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.pill import Pill

_ICON, _GAP = 18, 8
_TARGET = 48


class AnswerDetail(QFrame):
    """Detail panel at the right of the list.

    Signals:
        open_requested(): open its payment page.
        done_requested(): a person has seen the late payment.
    """

    open_requested = Signal()
    done_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionDetail")
        self.setProperty("card", "true")
        self._transaction_id = ""
        self._glyph = MethodGlyph(32)
        self._method = Label(role="button")
        self._pill = Pill()
        self._pill.setObjectName("detailStatus")
        self._amount = MoneyLabel("moneyDetail")
        self._amount.setObjectName("detailAmount")
        self._meaning = Label(role="body", shade="muted", wraps=True)
        self._receipt, self._when = Label(role="bodyStrong"), Label(role="bodyStrong")
        self._reference = Label(role="bodyStrong")
        self._reference.setObjectName("detailReference")
        self._transaction = Label(role="bodyStrong")
        self._transaction.setObjectName("detailTransactionId")
        self._copy = QPushButton()
        self._copy.setObjectName("copyTransactionIdButton")
        self._copy.setProperty("kind", "icon")
        self._copy.setIcon(icons.icon("copy"))
        self._copy.setAccessibleName(self.tr("Copy transaction ID"))
        self._copy.setToolTip(self.tr("Copy transaction ID"))
        theme.size(self._copy, icon=_ICON)
        self._copy.clicked.connect(self._on_copy)
        self.open_button = ActionButton(
            self.tr("Open payment"), "primary", tall="56", hint="Enter",
            object_name="openPaymentButton",
        )  # fmt: skip
        self.open_button.clicked.connect(self.open_requested)
        self._done = ActionButton(self.tr("Done"), tall="56", object_name="detailDoneButton")
        self._done.clicked.connect(self.done_requested)
        nothing = Label(self.tr("Choose a transaction to see its details."), "body", "muted3",
                        wraps=True)  # fmt: skip
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._build())
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._stack)

    def show_row(self, row: AnswerRow | None) -> None:
        """Show a payment, or that none is selected."""
        self._stack.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        charge = row.charge
        self._glyph.show_method(METHODS[charge.method])
        self._method.setText(METHODS[charge.method].name)
        self._pill.set_status(*pill_of(row.state))
        self._amount.set_amount(charge.amount)
        self._meaning.setText(meaning_of(charge))
        self._receipt.setText(charge.short_reference)
        self._when.setText(f"{date_text(charge.created_at)} {clock_text(charge.created_at)}")
        self._reference.setText(charge.reference)
        self._transaction_id = charge.transaction_id or ""
        self._transaction.setText(short_id(self._transaction_id) or "–")
        right = _ICON + _GAP if self._transaction_id else 0
        theme.size(self._transaction, margins=(0, 0, right, 0))
        self._copy.setVisible(bool(self._transaction_id))
        self._done.setVisible(Attention.PAID_LATE in charge.attention)
        self._done.setEnabled(True)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in reading order."""
        return [self._copy, self.open_button, self._done]

    def mark_sent(self) -> None:
        """Switch Done off until the answer is there."""
        self._done.setEnabled(False)

    def _build(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        upper = QVBoxLayout()
        theme.size(upper, margins=(22, 16, 22, 16), spacing=12)
        top = QHBoxLayout()
        theme.size(top, spacing=10)
        top.addWidget(self._glyph)
        top.addWidget(self._method, 1)
        top.addWidget(self._pill)
        upper.addLayout(top)
        upper.addWidget(self._amount)
        upper.addWidget(self._meaning)
        line = QFrame()
        line.setProperty("line", "h")
        upper.addWidget(line)
        for caption, value in (
            (self.tr("Receipt"), self._receipt),
            (self.tr("Code created"), self._when),
            (self.tr("Reference"), self._reference),
        ):
            upper.addLayout(_fact(caption, value))
        self._copy.setParent(inside)
        upper.addWidget(_TransactionRow(self._transaction, self._copy))
        column.addLayout(upper)
        column.addStretch(1)
        foot = QFrame()
        foot.setProperty("card", "foot")
        buttons = QVBoxLayout(foot)
        theme.size(buttons, margins=(22, 14, 22, 16), spacing=10)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self._done)
        column.addWidget(foot)
        return inside

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._transaction_id)


class _TransactionRow(QWidget):
    """A fact as high as the others: its button's target hangs over all its edges.

    Args:
        button: has this widget's parent as its own.
    """

    def __init__(self, value: QWidget, button: QWidget) -> None:
        super().__init__(button.parentWidget())
        self._button = button
        row = _fact(self.tr("Transaction ID"), value)
        theme.size(row, margins=(0, 0, 0, 0))
        self.setLayout(row)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the button along."""
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the button along."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side, place = theme.px(_TARGET), self.geometry()
        icon_middle = place.right() + 1 - theme.px(_ICON) // 2
        self._button.setGeometry(
            icon_middle - side // 2, place.center().y() - side // 2, side, side
        )
        self._button.raise_()


def _fact(caption: str, value: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    theme.size(row, spacing=4)
    row.addWidget(Label(caption, "body", "muted"), 1)
    row.addWidget(value)
    return row
