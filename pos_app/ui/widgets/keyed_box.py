"""What fields have in common that show what is keyed into them and keep none of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.ui import theme


class KeyedBox(QFrame):
    """Takes the focus; what takes the keys is for the kinds of it.

    Args:
        object_name: from the register of ux.md.
        height: px at scale 1.0.

    Signals:
        backspace_keyed(), clear_keyed(): these keys.
        taken(): it has got the focus: a pad feeds it from now on.
    """

    backspace_keyed = Signal()
    clear_keyed = Signal()
    taken = Signal()

    def __init__(self, object_name: str, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("field", "box")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.size(self, height=height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus, also from a tap."""
        del event
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.taken.emit()
