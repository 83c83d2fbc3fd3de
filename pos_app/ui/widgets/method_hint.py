"""What the customer does with the chosen method (ux.md 6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.method_words import how_to_pay

if TYPE_CHECKING:
    from pos_app.services.catalogue import MethodChoice


class MethodHint(QFrame):
    """A calm banner under the tiles; its place is kept while no method is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("methodHint")
        self.setProperty("tone", "info")
        theme.size(self, min_height=86)
        self._glyph = MethodGlyph(40, self)
        self._first = self._label("bodyStrong")
        self._second = self._label("body")
        words = QVBoxLayout()
        theme.size(words, spacing=1)
        words.addStretch(1)
        words.addWidget(self._first)
        words.addWidget(self._second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 8, 16, 8), spacing=14)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_choice(self, choice: MethodChoice | None) -> None:
        """Say how the method is paid; None hides the banner."""
        self.setVisible(choice is not None)
        if choice is None:
            return
        self._glyph.show_method(choice.traits)
        first, second = how_to_pay(choice.traits, can_cancel=choice.can_cancel)
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(f"{first} {second}".strip())

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("textRole", role)
        label.setProperty("tone", "info")
        label.setWordWrap(True)
        return label
