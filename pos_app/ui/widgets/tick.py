"""The tick of what is done or chosen: bolder than an icon, as it stands on a filled circle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from pos_app.ui import theme

_GRID = 24
_STROKE = 3
_POINTS = ((4.5, 12.8), (9.3, 17.5), (19.5, 7.0))
"""On the grid of the icons, but with a thicker stroke."""


def paint_tick(painter: QPainter, place: QRectF, color: str = "on_primary") -> None:
    """Paint a tick into the square `place`, in the token `color`."""
    unit = place.width() / _GRID
    pen = QPen(theme.color(color), _STROKE * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline([place.topLeft() + QPointF(x, y) * unit for x, y in _POINTS])
