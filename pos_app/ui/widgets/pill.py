"""Status pill: an icon and a word in a tone (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label


class Pill(QFrame):
    """A pill 28 px high; always an icon and a word, never colour alone."""

    def __init__(
        self, tone: str = "mute", icon: str = "", text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("pill", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.size(self, height=28)
        row = QHBoxLayout(self)
        theme.size(row, margins=(11, 0, 11, 0), spacing=6)
        self._icon = IconLabel("", tone, 16, self)
        self._word = Label(role="pill", parent=self)
        row.addWidget(self._icon)
        row.addWidget(self._word)
        self.set_status(tone, icon, text)

    def set_status(self, tone: str, icon: str, text: str) -> None:
        """Show another status."""
        theme.set_property(self, "tone", tone)
        theme.set_property(self._word, "tone", tone)
        self._icon.set_icon(icon, tone)
        self._icon.setVisible(bool(icon))
        self._word.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the word."""
        return self._word.text()
