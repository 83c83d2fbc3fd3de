"""A sentence with an amount that stands out (mock-refund, at the foot)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.label import Label


class AmountSentence(QWidget):
    """One line of text; what `{amount}` stands for is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = (
            Label(role="bar", shade="muted", parent=self),
            Label(role="barStrong", parent=self),
            Label(role="bar", shade="muted", parent=self),
        )
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=0)
        for part in self._parts:
            row.addWidget(part)
        row.addStretch(1)

    def show_sentence(self, sentence: str, amount: str) -> None:
        """Show `sentence`, its `{amount}` replaced by `amount`."""
        before, _, after = sentence.partition("{amount}")
        for part, words in zip(self._parts, (before, amount, after), strict=True):
            part.setText(words)
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """Return the whole sentence."""
        return "".join(part.text() for part in self._parts)
