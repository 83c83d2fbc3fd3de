"""A chip of the filter bar: what it filters by, and whether it does (ux.md 5, 6.4)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pos_app.ui import icons, theme

_HEIGHT = 48
_EDGE, _GAP = 18, 10
_ICON = 20
_CHEVRON = "chevron-down"


class FilterChip(QPushButton):
    """A pill of 48 px with an icon before its words, or a chevron after them when it opens a list.

    Args:
        text: the words.
        icon: name of the icon; empty for a chevron after the words.
    """

    def __init__(
        self, text: str, *, icon: str = "", object_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(object_name)
        self._icon = icon
        self._is_on = False
        self._tone = ""
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.size(self, height=_HEIGHT)
        self._describe()

    def show_filter(self, text: str, *, is_on: bool, tone: str = "") -> None:
        """Say what is filtered by, and whether the list is narrowed down by it.

        Args:
            text: the words.
            is_on: outlined and tinted.
            tone: of what calls for somebody even while it is off; empty for the plain look.
        """
        self._is_on, self._tone = is_on, tone
        self.setText(text)
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for icon, words and chevron."""
        words = QFontMetricsF(theme.font("bodyStrong")).horizontalAdvance(self.text())
        width = 2 * theme.px(_EDGE) + round(words) + 1 + theme.px(_ICON + _GAP)
        return QSize(width, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill and what is in it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground, edge, stroke = self._colours()
        pen = theme.px(stroke)
        shape = QRectF(self.rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2)
        painter.setPen(QPen(theme.color(edge), pen))
        painter.setBrush(theme.color("key2" if self.isDown() else ground))
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
        self._paint_content(painter, ink)
        painter.end()

    def _colours(self) -> tuple[str, str, str, int]:
        """Return the tokens of ink, ground and edge, and the edge's width."""
        if self._tone:
            tone = self._tone
            return tone, f"{tone}_bg", f"{tone}_border", 2 if self._is_on else 1
        if self._is_on:
            return "link", "tint", "tint_border", 2
        return "text", "surface", "control", 1

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        side, left = theme.px(_ICON), theme.px(_EDGE)
        top = (self.height() - side) / 2
        if self._icon:
            icons.paint(painter, QRectF(left, top, side, side).toRect(), self._icon, ink)
            left += side + theme.px(_GAP)
        painter.setFont(theme.font("bodyStrong"))
        painter.setPen(theme.color(ink))
        width = self.width() - left - theme.px(_EDGE)
        painter.drawText(
            QRectF(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if not self._icon:
            right = self.width() - theme.px(_EDGE) - side
            place = QRectF(right, top, side, side).toRect()
            icons.paint(painter, place, _CHEVRON, ink)

    def _describe(self) -> None:
        name = self.text()
        self.setAccessibleName(self.tr("{name}, on").format(name=name) if self._is_on else name)
