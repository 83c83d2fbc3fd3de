"""What is keyed of a payment card: number, month, year and CVV, with a pad (ux.md 6.12)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QHBoxLayout, QWidget

from pos_app.domain.cards import MOST_DIGITS, CardPart, CardProblem, KeyedCard
from pos_app.ui import theme
from pos_app.ui.widgets.card_edit import CardEdit
from pos_app.ui.widgets.detail_field import DetailField
from pos_app.ui.widgets.dialog_pad import DialogPad, PadSide
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.tab_order import put_in_order, stops_in

translate = QCoreApplication.translate
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CardForm(QWidget):
    """Four fields of dots at the left, the pad that feeds them at the right.

    Args:
        words: what it is about, over the fields.

    Signals:
        filled(): Enter was pressed where nothing is left to fill in.
        resized(): there is a line more or less.
    """

    filled = Signal()
    resized = Signal()

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._pad = DialogPad("keyedCardPad", self, tall=80)
        self._fields = {
            CardPart.NUMBER: self._field(
                self.tr("Card number"), "keyedCardNumberEdit", MOST_DIGITS, group=4
            ),
            CardPart.MONTH: self._field(self.tr("Month"), "keyedCardMonthEdit", 2, hint="MM"),
            CardPart.YEAR: self._field(self.tr("Year"), "keyedCardYearEdit", 4, hint="YY"),
            CardPart.CVV: self._field(self.tr("CVV"), "keyedCardCvvEdit", 4),
        }
        self._edits = {part: self._edit(part) for part in CardPart}
        self._fed = self._edits[CardPart.NUMBER]
        self._lay_out(words)
        self._pad.digits_keyed.connect(self._on_pad)
        self._pad.backspace_keyed.connect(self._on_pad_backspace)
        put_in_order([*self._edits.values(), *stops_in(self._pad)])

    @property
    def first(self) -> CardEdit:
        """The field to begin with."""
        return self._edits[CardPart.NUMBER]

    def card(self) -> KeyedCard:
        """Return what is keyed. The caller wipes it; what is keyed here stays."""
        number, month, year, cvv = (edit.digits for edit in self._edits.values())
        return KeyedCard(number, month, year, cvv)

    def clear(self) -> None:
        """Wipe everything that was keyed."""
        for edit in self._edits.values():
            edit.clear()

    def show_problems(self, problems: Mapping[CardPart, CardProblem]) -> None:
        """Say under each field what is wrong, and go to the first of them."""
        for part, field in self._fields.items():
            field.show_error(_words(part, problems[part]) if part in problems else "")
        if problems:
            self._edits[next(part for part in CardPart if part in problems)].setFocus()
        self.resized.emit()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits go into the field that is fed, wherever the focus is; Enter goes on."""
        focused = QApplication.focusWidget()
        if event.key() in _ENTER:
            return not isinstance(focused, QAbstractButton) and self._go_on()
        return self._fed.take_key(event)

    def _field(
        self, name: str, object_name: str, most: int, *, group: int = 0, hint: str = ""
    ) -> DetailField:
        edit = CardEdit(name, object_name, most, group=group, parent=self)
        edit.setPlaceholderText(hint)
        field = DetailField(name, edit, self)
        edit.clear()  # to have its own accessible name, which tells how much is keyed
        edit.taken.connect(self._on_taken)
        edit.changed.connect(self._on_changed)
        return field

    def _edit(self, part: CardPart) -> CardEdit:
        edit = self._fields[part].edit
        assert isinstance(edit, CardEdit)
        return edit

    def _lay_out(self, words: str) -> None:
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=0)
        grid = QGridLayout()
        theme.size(grid, margins=(28, 20, 28, 20), spacing=16)
        grid.addWidget(Label(words, shade="muted", wraps=True, parent=self), 0, 0, 1, 3)
        number, *others = self._fields.values()
        grid.addWidget(number, 1, 0, 1, 3)
        for column, field in enumerate(others):
            grid.addWidget(field, 2, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(3, 1)
        row.addLayout(grid, 1)
        self._pad.set_has_double_zero(False)
        side = PadSide(self._pad, self)
        side.column.addStretch(1)
        row.addWidget(side)

    def _go_on(self) -> bool:
        """Go to the next field where nothing is keyed; say so when there is none."""
        empty = next((edit for edit in self._edits.values() if not edit.digits), None)
        if empty is None:
            self.filled.emit()
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(str)
    def _on_pad(self, digit: str) -> None:
        self._fed.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fed.key(digit)

    @Slot()
    def _on_pad_backspace(self) -> None:
        self._fed.take_back()

    @Slot()
    def _on_taken(self) -> None:
        edit = self.sender()
        if isinstance(edit, CardEdit):
            self._fed = edit

    @Slot()
    def _on_changed(self) -> None:
        """Take the error away while it is corrected; two digits of the month are all of it."""
        edit = self.sender()
        for field in self._fields.values():
            if field.edit is edit:
                field.show_error("")
        month, year = self._edits[CardPart.MONTH], self._edits[CardPart.YEAR]
        if edit is month and month.is_full and month.hasFocus() and not year.digits:
            year.setFocus(Qt.FocusReason.TabFocusReason)


def _words(part: CardPart, problem: CardProblem) -> str:
    match problem:
        case CardProblem.MISSING:
            return {
                CardPart.NUMBER: translate("CardForm", "Key the card number."),
                CardPart.MONTH: translate("CardForm", "Key the month."),
                CardPart.YEAR: translate("CardForm", "Key the year."),
                CardPart.CVV: translate("CardForm", "Key the CVV."),
            }[part]
        case CardProblem.PAST:
            return translate("CardForm", "This card has expired.")
        case CardProblem.NOT_RIGHT:
            return {
                CardPart.NUMBER: translate("CardForm", "This card number isn’t right."),
                CardPart.MONTH: translate("CardForm", "This month isn’t right."),
                CardPart.YEAR: translate("CardForm", "This year isn’t right."),
                CardPart.CVV: translate("CardForm", "This CVV isn’t right."),
            }[part]
