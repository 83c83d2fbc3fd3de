"""The bar that tells what became of a payment that was put aside (ux.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.late_key_guard import LateKeyGuard

_ICONS = {"warn": "question", "ok": "check", "info": "clock"}


@dataclass(frozen=True, slots=True)
class AttentionNote:
    """What the bar says.

    Attributes:
        tone: warn (unknown, or paid late), ok (paid) or info (expired).
        text: "HSG1-0087 was paid · US$ 42.50 Alipay".
        reference: of the payment, where View shows it in the list of transactions; empty: its
            own page.
    """

    charge_id: int
    tone: str
    text: str
    reference: str = ""


class AttentionBar(QFrame):
    """One note at a time, newest first; a newer note of the same charge replaces the older.

    Signals:
        view_wanted(int): View was pressed for this charge.
        transaction_wanted(int, str): the same, of a charge to be shown in the list; with its
            reference. The note stays until `forget`: the list may not be shown now.
    """

    view_wanted = Signal(int)
    transaction_wanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attentionBar")
        self.setProperty("bar", "attention")
        theme.size(self, height=48)
        row = QHBoxLayout(self)
        theme.size(row, margins=(20, 0, 12, 0), spacing=12)
        self._is_allowed = True
        self._notes: list[AttentionNote] = []
        self._icon = IconLabel("info", "info", 22, self)
        self._words = Label("", "bodyStrong", "info", parent=self)
        self._view = self._button("attentionViewButton", self.tr("View"))
        self._later = self._button("attentionLaterButton", self.tr("Later"))
        self._view.clicked.connect(self._on_view)
        self._later.clicked.connect(self._on_later)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(self._view)
        row.addWidget(self._later)
        self._guard = LateKeyGuard(self, means_enter=False)
        self.hide()

    def add_note(self, note: AttentionNote) -> None:
        """Say `note` now, and what was there before afterwards."""
        self._drop(note.charge_id)
        self._notes.insert(0, note)
        self._show()
        self._guard.hold()
        announce(self, note.text, is_urgent=note.tone != "info")

    @Slot(int)
    def forget(self, charge_id: int) -> None:
        """Say nothing more of a charge: its page is on the screen, or it has its answer."""
        self._drop(charge_id)
        self._show()

    @Slot(int)
    def forget_question(self, charge_id: int) -> None:
        """Say no more that a charge needs an answer; what became of its refunds is still news."""
        self._notes = [
            note for note in self._notes if note.charge_id != charge_id or note.reference
        ]
        self._show()

    def set_allowed(self, is_allowed: bool) -> None:
        """Show itself only where there is a frame: notes wait while the register is locked."""
        self._is_allowed = is_allowed
        self._show()

    @property
    def text(self) -> str:
        """What the bar says; empty when there is nothing to say."""
        return self._notes[0].text if self._notes else ""

    def _button(self, object_name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(object_name)
        button.setProperty("kind", "text")
        theme.size(button, height=48, min_width=64)
        return button

    def _drop(self, charge_id: int) -> None:
        self._notes = [note for note in self._notes if note.charge_id != charge_id]

    def _show(self) -> None:
        self.setVisible(bool(self._notes) and self._is_allowed)
        if not self._notes:
            return
        note = self._notes[0]
        for part in (self, self._words, self._view, self._later):
            theme.set_property(part, "tone", note.tone)
        self._icon.set_icon(_ICONS.get(note.tone, "info"), note.tone)
        self._words.setText(note.text)
        self.setAccessibleName(note.text)

    @Slot()
    def _on_view(self) -> None:
        if self._notes:
            note = self._notes[0]
            if note.reference:
                self.transaction_wanted.emit(note.charge_id, note.reference)
                return
            self.forget(note.charge_id)
            self.view_wanted.emit(note.charge_id)

    @Slot()
    def _on_later(self) -> None:
        if self._notes:
            self.forget(self._notes[0].charge_id)
