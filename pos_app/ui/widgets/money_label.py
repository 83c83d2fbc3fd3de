"""An amount with its currency mark; the largest thing on every screen about money."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.domain.currencies import mark
from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.theme.fonts import ROLES

STEPS = (60, 52, 44, 36, 28, 22)
"""Sizes (px at scale 1.0) that an amount shrinks through until it fits; never elided."""
_MARK_SHARE = 0.4
_LEAST_MARK = 15
_GAP_SHARE = 0.15


class MoneyLabel(QWidget):
    """Paints mark and amount on one base line and shrinks in steps to fit its width.

    The mark is 40 % of the amount's size, in `text3` (ux.md, section 3.2).

    Args:
        role: moneyS, moneyM, moneyDetail, moneyL, moneyPay or moneyXL.
        align: where it stands when there is room: left, right or centre.
    """

    def __init__(
        self,
        role: str = "moneyL",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._align = align
        self._mark = ""
        self._amount = ""
        self._color = "text"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_amount(self, amount: Money, color: str = "text") -> None:
        """Show `amount`; `color` is the token for the digits."""
        self.set_text(mark(amount.currency), amount.grouped, color)

    def set_text(self, currency_mark: str, digits: str, color: str = "text") -> None:
        """Show what is being typed, such as "42.", with its mark."""
        if (currency_mark, digits, color) == (self._mark, self._amount, self._color):
            return
        self._mark, self._amount, self._color = currency_mark, digits, color
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return what it says: "US$ 42.50"."""
        return f"{self._mark} {self._amount}".strip()

    def sizeHint(self) -> QSize:
        """Return the size of the whole amount at its role's size."""
        length = ROLES[self._role].px
        height = QFontMetricsF(theme.font(self._role)).height()
        return QSize(int(self._width(length)) + 2, int(height * 0.98) + 1)

    def minimumSizeHint(self) -> QSize:
        """Return the least that shows the amount at the smallest step."""
        return QSize(int(self._width(min(STEPS[-1], ROLES[self._role].px))) + 2, 1)

    def shown_px(self) -> int:
        """Return the size (px at scale 1.0) that fits the present width."""
        largest = ROLES[self._role].px
        sizes = (largest, *(step for step in STEPS if step < largest))
        return next((size for size in sizes if self._width(size) <= self.width()), sizes[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and amount."""
        del event
        length = self.shown_px()
        digits_font, mark_font = self._fonts(length)
        width = self._width(length)
        if self._align & Qt.AlignmentFlag.AlignRight:
            left = self.width() - width
        elif self._align & Qt.AlignmentFlag.AlignHCenter:
            left = (self.width() - width) / 2
        else:
            left = 0.0
        metrics = QFontMetricsF(digits_font)
        base = (self.height() + metrics.capHeight()) / 2
        painter = QPainter(self)
        painter.setFont(mark_font)
        painter.setPen(theme.color("text3"))
        painter.drawText(QRectF(left, base - 200, width, 200).bottomLeft(), self._mark)
        painter.setFont(digits_font)
        painter.setPen(theme.color(self._color))
        left += self._mark_width(length)
        painter.drawText(QRectF(left, base - 200, width, 200).bottomLeft(), self._amount)

    def _fonts(self, length: int) -> tuple[QFont, QFont]:
        mark_px = max(_LEAST_MARK, round(length * _MARK_SHARE))
        return theme.font(self._role, length), theme.font("bodyStrong", mark_px)

    def _mark_width(self, length: int) -> float:
        if not self._mark:
            return 0.0
        advance = QFontMetricsF(self._fonts(length)[1]).horizontalAdvance(self._mark)
        return advance + theme.px(length) * _GAP_SHARE

    def _width(self, length: int) -> float:
        digits = QFontMetricsF(self._fonts(length)[0]).horizontalAdvance(self._amount)
        return self._mark_width(length) + digits
