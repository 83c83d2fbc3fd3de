"""The QR code, painted from its module matrix in whole device pixels."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.receipts.codes import QUIET_ZONE, modules, picture_of
from pos_app.ui import theme

MIN_MODULE = 5
"""Smallest side of a module in px; cameras fail below it (ux.md 6.3)."""
_USUAL_COUNT = 41
"""Modules along a side, with the quiet zone, of a code for an address of up to 62 letters."""
_SMALLEST_PICTURE = 200
"""Side in px of a picture that came as it is; smaller ones are hard to scan."""
_FRAME = 7
_RADIUS = 14

Matrix = tuple[tuple[bool, ...], ...]


class QrCode(QWidget):
    """Shows a code on white, a grey square while it is being made, or nothing at all.

    Nothing is ever drawn over a live code, and the theme never colours it.

    Signals:
        tapped: the code was tapped; only while one is shown.
    """

    tapped = Signal()

    def __init__(self, parent: QWidget | None = None, object_name: str = "qrCode") -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._text: str | None = None
        self._matrix: Matrix = ()
        self._sent = QImage()
        self._is_placeholder = False
        self._picture = QImage()

    @property
    def text(self) -> str | None:
        """What the shown code says; None when no code is on the screen."""
        return self._text

    def show_code(self, text: str) -> None:
        """Show a code that says `text`, or the picture that the service sent instead."""
        if text == self._text:
            return
        self._text, self._is_placeholder = text, False
        self._matrix = modules(text)
        self._sent = QImage.fromData(picture_of(text) or b"")
        self._picture = QImage()
        smallest = MIN_MODULE * self._count() if self._matrix else _SMALLEST_PICTURE
        self.setMinimumSize(self._square(smallest))
        self.update()

    def show_placeholder(self) -> None:
        """Show a grey square where the code is going to be."""
        self._clear(is_placeholder=True)

    def hide_code(self) -> None:
        """Take the code off the screen at once."""
        self._clear(is_placeholder=False)

    def module_px(self) -> int:
        """Return the side of a module in device pixels, 0 without a painted code."""
        if not self._matrix:
            return 0
        return self._module_px(self._count())

    def sizeHint(self) -> QSize:
        """Return the size of the pictures: 11 px for each of 41 modules."""
        return self._square(theme.px(11 * _USUAL_COUNT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and what is in it."""
        del event
        painter = QPainter(self)
        if self._text is not None:
            self._paint_code(painter)
        elif self._is_placeholder:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("key2"))
            box = self._box(self._module_px(_USUAL_COUNT) * _USUAL_COUNT)
            painter.drawRoundedRect(box, theme.px(_RADIUS), theme.px(_RADIUS))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a tap that ended on the code."""
        if self._text is not None and self.rect().contains(event.position().toPoint()):
            self.tapped.emit()

    def _clear(self, *, is_placeholder: bool) -> None:
        if self._text is None and self._is_placeholder == is_placeholder:
            return
        self._text, self._is_placeholder = None, is_placeholder
        self._matrix = ()
        self._sent = self._picture = QImage()
        self.update()  # its least size stays: the next code is laid out like this one

    def _count(self) -> int:
        return len(self._matrix) + 2 * QUIET_ZONE

    def _square(self, inside: int) -> QSize:
        side = inside + 2 * theme.px(_FRAME)
        return QSize(side, side)

    def _module_px(self, count: int) -> int:
        room = min(self.width(), self.height()) - 2 * theme.px(_FRAME)
        return max(1, int(room * self.devicePixelRatioF()) // count)

    def _box(self, inside_px: int) -> QRectF:
        """Return the frame around a code of `inside_px` device pixels."""
        side = inside_px / self.devicePixelRatioF() + 2 * theme.px(_FRAME)
        return self._centred(side).toAlignedRect().toRectF()

    def _centred(self, side: float) -> QRectF:
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _paint_code(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        side_px = self._sent_px() if self._sent else self.module_px() * self._count()
        if self._picture.width() != side_px:
            self._picture = self._painted(side_px)
        self._picture.setDevicePixelRatio(ratio)
        side = self._picture.width() / ratio
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("qr_light"))
        inset = self._box(self._picture.width()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inset, theme.px(_RADIUS), theme.px(_RADIUS))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawImage(self._on_pixels(self._centred(side).topLeft(), ratio), self._picture)

    def _sent_px(self) -> int:
        """Return the side of the sent picture: as often its own as there is room for, or less."""
        room = self._module_px(1)
        return self._sent.width() * (room // self._sent.width()) or room

    def _painted(self, side_px: int) -> QImage:
        if self._sent:
            return self._sent.scaled(side_px, side_px, Qt.AspectRatioMode.KeepAspectRatio)
        return _picture_of(self._matrix, self.module_px())

    def _on_pixels(self, point: QPointF, ratio: float) -> QPointF:
        """Return the next place at or after `point` that lies on a whole device pixel."""
        origin = QPointF(self.mapTo(self.window(), QPoint(0, 0)))
        on_screen = (origin + point) * ratio
        whole = QPointF(ceil(on_screen.x()), ceil(on_screen.y()))
        return whole / ratio - origin


def _picture_of(matrix: Matrix, module: int) -> QImage:
    """Return the code with its quiet zone, `module` device pixels for each module."""
    side = len(matrix) + 2 * QUIET_ZONE
    beside, above = bytes(QUIET_ZONE), bytes(QUIET_ZONE * side)
    rows = b"".join(beside + bytes(row) + beside for row in matrix)
    small = QImage(above + rows + above, side, side, side, QImage.Format.Format_Indexed8)
    small.setColorTable([theme.color(name).rgb() for name in ("qr_light", "qr_dark")])
    picture = small.convertToFormat(QImage.Format.Format_RGB32)
    return picture.scaled(module * side, module * side)
