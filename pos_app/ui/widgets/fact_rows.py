"""Facts about a payment: a name at the left, what it is at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.format import short_id
from pos_app.ui.widgets.label import Label

_ICON, _GAP = 18, 8
_TARGET = 48


class FactRow(QWidget):
    """One fact; without a value it hides."""

    def __init__(self, caption: str, object_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = Label(role="bodyStrong")
        self.value.setObjectName(object_name)
        self.row = QHBoxLayout(self)
        theme.size(self.row, margins=(0, 0, 0, 0), spacing=12)
        self.row.addWidget(Label(caption, "body", "muted"), 1)
        self.row.addWidget(self.value)

    def show_value(self, text: str) -> None:
        """Say what it is."""
        self.value.setText(text)
        self.setVisible(bool(text))


class WordsRow(FactRow):
    """A fact in a person's words, which may need several lines."""

    def __init__(self, caption: str, object_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(caption, object_name, parent)
        self.value.setWordWrap(True)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.row.setStretch(0, 0)
        self.row.setStretch(1, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.value.setSizePolicy(policy)


class CopyRow(FactRow):
    """A long id, shortened, with a button that copies it whole.

    The button's target hangs over all edges, so that the row is as high as the others.
    """

    def __init__(
        self, caption: str, object_name: str, button_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(caption, object_name, parent)
        self._id = ""
        self.button = QPushButton(parent)
        self.button.setObjectName(button_name)
        self.button.setProperty("kind", "icon")
        self.button.setIcon(icons.icon("copy"))
        self.button.setAccessibleName(self.tr("Copy transaction ID"))
        self.button.setToolTip(self.tr("Copy transaction ID"))
        self.button.clicked.connect(self._on_copy)
        theme.size(self.button, icon=_ICON)

    def show_value(self, text: str) -> None:
        """Show an id; a row without one says so."""
        self._id = text
        self.value.setText(short_id(text) or "–")
        theme.size(self.value, margins=(0, 0, _ICON + _GAP if text else 0, 0))
        self.button.setVisible(bool(text))

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the button along."""
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the button along."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side, place = theme.px(_TARGET), self.geometry()
        middle = place.right() + 1 - theme.px(_ICON) // 2
        top = place.center().y() - side // 2
        self.button.setGeometry(middle - side // 2, top, side, side)
        self.button.raise_()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._id)
