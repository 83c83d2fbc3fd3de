"""Icons: one-colour SVGs on a 24 px grid, drawn in a token's colour and kept.

A `QIcon` from here paints itself at the moment it is shown, so that it follows the theme and the
scale, and is grey on a disabled button, without anybody setting it again.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from pos_app import resources
from pos_app.ui import theme

_MAX_KEPT = 512


@cache  # WORKAROUND: PySide 6.11 may crash when an engine made here is deleted
def icon(name: str, color: str = "text") -> QIcon:
    """Return the icon `name` (resources/icons/`name`.svg), painted in the token `color`.

    For buttons, which keep it; what paints itself uses `paint` or `pixmap`. Its size is the
    button's icon size: `theme.size(button, icon=20)`.
    """
    return QIcon(_TokenIcon(name, color))


def pixmap(name: str, color: str, side: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a square picture of `side` px at scale 1.0.

    Args:
        name: file name in resources/icons without ".svg".
        color: a token's name or "#RRGGBB".
        side: px at scale 1.0.
        ratio: device pixel ratio of the widget that shows it.
    """
    return _drawn(name, theme.color(color).name(), theme.px(side), ratio)


def paint(painter: QPainter, place: QRect, name: str, color: str = "text") -> None:
    """Paint the icon `name` in the token `color`, centred in `place` (device-independent px)."""
    side = min(place.width(), place.height())
    ratio = painter.device().devicePixelRatio()
    left = place.x() + (place.width() - side) // 2
    top = place.y() + (place.height() - side) // 2
    painter.drawPixmap(left, top, _drawn(name, theme.color(color).name(), side, ratio))


def read_all() -> None:
    """Read the files of all icons, so that no paint has to wait for a disk. On any thread."""
    for file in resources.path("icons").glob("*.svg"):
        _source(file.stem)


@lru_cache(maxsize=_MAX_KEPT)
def _drawn(name: str, hex_color: str, side: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", hex_color)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=_MAX_KEPT)
def _source(name: str) -> str:
    return resources.text(f"icons/{name}.svg")


class _TokenIcon(QIconEngine):
    """Paints an icon in the present theme's colour."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint it centred in `rect`."""
        del state
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatio() if painter.device() else 1.0
        left = rect.x() + (rect.width() - side) // 2
        top = rect.y() + (rect.height() - side) // 2
        painter.drawPixmap(left, top, _drawn(self._name, self._hex(mode), side, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it at `size` device pixels."""
        del state
        return _drawn(self._name, self._hex(mode), min(size.width(), size.height()), 1.0)

    def clone(self) -> QIconEngine:
        """Return another one like it."""
        return _TokenIcon(self._name, self._color)

    def _hex(self, mode: QIcon.Mode) -> str:
        is_off = mode == QIcon.Mode.Disabled
        return theme.color("on_disabled" if is_off else self._color).name()
