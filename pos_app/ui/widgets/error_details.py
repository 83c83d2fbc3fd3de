"""The Details fold: code, time and reference of an error, to be read to somebody or copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.label import Label


class ErrorDetails(QWidget):
    """A text button that opens and closes the details, with Copy.

    Args:
        object_name: another one where the payment page's fold may be behind it.
    """

    def __init__(
        self, parent: QWidget | None = None, *, object_name: str = "errorDetails"
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._toggle = QPushButton(self.tr("Details"))
        self._toggle.setObjectName(f"{object_name}Toggle")
        self._toggle.setProperty("kind", "text")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self._copy = QPushButton(self.tr("Copy"))
        is_usual = object_name == "errorDetails"
        self._copy.setObjectName("copyDetailsButton" if is_usual else f"{object_name}Copy")
        self._copy.setProperty("kind", "text")
        self._copy.clicked.connect(self._on_copy)
        self._text = Label(role="caption", shade="muted", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._box = QFrame()
        self._box.setProperty("card", "sunken")
        inside = QHBoxLayout(self._box)
        theme.size(inside, margins=(14, 4, 4, 4), spacing=8)
        inside.addWidget(self._text, 1)
        inside.addWidget(self._copy)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._box)
        self._box.hide()

    @property
    def text(self) -> str:
        """What the fold says and Copy copies."""
        return self._text.text()

    def show_details(self, text: str) -> None:
        """Offer `text`, folded; an empty one takes the fold away."""
        if text != self._text.text():
            self._text.setText(text)
            self._toggle.setChecked(False)
        self.setVisible(bool(text))

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._box.setVisible(is_open)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())
