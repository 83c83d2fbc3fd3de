"""The sections of the Settings page, one of them chosen (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label

_WALKING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class _Item(QPushButton):
    """A section: icon and title, 54 px high. The focus alone opens it (ux.md 6.7)."""

    def __init__(self, name: str, icon: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"settingsItem_{name}")
        self.name = name
        self.setProperty("nav", "item")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        theme.size(self, height=54)
        self._icon = IconLabel(icon, "text", 22, self)
        self._title = Label(title, "nav", parent=self)
        theme.see_through(self._title)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 0, 12, 0), spacing=12)
        row.addWidget(self._icon)
        row.addWidget(self._title, 1)
        self.toggled.connect(self._restyle)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the section that was walked to."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.setChecked(True)

    @Slot(bool)
    def _restyle(self, is_on: bool) -> None:
        self._icon.set_icon(self._icon.icon_name, "link" if is_on else "text")
        theme.set_property(self._title, "link", is_on)


class SettingsList(QFrame):
    """The list, 272 px wide; arrow keys walk and open.

    Args:
        sections: name, icon and title of each, in their order.

    Attributes:
        items: their buttons, in the same order.

    Signals:
        chosen(str): the name of the section to show, also when it is the one that was shown.
    """

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settingsList")
        self.setProperty("card", "true")
        self.setAccessibleName(self.tr("Sections"))
        theme.size(self, width=272)
        column = QVBoxLayout(self)
        theme.size(column, margins=(12, 12, 12, 12), spacing=4)
        self.items = [_Item(*section, self) for section in sections]
        for item in self.items:
            column.addWidget(item)
            item.toggled.connect(self._on_toggled)
        column.addStretch(1)
        self._walk = ArrowFocus(self, 1)
        self._walk.set_members(self.items)

    @property
    def chosen_name(self) -> str:
        """Name of the section that is marked as open."""
        return next((item.name for item in self.items if item.isChecked()), "")

    def choose(self, name: str) -> None:
        """Open the section of that name anew."""
        item = next(item for item in self.items if item.name == name)
        if item.isChecked():
            self.chosen.emit(name)
        item.setChecked(True)

    def focus_chosen(self) -> None:
        """Put the focus on the chosen section."""
        for item in self.items:
            if item.isChecked():
                item.setFocus(Qt.FocusReason.OtherFocusReason)

    def uses(self, event: QKeyEvent) -> bool:
        """Whether the list itself wants this key: arrows, while it has the focus."""
        return event.key() in _WALKING and any(item.hasFocus() for item in self.items)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            item = next(item for item in self.items if item.isChecked())
            self._walk.set_stop(item)
            self.chosen.emit(item.name)
