"""The mark of a payment method: letters in a rounded square (ux.md 3.1). No brand logos."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.methods import MethodTraits
from pos_app.ui import icons, theme

_RADIUS = 0.28
_OFF_SHARE = 0.4


def _faded(fill: str) -> QColor:
    """Return `fill` at 40 % mixed into the surface, for methods that are off."""
    mine, surface = QColor(fill), theme.color("surface")

    def mix(part: int, ground: int) -> int:
        return round(part * _OFF_SHARE + ground * (1 - _OFF_SHARE))

    return QColor(
        mix(mine.red(), surface.red()),
        mix(mine.green(), surface.green()),
        mix(mine.blue(), surface.blue()),
    )


def paint_glyph(
    painter: QPainter, rect: QRectF, traits: MethodTraits, *, is_off: bool = False
) -> None:
    """Paint the mark of a method into the square `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faded(traits.glyph_fill) if is_off else QColor(traits.glyph_fill))
    side = rect.width()
    painter.drawRoundedRect(rect, side * _RADIUS, side * _RADIUS)
    if not traits.glyph:
        inner = rect.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
        icons.paint(painter, inner.toRect(), "card", "on_primary")
        return
    font = QFont(painter.font())
    font.setPixelSize(round(side * (0.46 if len(traits.glyph) == 1 else 0.37)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor(traits.glyph_ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, traits.glyph)


class MethodGlyph(QWidget):
    """The mark of one method, `side` px at scale 1.0. Transparent to the pointer."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._traits: MethodTraits | None = None
        self._is_off = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.size(self, width=side, height=side)

    def show_method(self, traits: MethodTraits, *, is_off: bool = False) -> None:
        """Show the mark of `traits`; faded when the method is off."""
        if (traits, is_off) != (self._traits, self._is_off):
            self._traits, self._is_off = traits, is_off
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        del event
        if self._traits is not None:
            paint_glyph(QPainter(self), QRectF(self.rect()), self._traits, is_off=self._is_off)
