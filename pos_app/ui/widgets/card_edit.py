"""A field for digits of a payment card, which it never shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.cards import wipe

_DOT = "•"


class CardEdit(QLineEdit):
    """Takes digits and shows dots. The digits are in no text, property or accessible name.

    It is read-only for Qt: nothing can be pasted, dropped or dictated into it, nothing copied out
    of it, and there is neither an input method that learns nor a history to undo. Keys are taken
    by `key`, `take_back` and `clear`, from its own keyboard focus or from a pad.

    Args:
        name: what it asks for, for people.
        object_name: from the register of ux.md.
        most: digits that fit in.
        group: dots between two gaps.

    Attributes:
        digits: what is keyed, ASCII; wiped by `clear`.

    Signals:
        changed(): a digit was keyed or taken back.
        taken(): it has got the focus: a pad should feed it from now on.
    """

    changed = Signal()
    taken = Signal()

    def __init__(
        self, name: str, object_name: str, most: int, *, group: int = 0, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.digits = bytearray()
        self._name, self._most, self._group = name, most, group or most
        self.setObjectName(object_name)
        self.setProperty("field", True)
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(self._on_text_changed)
        self._show()

    @property
    def is_full(self) -> bool:
        """Whether no further digit fits in."""
        return len(self.digits) >= self._most

    def key(self, digit: str) -> None:
        """Take one digit; those after the last one are ignored."""
        if not self.is_full:
            self.digits += digit.encode()
            self._show()

    def take_back(self) -> None:
        """Forget the last digit."""
        if self.digits:
            self.digits[-1] = 0
            del self.digits[-1]
            self._show()

    def clear(self) -> None:
        """Wipe all digits."""
        wipe(self.digits)
        self._show()

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a digit, Backspace or Delete; return False for every other key."""
        text = event.text()
        if text.isascii() and text.isdigit():
            self.key(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits; leave every other key to the dialog."""
        if not self.take_key(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so: a pad feeds the field that has the focus."""
        super().focusInEvent(event)
        self.deselect()
        self.taken.emit()

    def event(self, event: QEvent) -> bool:
        """Claim no key for editing: there is nothing to select, copy or undo."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def _show(self) -> None:
        self.setText(self._dots())
        spoken = self.tr("{name}, {count} digits")
        self.setAccessibleName(spoken.format(name=self._name, count=len(self.digits)))
        self.changed.emit()

    def _dots(self) -> str:
        count = len(self.digits)
        groups = range(0, count, self._group)
        return " ".join(_DOT * min(self._group, count - start) for start in groups)

    @Slot()
    def _on_text_changed(self) -> None:
        """Take away what an assistive tool has written: Qt lets it, read-only or not."""
        if self.text() != self._dots():
            self.setText(self._dots())
