"""A field for a PIN: it takes the keys and shows dots, and keeps nothing of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.keyed_box import KeyedBox
from pos_app.ui.widgets.pin_dots import PinDots


class PinBox(KeyedBox):
    """A key, and dots for what is keyed.

    Attributes:
        dots: how many digits there are; whoever keeps the PIN tells them.
        row: for what else belongs into the field.

    Signals:
        digit_keyed(str): a digit was typed into it.
    """

    digit_keyed = Signal(str)

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(object_name, 56, parent)
        self.dots = PinDots(self, dot=14)
        self.dots.setObjectName(f"{object_name.removesuffix('Edit')}Dots")
        theme.see_through(self.dots)
        self.row = QHBoxLayout(self)
        theme.size(self.row, margins=(18, 0, 8, 0), spacing=14)
        self.row.addWidget(IconLabel("key", "text", 20, self))
        self.row.addWidget(self.dots, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Delete; leave every other key to the dialog."""
        text = event.text()
        if text.isascii() and text.isdigit():
            self.digit_keyed.emit(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.backspace_keyed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_keyed.emit()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Show the dots as off together with the field."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.dots.update()
