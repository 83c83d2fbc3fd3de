"""Write the note of a sale (ux.md 6.2, "Add a note")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate

MAX_NOTE = 120
"""Characters; what fits two lines of a receipt of 80 mm and more."""


class NoteDialog(Dialog):
    """One field; Enter saves.

    Signals:
        note_saved(str): the note as it was written; empty takes it away.
    """

    note_saved = Signal(str)

    def __init__(self, parent: QWidget, note: str) -> None:
        super().__init__(parent, "noteDialog", translate("NoteDialog", "Note for this sale"))
        self._edit = QLineEdit(note, self)
        self._edit.setObjectName("noteEdit")
        self._edit.setProperty("field", True)
        self._edit.setMaxLength(MAX_NOTE)
        self._edit.setAccessibleName(self.tr("Note for this sale"))
        self.body.addWidget(self._edit)
        self.add_text(self.tr("Kept with the sale. Don’t write card numbers."), "caption")
        self.add_action("cancel", self.tr("Cancel"), "secondary", "cancelNoteButton", is_safe=True)
        self.add_action("save", self.tr("Save note"), "primary", "saveNoteButton", is_default=True)
        self.focus_at_first(self._edit)
        self.answered.connect(self._on_answered)

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        if answer == "save":
            self.note_saved.emit(self._edit.text())
