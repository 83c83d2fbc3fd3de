"""A new PIN, keyed twice (ux.md 6.7, "People and PINs")."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.people import PIN_LENGTHS, Role
from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.pin_box import PinBox
from pos_app.ui.widgets.pin_entry import PinEntry


class NewPin(QWidget):
    """Two fields of dots. The digits are in no property, text or accessible name.

    They come from the keyboard into the field that has the focus, or from a pad by `key` into
    the one that had it last; at the longest PIN the second field takes over.

    Signals:
        changed(): a digit was keyed or taken back.
        resized(): there is a line more or less.
    """

    changed = Signal()
    resized = Signal()

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._pins = (PinEntry(), PinEntry())
        self._spoken = (
            self.tr("New PIN, {keyed} digits"),
            self.tr("The same PIN again, {keyed} digits"),
        )
        self._boxes = (PinBox("newPinEdit", self), PinBox("newPinRepeatEdit", self))
        self._place = 0
        self._lengths = Label(role="caption", shade="muted", parent=self)
        self._error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._error.setObjectName("newPinError")
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=8)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("New PIN"), "bodyStrong", parent=self), 1)
        head.addWidget(self._lengths)
        column.addLayout(head)
        column.addWidget(self._boxes[0])
        theme.size(gap := QWidget(self), height=4)
        column.addWidget(gap)
        column.addWidget(Label(self.tr("The same PIN again"), "bodyStrong", parent=self))
        column.addWidget(self._boxes[1])
        column.addWidget(self._error)
        for box in self._boxes:
            box.digit_keyed.connect(self.key)
            box.backspace_keyed.connect(self.take_back)
            box.clear_keyed.connect(self._clear_one)
            box.taken.connect(self._on_taken)
        self.set_role(role)

    def set_role(self, role: Role) -> None:
        """Expect a PIN as long as that role's; what was keyed is forgotten."""
        self._role = role
        lengths = PIN_LENGTHS[role]
        words = self.tr("{first} to {last} digits")
        self._lengths.setText(words.format(first=lengths[0], last=lengths[-1]))
        self.clear()

    @property
    def is_complete(self) -> bool:
        """Whether both fields have as many digits as a PIN may have."""
        return all(pin.keyed in PIN_LENGTHS[self._role] for pin in self._pins)

    @property
    def boxes(self) -> tuple[PinBox, PinBox]:
        """The two fields, in reading order."""
        return self._boxes

    def hand_over(self) -> str:
        """Return the PIN for the one call that sets it; "" and a word if they are not the same.

        Both are forgotten either way.
        """
        pin, again = (one.hand_over() for one in self._pins)
        self.clear()
        if pin == again:
            return pin
        self.show_error(self.tr("The two PINs aren’t the same. Key them again."))
        return ""

    def show_error(self, words: str) -> None:
        """Say what was wrong, until the next digit; empty for nothing."""
        self._error.setText(words)
        if bool(words) != self._error.isVisibleTo(self):
            self._error.setVisible(bool(words))
            self.resized.emit()
        for box in self._boxes:
            theme.set_property(box, "wrong", bool(words))
            box.setAccessibleDescription(words)
        if words:
            announce(self, words, is_urgent=True)

    def clear(self) -> None:
        """Forget all digits and begin with the first field."""
        self._place = 0
        for pin in self._pins:
            pin.clear(PIN_LENGTHS[self._role][-1])
        self._show()

    def focus(self) -> None:
        """Put the focus on the field that is keyed now."""
        self._boxes[self._place].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def key(self, digit: str) -> None:
        """Take one digit; those after the last one of the second field are ignored."""
        if self._place == 0 and self._pins[0].is_complete:
            self._place = 1
            self.focus()
        self._pins[self._place].key(digit)
        self._show()

    @Slot()
    def take_back(self) -> None:
        """Forget the last digit."""
        self._pins[self._place].take_back()
        self._show()

    @Slot()
    def _clear_one(self) -> None:
        self._pins[self._place].clear()
        self._show()

    @Slot()
    def _on_taken(self) -> None:
        self._place = 1 if self.sender() is self._boxes[1] else 0

    def _show(self) -> None:
        self.show_error("")
        for box, pin, spoken in zip(self._boxes, self._pins, self._spoken, strict=True):
            box.dots.show_dots(pin.keyed, pin.length)
            box.setAccessibleName(spoken.format(keyed=pin.keyed))
        self.changed.emit()
