"""Why nothing can be charged now, in place of the method hint (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.status_banner import StatusBanner


class TroubleBanner(QWidget):
    """A banner with Details, and Try again where trying may help.

    Signals:
        retry_pressed: the cashier wants to try again.
    """

    retry_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner = StatusBanner("sellStatus", self)
        self._banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._details = Label(role="caption", shade="muted", wraps=True, parent=self)
        self._details.setObjectName("sellErrorDetails")
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fold = self._button("sellDetailsButton", self.tr("Details"))
        self._fold.clicked.connect(self._on_fold)
        self._retry = self._button("sellRetryButton", self.tr("Try again"))
        self._retry.clicked.connect(self.retry_pressed)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        theme.size(row, margins=(0, 0, 0, 0), spacing=8)
        row.addWidget(self._fold)
        row.addStretch(1)
        row.addWidget(self._retry)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=4)
        column.addWidget(self._banner, 1)
        column.addWidget(self._details)
        column.addWidget(self._buttons)

    def show_trouble(
        self, tone: str, icon: str, title: str, text: str, *, details: str = ""
    ) -> None:
        """Show what is the matter; with `details` it has a fold and "Try again"."""
        self._banner.show_status(tone, icon, title, text, is_urgent=tone == "bad")
        self._details.setText(details)
        self._details.setVisible(False)
        self._buttons.setVisible(bool(details))

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setProperty("kind", "text")
        button.setAccessibleName(button.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @Slot()
    def _on_fold(self) -> None:
        self._details.setVisible(self._details.isHidden())
