"""A PIN as dots, never as digits (ux.md, section 5)."""

from __future__ import annotations

from PySide6.QtCore import Property, QPropertyAnimation, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos_app.ui import theme

_NUDGE_MS = 120
_NUDGE = 10


class PinDots(QWidget):
    """As many circles as the PIN has digits, the keyed ones filled. It never knows the digits.

    Args:
        dot: width of a circle, and of the gap after it, in px at scale 1.0.
    """

    def __init__(self, parent: QWidget | None = None, *, dot: int = 18) -> None:
        super().__init__(parent)
        self.setObjectName("pinDots")
        self._dot = dot
        self._filled = 0
        self._length = 4
        self._is_wrong = False
        self._shift = 0
        theme.size(self, height=dot + 2)
        self._nudge = QPropertyAnimation(self, b"shift", self)
        self._nudge.setDuration(_NUDGE_MS)
        self._nudge.setKeyValueAt(0.0, 0)
        self._nudge.setKeyValueAt(0.3, -_NUDGE)
        self._nudge.setKeyValueAt(0.7, _NUDGE)
        self._nudge.setKeyValueAt(1.0, 0)
        self.show_dots(0, 4)

    def show_dots(self, filled: int, length: int) -> None:
        """Show how many of the PIN's `length` digits have been keyed."""
        self._filled, self._length = filled, length
        self._is_wrong = self._is_wrong and filled == 0
        spoken = self.tr("PIN, {keyed} of {length} digits")
        self.setAccessibleName(spoken.format(keyed=filled, length=length))
        self.update()

    def show_wrong(self) -> None:
        """Turn the dots to `bad` until the next digit and nudge them once (ux.md 5, PIN pad)."""
        self._is_wrong = True
        if not theme.look().is_motion_reduced:
            self._nudge.start()
        self.update()

    @property
    def is_wrong(self) -> bool:
        """Whether the last PIN was wrong and nothing has been keyed since."""
        return self._is_wrong

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circles from the left."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = gap = theme.px(self._dot)
        filled = theme.color("bad" if self._is_wrong else "text")
        rim = theme.color("bad" if self._is_wrong else "control")
        for place in range(self._length):
            left = 1 + place * (side + gap) + theme.px(self._shift)
            if place < self._filled or self._is_wrong:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(filled)
                painter.drawEllipse(QRectF(left, 1, side, side))
            else:
                painter.setPen(QPen(rim, max(1.0, 2 * theme.scale())))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QRectF(left + 1, 2, side - 2, side - 2))

    def _get_shift(self) -> int:
        return self._shift

    def _set_shift(self, shift: int) -> None:
        self._shift = shift
        self.update()

    shift = Property(int, _get_shift, _set_shift)
    """Sideways offset in px at scale 1.0 while the nudge runs."""
