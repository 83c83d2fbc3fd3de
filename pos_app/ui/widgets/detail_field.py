"""A field with its name over it and room for what is wrong with it under it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label


class DetailField(QWidget):
    """Name, field and error of one detail.

    Args:
        name: of the detail, for people.
        edit: where it is typed.
    """

    def __init__(self, name: str, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        edit.setAccessibleName(name)
        self._error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._error.setObjectName(f"{edit.objectName()}Error")
        self._error.hide()
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=4)
        column.addWidget(Label(name, "bodyStrong", parent=self))
        column.addWidget(edit)
        column.addWidget(self._error)
        column.addStretch(1)

    def show_error(self, words: str) -> None:
        """Say what is wrong under the field; "" takes it away."""
        if words == self._error.text():
            return
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)
        theme.set_property(self.edit, "wrong", bool(words))
        if words:
            announce(self.edit, words)
