"""What goes round every page but Lock: rail, top bar, attention bar."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.attention_bar import AttentionBar
from pos_app.ui.widgets.nav_rail import NavRail
from pos_app.ui.widgets.top_bar import TopBar


class Bars(QObject):
    """Rail, top bar and attention bar, shown and laid out together."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rail = NavRail(parent)
        self.top = TopBar(parent)
        self.attention = AttentionBar(parent)
        self.rail.set_off("shift", self.tr("Not in this version yet."))
        self.set_shown(False)

    def set_shown(self, is_shown: bool) -> None:
        """Show all of them, or none."""
        self.rail.setVisible(is_shown)
        self.top.setVisible(is_shown)
        self.attention.set_allowed(is_shown)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for a narrow window, or for a regular one."""
        self.rail.set_narrow(is_narrow)
        self.top.set_narrow(is_narrow)
