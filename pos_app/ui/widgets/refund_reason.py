"""Why money goes back: a chip, and a note that "Other" cannot do without (ux.md 6.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.chips import Chips
from pos_app.ui.widgets.label import Label

MAX_NOTE = 120
"""Characters: what fits two lines of a slip of 80 mm and more."""
OTHER = "refundReason_other"


class _Note(QLineEdit):
    """The note; says when it gets the focus.

    Signals:
        taken(): it has got the focus.
    """

    taken = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so: the pad feeds the field that has the focus."""
        super().focusInEvent(event)
        self.taken.emit()


class RefundReason(QWidget):
    """Four chips and a note.

    Attributes:
        chips: the reasons.
        note: the note; takes the focus.

    Signals:
        changed(): another reason or note.
        taken(): the note has got the focus.
    """

    changed = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = Chips(4, self)
        self.chips.show_choices([
            ("refundReason_returned", self.tr("Goods returned")),
            ("refundReason_wrongAmount", self.tr("Wrong amount")),
            ("refundReason_chargedTwice", self.tr("Charged twice")),
            (OTHER, self.tr("Other")),
        ])  # fmt: skip
        self.note = _Note(self)
        self.note.setObjectName("refundReasonEdit")
        self.note.setProperty("field", True)
        self.note.setMaxLength(MAX_NOTE)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=8)
        column.addWidget(Label(self.tr("Reason"), "bodyStrong", parent=self))
        column.addWidget(self.chips)
        column.addWidget(self.note)
        self.chips.chosen.connect(self._on_chosen)
        self.note.textChanged.connect(self.changed)
        self.note.taken.connect(self.taken)
        self._show()

    @property
    def needs_note(self) -> bool:
        """Whether the chosen reason says nothing without a note."""
        return self.chips.current == OTHER

    @property
    def is_complete(self) -> bool:
        """Whether there is a reason that says something."""
        return bool(self.chips.current) and (bool(self._words) or not self.needs_note)

    @property
    def text(self) -> str:
        """The reason as the gateway and the slip have it: "Goods returned: cup was broken"."""
        return ": ".join(part for part in (self.chips.words, self._words) if part)

    @property
    def _words(self) -> str:
        return self.note.text().strip()

    def focus(self) -> None:
        """Put the focus on the note."""
        self.note.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_missing(self) -> None:
        """Put the focus where the reason is not complete."""
        stop = self.note if self.needs_note else self.chips.stop
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def key(self, keyed: str) -> None:
        """Put digits from a pad into the note."""
        self.note.insert(keyed)

    def take_back(self) -> None:
        """Take the note's last character back."""
        self.note.backspace()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        del name
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        optional = self.tr("Note for the receipt (optional)")
        words = self.tr("Note for the receipt") if self.needs_note else optional
        self.note.setPlaceholderText(words)
        self.note.setAccessibleName(words)
