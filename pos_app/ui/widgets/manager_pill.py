"""Whose PIN has opened what only managers may do, in the top bar (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label


class ManagerPill(QPushButton):
    """A pill 28 px high in a button of 48; pressing it ends the manager's visit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("managerPill")
        self.setProperty("bar", "pill")
        self._words = Label(role="pill", shade="info", parent=self)
        theme.see_through(self._words)
        row = QHBoxLayout(self)
        theme.size(row, margins=(13, 0, 14, 0), spacing=8)
        row.addWidget(IconLabel("key", "info", 16, self))
        row.addWidget(self._words)
        self.hide()

    def show_manager(self, name: str) -> None:
        """Say who it is; empty for nobody."""
        words = self.tr("{name} · manager").format(name=name)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.tr("Press to leave the settings"))
        self.setToolTip(self.accessibleDescription())
        self.setVisible(bool(name))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for icon and words."""
        layout = self.layout()
        assert layout is not None
        return QSize(layout.sizeHint().width(), theme.px(48))
