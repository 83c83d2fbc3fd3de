"""The countdown ring: how much of a code's expected life is left. It never shows an outcome."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui import theme
from pos_app.ui.format import left_text, left_words
from pos_app.ui.widgets.announce import announce

_SIDE = 124
_STROKE = 9
_LOW_S = 60
_ANNOUNCED_S = (60, 10)
_FULL_CIRCLE = 360 * 16


class CountdownRing(QWidget):
    """A ring that starts full at the top and empties clockwise, with m:ss in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("countdownRing")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._seconds: int | None = None
        self._life_s = 0

    @property
    def is_low(self) -> bool:
        """Whether it is the last minute."""
        return self._seconds is not None and self._seconds <= _LOW_S

    def show_left(self, seconds: int, life_s: int) -> None:
        """Show that `seconds` of `life_s` are left; repaints only when the second changes."""
        if (seconds, life_s) == (self._seconds, self._life_s):
            return
        before = self._seconds
        self._seconds, self._life_s = seconds, life_s
        self.setAccessibleName(left_words(seconds))
        self.update()
        if before is not None and self.isVisible() and _passed(before, seconds):
            announce(self, left_words(seconds))

    def sizeHint(self) -> QSize:
        """Return its fixed size."""
        side = theme.px(_SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a ring is never squeezed."""
        return self.sizeHint()

    def fraction(self) -> float:
        """Return which part of the ring is filled, 0 to 1."""
        if not self._seconds or self._life_s <= 0:
            return 0.0
        return min(1.0, self._seconds / self._life_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track, the part that is left, and the time."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = theme.px(_STROKE)
        half = stroke / 2
        circle = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(theme.color("key2"), stroke))
        painter.drawEllipse(circle)
        fraction = self.fraction()
        if fraction > 0:
            pen = QPen(theme.color("warn" if self.is_low else "primary"), stroke)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, _FULL_CIRCLE // 4, -round(_FULL_CIRCLE * fraction))
        self._paint_time(painter)
        painter.end()

    def _paint_time(self, painter: QPainter) -> None:
        centre = self.height() / 2
        line = QRectF(0, centre - theme.px(32), self.width(), theme.px(44))
        painter.setPen(theme.color("warn" if self.is_low else "text"))
        painter.setFont(theme.font("moneyS", 30))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, left_text(self._seconds or 0))
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("caption"))
        line = QRectF(0, centre + theme.px(7), self.width(), theme.px(20))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.tr("left"))


def _passed(before: int, now: int) -> bool:
    return any(now <= mark < before for mark in _ANNOUNCED_S)
