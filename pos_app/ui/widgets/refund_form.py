"""What a person fills in before money goes back (mock-refund): amount, reason, manager's PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.money import Money
from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.widgets.dialog_pad import DialogPad, PadSide
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.manager_pin import ManagerPinField
from pos_app.ui.widgets.refund_amount import RefundAmount
from pos_app.ui.widgets.refund_reason import RefundReason
from pos_app.ui.widgets.tab_order import put_in_order, stops_in

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LEAST = 577
"""Width of the fields, in px at scale 1.0: the four reasons side by side."""
_AROUND = 12
"""Room for the focus ring around a field, in px at scale 1.0."""
_ERASING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class _Fed(Protocol):
    """A field that the pad can feed."""

    def focus(self) -> None:
        """Take the focus."""

    def key(self, keyed: str, /) -> None:
        """Take what was keyed."""

    def take_back(self) -> None:
        """Take the last key back."""


class RefundForm(QWidget):
    """The fields at the left, the pad that feeds them at the right.

    Args:
        has_amount: False for a cancel, which returns the whole payment.

    Attributes:
        amount: None for a cancel.
        reason, pin: the other fields.
        column: what stands above the fields comes first in it.

    Signals:
        changed(): something was filled in.
        filled(): Enter was pressed where nothing is left to fill in.
        refused(): a key that did not fit: the low sound.
    """

    changed = Signal()
    filled = Signal()
    refused = Signal()

    def __init__(self, *, has_amount: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = RefundAmount(self) if has_amount else None
        self._says = Label(wraps=True, parent=self)
        self.reason = RefundReason(self)
        self.pin = ManagerPinField(self)
        self._pad = DialogPad("refundPad", self)
        self._hint_icon = IconLabel("info", "text2", 18, self)
        self._hint = Label(role="bar", wraps=True, parent=self)
        self._hint.setObjectName("refundHint")
        self._fed: _Fed = self.amount or self.pin
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=0)
        row.addWidget(self._left(), 1)
        row.addWidget(self._right())
        self._connect()

    def show_left(self, left: Money) -> None:
        """Know what can still be refunded; what is filled in stays."""
        if self.amount is not None:
            self.amount.show_most(left)

    def show_words(self, words: str) -> None:
        """Say what happens, in place of an amount."""
        self._says.setText(words)

    def show_hint(self, words: str, *, is_warning: bool = False) -> None:
        """Say under the pad where the money goes, or what speaks against it."""
        tone, icon = ("warn", "warning") if is_warning else ("", "info")
        self._hint.setText(words)
        theme.set_property(self._hint, "tone", tone)
        theme.set_property(self._hint, "muted", not is_warning)
        self._hint_icon.set_icon(icon, tone or "text2")

    def show_managers(self, people: Sequence[Person], signed_in: Person | None) -> None:
        """Know who can approve it."""
        self.pin.show_managers(people, signed_in)
        self._put_in_order()

    def focus_first(self) -> None:
        """Take the focus on the amount, or on the reason where there is none."""
        if self.amount is not None:
            self.amount.focus()
        else:
            self.reason.focus_missing()

    @property
    def wanted(self) -> Money | None:
        """The amount that is keyed; None for a cancel."""
        return self.amount.amount if self.amount is not None else None

    @property
    def missing(self) -> str:
        """What has to be filled in next, in words; empty when nothing has."""
        if self.amount is not None and not self.amount.is_complete:
            return self.tr("Key a smaller amount") if self.amount.amount else self.tr(
                "Key an amount"
            )  # fmt: skip
        if not self.reason.is_complete:
            return self.tr("Write a note") if self.reason.needs_note else self.tr(
                "Choose a reason"
            )  # fmt: skip
        return "" if self.pin.is_complete else self.tr("A manager’s PIN is missing")

    def handle_key(self, event: QKeyEvent) -> bool:
        """Enter goes to the next field; digits go to the one that is fed, wherever the focus is.

        The digit itself is left to that field, which has the focus by then.
        """
        focused = QApplication.focusWidget()
        if event.key() in _ENTER:
            return not _is_other_choice(focused) and self._go_on()
        text = event.text()
        is_for_field = (text.isascii() and text.isdigit()) or event.key() in _ERASING
        if is_for_field and focused not in self._boxes:
            self._fed.focus()
        return False

    def _left(self) -> QWidget:
        inside = QWidget(self)
        inside.setProperty("scrolled", True)
        column = self.column = QVBoxLayout(inside)
        theme.size(column, margins=(28, 20, 28, 16), spacing=16)
        parts = (self.amount or self._says, self.reason, self.pin)
        for part in parts:
            column.addWidget(part)
        self._says.setVisible(self.amount is None)
        column.addStretch(1)
        scroll = self._scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        theme.size(scroll, min_width=_LEAST)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        return scroll

    def _right(self) -> PadSide:
        side = PadSide(self._pad, self)
        note = QHBoxLayout()
        theme.size(note, spacing=12)
        note.addWidget(self._hint_icon, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._hint, 1)
        side.column.addLayout(note)
        side.column.addStretch(1)
        theme.size(side, max_width=364)
        return side

    def _connect(self) -> None:
        self._pad.digits_keyed.connect(self._on_pad)
        self._pad.backspace_keyed.connect(self._on_pad_backspace)
        self.pin.changed.connect(self._on_changed)
        self.pin.taken.connect(self._on_pin_taken)
        self.reason.changed.connect(self._on_changed)
        self.reason.taken.connect(self._on_note_taken)
        self.reason.chips.chosen.connect(self._on_reason_chosen)
        if self.amount is not None:
            self.amount.changed.connect(self._on_changed)
            self.amount.taken.connect(self._on_amount_taken)
            self.amount.refused.connect(self.refused)
        self._feed(self._fed)

    def _put_in_order(self) -> None:
        amount = [self.amount.box, *stops_in(self.amount)] if self.amount is not None else []
        names = stops_in(self.pin.names)
        pin = [self.pin.box, *stops_in(self.pin.box)]
        put_in_order([*amount, *stops_in(self.reason), *names, *pin, *stops_in(self._pad)])

    # What the pad feeds

    @property
    def _boxes(self) -> tuple[QWidget, ...]:
        own = (self.pin.box, self.reason.note)
        return (*own, self.amount.box) if self.amount is not None else own

    def _feed(self, field: _Fed) -> None:
        self._fed = field
        self._pad.set_has_double_zero(field is not self.pin)

    def _take(self, field: _Fed, widget: QWidget) -> None:
        """Feed the field that has got the focus, and have it in view in a low window."""
        self._feed(field)
        self._scroll.ensureWidgetVisible(widget, 0, theme.px(_AROUND))

    @Slot(str)
    def _on_pad(self, digits: str) -> None:
        self._fed.focus()
        self._fed.key(digits)

    @Slot()
    def _on_pad_backspace(self) -> None:
        self._fed.take_back()

    @Slot()
    def _on_amount_taken(self) -> None:
        if self.amount is not None:
            self._take(self.amount, self.amount)

    @Slot()
    def _on_reason_chosen(self) -> None:
        """Have the focus here from the first tap: Enter goes on, and no longer means Close."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.reason.chips.stop.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot()
    def _on_note_taken(self) -> None:
        self._take(self.reason, self.reason)

    @Slot()
    def _on_pin_taken(self) -> None:
        self._take(self.pin, self.pin)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    def _go_on(self) -> bool:
        """Put the focus where something is missing; say so when nothing is."""
        if self.amount is not None and not self.amount.is_complete:
            self.amount.focus()
        elif not self.reason.is_complete:
            self.reason.focus_missing()
        elif not self.pin.is_complete:
            self.pin.focus()
        else:
            self.filled.emit()
        return True


def _is_other_choice(focused: QWidget | None) -> bool:
    """Return whether Enter presses what has the focus: a button, but no chip that is chosen."""
    if not isinstance(focused, QAbstractButton):
        return False
    return not (focused.property("chip") and focused.isChecked())
