"""The foot of a form: what is not saved yet, Discard and Save (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label


class SaveFoot(QFrame):
    """Says how many changes are not saved; without any, its buttons are off.

    Signals:
        discard_pressed(): show what is saved again.
        save_pressed(): keep the changes.
    """

    discard_pressed = Signal()
    save_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "foot")
        self._words = Label(role="bodyStrong", shade="warn", parent=self)
        self._words.setObjectName("settingsDirtyLabel")
        self.discard = ActionButton(
            self.tr("Discard"), hint="Esc", object_name="discardSettingsButton", parent=self
        )
        self.save = ActionButton(
            self.tr("Save changes"),
            "primary",
            hint="Ctrl+S",
            object_name="saveSettingsButton",
            parent=self,
        )
        row = QHBoxLayout(self)
        theme.size(row, margins=(24, 14, 20, 15), spacing=12)
        row.addWidget(self._words, 1)
        row.addWidget(self.discard)
        row.addWidget(self.save)
        self.discard.clicked.connect(self.discard_pressed)
        self.save.clicked.connect(self.save_pressed)
        self.show_count(0)

    def show_count(self, count: int, *, is_saving: bool = False) -> None:
        """Say that `count` changes are not saved, or that they are being saved now."""
        if is_saving:
            words = self.tr("Saving…")
        elif count == 1:
            words = self.tr("1 change not saved")
        else:
            words = self.tr("{count} changes not saved").format(count=count)
        self._words.setText(f"•  {words}" if count else "")
        for button in (self.discard, self.save):
            button.setEnabled(bool(count) and not is_saving)
