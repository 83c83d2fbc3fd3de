"""A switch: on or off at once (ux.md, section 3.4)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos_app.ui import theme

_WIDTH, _HEIGHT, _TOUCH = 56, 32, 48
_INSET, _LINE = 6, 2


class Switch(QAbstractButton):
    """Drawn 56 × 32 px inside what can be touched. Checkable; Space and a tap turn it.

    Args:
        name: what is switched, for assistive tools.
    """

    def __init__(self, object_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.size(self, width=_WIDTH, height=_TOUCH)

    def sizeHint(self) -> QSize:
        """Return what can be touched."""
        return QSize(theme.px(_WIDTH), theme.px(_TOUCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and the knob."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, pen = theme.px(_HEIGHT), theme.px(_LINE)
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        inner = track.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        edge, ground, knob = self._colours()
        painter.setPen(QPen(theme.color(edge), pen))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        side = height - 2 * theme.px(_INSET)
        left = track.right() - theme.px(_INSET) - side if self.isChecked() else theme.px(_INSET)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(knob))
        painter.drawEllipse(QRectF(left, track.top() + theme.px(_INSET), side, side))
        painter.end()

    def _colours(self) -> tuple[str, str, str]:
        """Return the tokens of edge, ground and knob."""
        if not self.isEnabled():
            return "tile_border", "disabled", "on_disabled"
        if self.isChecked():
            return "primary", "primary", "on_primary"
        return "control", "surface", "control"
