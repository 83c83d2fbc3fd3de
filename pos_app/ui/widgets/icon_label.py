"""An icon that paints itself in a token's colour."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui import icons, theme


class IconLabel(QWidget):
    """An icon among text; follows theme and scale, transparent to the pointer.

    Attributes:
        is_off_grey: painted in `on_disabled` while the widget is disabled.
    """

    def __init__(
        self, name: str, color: str = "text", side: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._color = color
        self._side = side
        self.is_off_grey = True
        theme.see_through(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.size(self, width=side, height=side)

    def set_icon(self, name: str, color: str | None = None) -> None:
        """Show another icon, or the same in another colour token."""
        wanted = color or self._color
        if (name, wanted) != (self._name, self._color):
            self._name, self._color = name, wanted
            self.update()

    @property
    def icon_name(self) -> str:
        """Name of the icon that is shown; empty for none."""
        return self._name

    def sizeHint(self) -> QSize:
        """Return the icon's square."""
        side = theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon at the device's own resolution."""
        del event
        if not self._name:
            return
        color = "on_disabled" if self.is_off_grey and not self.isEnabled() else self._color
        painter = QPainter(self)
        picture = icons.pixmap(self._name, color, self._side, self.devicePixelRatioF())
        painter.drawPixmap(0, 0, picture)
