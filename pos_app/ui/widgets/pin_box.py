"""A field for a PIN: it takes the keys and shows dots, and keeps nothing of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.pin_dots import PinDots


class PinBox(QFrame):
    """A key, and dots for what is keyed.

    Attributes:
        dots: how many digits there are; whoever keeps the PIN tells them.
        row: for what else belongs into the field.

    Signals:
        digit_keyed(str), backspace_keyed(), clear_keyed(): what was typed into it.
        taken(): it has got the focus.
    """

    digit_keyed = Signal(str)
    backspace_keyed = Signal()
    clear_keyed = Signal()
    taken = Signal()

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("field", "box")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.size(self, height=56)
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus, also from a tap."""
        del event
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so: a pad feeds the field that has the focus."""
        super().focusInEvent(event)
        self.taken.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Show the dots as off together with the field."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.dots.update()
