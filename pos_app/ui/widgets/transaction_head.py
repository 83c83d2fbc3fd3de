"""The head of the list of transactions: the names of the columns, 44 px."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from pos_app.ui import theme
from pos_app.ui.models.transaction_model import Column
from pos_app.ui.widgets.transaction_columns import HEAD_HEIGHT, Track

_RADIUS = 13


class TransactionHead(QHeaderView):
    """Paints itself, with the corners of the card that it is the head of.

    Attributes:
        tracks: the columns that are shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.tracks: Mapping[Column, Track] = {}
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the head's height."""
        return QSize(super().sizeHint().width(), theme.px(HEAD_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then the names."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, width, height = theme.px(_RADIUS), self.viewport().width(), self.height()
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(0, 0, width, height + radius), radius, radius)
        painter.setClipRect(0, 0, width, height)
        painter.fillPath(ground, theme.color("sunken"))
        painter.fillRect(0, height - 1, width, 1, theme.color("border"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's own names
        """Paint one name."""
        column = Column(logicalIndex)
        track = self.tracks.get(column)
        if track is None:
            return
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        side = Qt.AlignmentFlag.AlignRight if track.is_right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("pill"))
        painter.setPen(theme.color("text2"))
        place = rect.adjusted(theme.px(track.left), 0, -theme.px(track.right), -1)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
