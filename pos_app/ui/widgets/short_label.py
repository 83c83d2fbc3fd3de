"""Words that may be longer than their place: names of items, cut at the end with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.label import Label


class ShortLabel(Label):
    """Paints at most `lines` lines of its text; the whole text stays set, for assistive tools.

    Never for money, which shrinks instead (`MoneyLabel`).
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        shade: str = "",
        *,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, shade, parent=parent)
        self._most = lines
        self.setMinimumWidth(1)

    def shown_lines(self) -> list[str]:
        """Return what is painted, line by line."""
        text, width = self.text(), self.contentsRect().width()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        starts: list[int] = []
        while (line := layout.createLine()).isValid() and len(starts) <= self._most:
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        kept = starts[: self._most]
        ends = [*kept[1:], len(text)]
        lines = [text[start:end].rstrip() for start, end in zip(kept, ends, strict=True)]
        metrics = self.fontMetrics()
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]

    def sizeHint(self) -> QSize:
        """Return the width of the text in one line, and the height of all the lines."""
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self.text()) + 1, metrics.lineSpacing() * self._most
        )

    def minimumSizeHint(self) -> QSize:
        """Return the same height and no width: the text gives way."""
        return QSize(1, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that there is room for."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines, step = self.shown_lines(), self.fontMetrics().lineSpacing()
        place = self.contentsRect()
        top = place.top() + (place.height() - step * len(lines)) // 2
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        for number, line in enumerate(lines):
            row = QRect(place.left(), top + number * step, place.width(), step)
            painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, line)
