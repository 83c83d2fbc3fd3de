"""A round mark in a tone: the large sign of a payment's state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.ui import icons, theme
from pos_app.ui.widgets.tick import paint_tick

_HALO = 112
_DISC = 84
_ICON = 44


class StateMark(QWidget):
    """An icon in a halo of 112 px; for what is confirmed, a tick on a filled disc of 84 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "info"
        self._icon = "info"
        theme.see_through(self)
        theme.size(self, width=_HALO, height=_HALO)

    def show_mark(self, tone: str, icon: str) -> None:
        """Show another mark; the tone "ok" is always a tick."""
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
        place = self._centred(_ICON)
        if self._tone == "ok":
            painter.setBrush(theme.color("ok_fill"))
            painter.drawEllipse(self._centred(_DISC))
            paint_tick(painter, place)
        else:
            icons.paint(painter, place.toRect(), self._icon, self._tone)
        painter.end()

    def _centred(self, side: int) -> QRectF:
        place = QRectF(0, 0, theme.px(side), theme.px(side))
        place.moveCenter(QRectF(self.rect()).center())
        return place
