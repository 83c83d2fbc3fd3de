"""Ask before changes that are not saved get lost (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate
DISCARD, SAVE = "discard", "save"


class UnsavedChangesDialog(Dialog):
    """Answers "discard", "save" or, by Esc, "stay".

    Args:
        count: how many changes there are.
        is_leaving: somebody wants to another page; else they have pressed Discard.
    """

    def __init__(self, parent: QWidget, count: int, *, is_leaving: bool) -> None:
        title = (
            translate("UnsavedChangesDialog", "Save your changes?")
            if is_leaving
            else translate("UnsavedChangesDialog", "Discard your changes?")
        )
        super().__init__(parent, "unsavedChangesDialog", title)
        if count == 1:
            words = self.tr("1 change is not saved. The till doesn’t use it yet.")
        else:
            words = self.tr("{count} changes are not saved. The till doesn’t use them yet.")
        self.add_text(words.format(count=count))
        self.add_action(
            "stay", self.tr("Keep editing"), "secondary", "keepEditingButton",
            is_safe=True, is_default=not is_leaving,
        )  # fmt: skip
        self.add_action(DISCARD, self.tr("Discard"), "danger", "confirmDiscardButton")
        if is_leaving:
            self.add_action(
                SAVE, self.tr("Save changes"), "primary", "saveAndLeaveButton", is_default=True
            )
