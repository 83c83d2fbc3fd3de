"""A round mark in a tone: the large sign of a payment's state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.ui import icons, theme

_HALO = 112
_DISC = 84
_ICON = 44


class StateMark(QWidget):
    """An icon in a halo of 112 px; for what is confirmed, a filled disc of 84 px in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "info"
        self._icon = "info"
        theme.see_through(self)
        theme.size(self, width=_HALO, height=_HALO)

    def show_mark(self, tone: str, icon: str) -> None:
        """Show another mark; only the tone "ok" is filled."""
        if (tone, icon) != (self._tone, self._icon):
            self._tone, self._icon = tone, icon
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint halo, disc and icon."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._tone}_bg"))
        painter.drawEllipse(self.rect())
        ink = self._tone
        if self._tone == "ok":
            ink = "on_primary"
            painter.setBrush(theme.color("ok_fill"))
            painter.drawEllipse(self._centred(_DISC))
        icons.icon(self._icon, ink).paint(painter, self._centred(_ICON).toRect())
        painter.end()

    def _centred(self, side: int) -> QRectF:
        place = QRectF(0, 0, theme.px(side), theme.px(side))
        place.moveCenter(QRectF(self.rect()).center())
        return place
