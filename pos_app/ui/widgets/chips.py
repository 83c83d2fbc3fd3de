"""A few words to choose one from (ux.md, section 5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus


class Chips(QWidget):
    """Chips, 48 px high, none or one of them chosen; arrow keys move between them.

    Args:
        per_row: how many stand beside each other.

    Signals:
        chosen(str): the object name of the chip that a person has chosen.
    """

    chosen = Signal(str)

    def __init__(self, per_row: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._per_row = per_row
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._chips: list[QPushButton] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        theme.size(self._column, margins=(0, 0, 0, 0), spacing=8)
        self._arrows = ArrowFocus(self, columns=per_row)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead of those before; none is chosen.

        Args:
            choices: object name and words of each.
        """
        self._arrows.set_members([])
        for chip in self._chips:
            self._group.removeButton(chip)
        for line in self._lines:
            line.setParent(None)
            line.deleteLater()
        self._chips = [self._chip(name, words) for name, words in choices]
        places = range(0, len(self._chips), self._per_row)
        self._lines = [self._line(self._chips[at : at + self._per_row]) for at in places]
        self._arrows.set_members(self._chips)

    @property
    def current(self) -> str:
        """Object name of the chosen one; empty for none."""
        return next((chip.objectName() for chip in self._chips if chip.isChecked()), "")

    @property
    def words(self) -> str:
        """What the chosen one says; empty for none."""
        return next((chip.text() for chip in self._chips if chip.isChecked()), "")

    def choose(self, object_name: str) -> None:
        """Choose one of them; says nothing of it."""
        for chip in self._chips:
            if chip.objectName() == object_name:
                chip.setChecked(True)
                self._arrows.set_stop(chip)

    @property
    def stop(self) -> QPushButton:
        """The chip that Tab goes to: the chosen one, else the first."""
        return next((chip for chip in self._chips if chip.isChecked()), self._chips[0])

    def _line(self, chips: Sequence[QPushButton]) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        theme.size(row, margins=(0, 0, 0, 0), spacing=8)
        for chip in chips:
            row.addWidget(chip)
        row.addStretch(1)
        self._column.addWidget(line)
        return line

    def _chip(self, name: str, words: str) -> QPushButton:
        chip = QPushButton(words, self)
        chip.setObjectName(name)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setAccessibleName(words)
        self._group.addButton(chip)
        return chip

    @Slot(object)
    def _on_clicked(self, chip: QPushButton) -> None:
        self._arrows.set_stop(chip)
        self.chosen.emit(chip.objectName())
