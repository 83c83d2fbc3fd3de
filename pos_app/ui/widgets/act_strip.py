"""A strip of training: what somebody does, one button each (ux.md 6.9, mock-training)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label


class ActStrip(QFrame):
    """A question, and under it a button for each of its answers.

    Args:
        object_name: of the strip.
        question: "What does the customer do?"
        acts: each with icon and words; its value is its button's object name.
        aside: what else belongs in the row of the question.

    Attributes:
        buttons: by their acts.

    Signals:
        acted(StrEnum): this act was chosen.
    """

    acted = Signal(object)

    def __init__(
        self,
        object_name: str,
        question: str,
        acts: Sequence[tuple[StrEnum, str, str]],
        aside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("tone", "train")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 2, 16, 13), spacing=0)
        head = QHBoxLayout()
        title = Label(question, "bodyStrong", "train")
        theme.size(title, min_height=48)
        head.addWidget(title)
        head.addStretch(1)
        column.addLayout(head)
        if aside is not None:
            head.addWidget(aside)  # before the buttons: Tab comes to it first
        self._grid = QGridLayout()
        theme.size(self._grid, spacings=(10, 8))
        self.buttons = {act: self._button(act, icon, words) for act, icon, words in acts}
        column.addLayout(self._grid)
        self.set_narrow(False)

    def set_narrow(self, is_narrow: bool) -> None:
        """Take two rows where the buttons do not fit beside each other."""
        columns = len(self.buttons) // 2 if is_narrow else len(self.buttons)
        for index, button in enumerate(self.buttons.values()):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _button(self, act: StrEnum, icon: str, text: str) -> ActionButton:
        button = ActionButton(text, "train", tall="64", icon=icon, object_name=act.value)
        button.set_left_aligned()
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        pressed = self.sender()
        self.acted.emit(next(act for act, button in self.buttons.items() if button is pressed))
