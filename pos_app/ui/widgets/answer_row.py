"""One line of the list of payments that need an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.domain.methods import METHODS
from pos_app.services.answers import AnswerRow
from pos_app.ui import theme
from pos_app.ui.format import amount_text, clock_text
from pos_app.ui.widgets.answer_words import pill_of
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.pill import Pill

_TIME, _RECEIPT, _AMOUNT, _STATUS, _CASHIER = 68, 104, 130, 136, 92
_MARGINS = (18, 0, 18, 0)
_GAP = 10
_BAR = 4


class AnswerHead(QFrame):
    """The names of the columns, 44 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "head")
        theme.size(self, height=44)
        row = QHBoxLayout(self)
        theme.size(row, margins=_MARGINS, spacing=_GAP)
        self._cashier = _head(self.tr("Cashier"), _CASHIER)
        row.addWidget(_head(self.tr("Time"), _TIME))
        row.addWidget(_head(self.tr("Receipt"), _RECEIPT))
        row.addWidget(_head(self.tr("Method")), 1)
        amount = _head(self.tr("Amount"), _AMOUNT)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(amount)
        row.addSpacing(theme.px(14))
        row.addWidget(_head(self.tr("Status"), _STATUS))
        row.addWidget(self._cashier)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the cashier out where the width is scarce."""
        self._cashier.setVisible(not is_narrow)


class AnswerRowButton(QPushButton):
    """A payment in 54 px: time, receipt, method, amount, status, cashier. Checkable."""

    def __init__(self, row: AnswerRow, *, is_narrow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        charge, traits = row.charge, METHODS[row.charge.method]
        self.setObjectName(f"answerRow_{charge.id}")
        self.setProperty("row", "true")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        theme.size(self, height=54)
        line = QHBoxLayout(self)
        theme.size(line, margins=_MARGINS, spacing=_GAP)
        tone, icon, word = pill_of(row.state)
        when = clock_text(charge.created_at)
        glyph = MethodGlyph(28)
        glyph.show_method(traits)
        line.addWidget(_cell(when, "body", _TIME))
        line.addWidget(_cell(charge.short_reference, "body", _RECEIPT))
        line.addWidget(glyph)
        line.addWidget(_cell("" if is_narrow else traits.name, "body"), 1)
        amount = _cell(amount_text(charge.amount), "bodyStrong", _AMOUNT)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(amount)
        line.addSpacing(theme.px(14))
        line.addWidget(_in_cell(Pill(tone, icon, word), _STATUS))
        if not is_narrow:
            line.addWidget(_cell(row.cashier, "body", _CASHIER, "muted"))
        money = amount_text(charge.amount)
        spoken = (when, charge.short_reference, traits.name, money, word)
        self.setAccessibleName(", ".join(spoken))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the bar that marks the selected row."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(0, 0, theme.px(_BAR), self.height(), theme.color("primary"))
            painter.end()


def _head(text: str, width: int = 0) -> Label:
    label = Label(text, "pill", "muted")
    if width:
        theme.size(label, width=width)
    return label


def _cell(text: str, role: str, width: int = 0, shade: str = "") -> Label:
    label = Label(text, role, shade)
    theme.see_through(label)
    if width:
        theme.size(label, width=width)
    return label


def _in_cell(widget: QWidget, width: int) -> QWidget:
    cell = QWidget()
    theme.see_through(cell)
    theme.size(cell, width=width)
    row = QHBoxLayout(cell)
    theme.size(row, margins=(0, 0, 0, 0))
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return cell
