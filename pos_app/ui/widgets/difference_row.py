"""One difference between our records and the payment service's."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.pill import Pill

_NAME = 168


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """What a row says.

    Attributes:
        name: what it is about.
        sentence: what differs.
        amounts: on both sides; may be empty.
        pill: tone, icon and word of what was made of it.
    """

    name: str
    sentence: str
    amounts: str
    pill: tuple[str, str, str]


class DifferenceRow(QFrame):
    """Name, words and outcome side by side; read aloud as one."""

    def __init__(self, line: DifferenceLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "line")
        self.setAccessibleName(f"{line.name}: {line.sentence} {line.amounts}. {line.pill[2]}")
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 10, 0, 10), spacing=16)
        name = Label(line.name, "bodyStrong", wraps=True, parent=self)
        theme.size(name, width=_NAME)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(Label(line.sentence, "body", wraps=True, parent=self))
        if line.amounts:
            words.addWidget(Label(line.amounts, "caption", "muted", wraps=True, parent=self))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(Pill(*line.pill, parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
