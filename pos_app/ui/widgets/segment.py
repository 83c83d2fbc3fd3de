"""Two or three choices side by side, one of them chosen (ux.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus


class Segment(QFrame):
    """A segment, 48 px high; the first choice is chosen.

    Args:
        choices: object name and words of each.

    Signals:
        chosen: the object name of the choice that was pressed or set.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segment", True)
        theme.size(self, height=48)
        row = QHBoxLayout(self)
        theme.size(row, margins=(2, 0, 2, 0), spacing=0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for name, words in choices:
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setProperty("segment", "item")
            button.setCheckable(True)
            button.setAccessibleName(words)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(button, 1)
            self._group.addButton(button)
            self._buttons[name] = button
        self._buttons[choices[0][0]].setChecked(True)
        ArrowFocus(self, columns=len(choices)).set_members(list(self._buttons.values()))
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def current(self) -> str:
        """Object name of the chosen one."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Choose by object name."""
        self._buttons[name].setChecked(True)

    def show_choice(self, name: str, *, is_shown: bool) -> None:
        """Offer one of the choices, or don't."""
        self._buttons[name].setVisible(is_shown)

    @Slot(object, bool)
    def _on_toggled(self, button: QPushButton, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(button.objectName())
