"""The receipt as it is going to lie in the customer's hand: black on white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QSizePolicy, QWidget

from pos_app.receipts.rows import COLUMNS, Receipt
from pos_app.receipts.text import plain_text
from pos_app.ui import theme
from pos_app.ui.printing.paper import Grid, receipt_picture

_CELL = 7
"""Width of a letter in px at scale 1.0: 48 columns and the margins fill the card of 432."""
_SMALLEST_CELL = 4
_MARGIN = 24
_RADIUS = 3
_WHITE = Qt.GlobalColor.white


class ReceiptPreview(QScrollArea):
    """Shows a receipt in the middle of the room it has; what is longer scrolls.

    It shrinks its letters when the room is narrow. Its accessible description is the receipt's
    text. It takes the keyboard's focus only while there is something to scroll.
    """

    def __init__(self, parent: QWidget | None = None, object_name: str = "receiptPreview") -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(self.tr("Receipt"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._paper = _Paper()
        self.setWidget(self._paper)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        theme.watch(self._on_look_changed)

    @property
    def receipt(self) -> Receipt | None:
        """What is shown."""
        return self._paper.receipt

    def show_receipt(self, receipt: Receipt | None) -> None:
        """Show `receipt` from its top; None shows no paper at all."""
        self._paper.receipt = receipt
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription("" if receipt is None else _spoken(receipt))

    def letter_for(self, receipt: Receipt) -> tuple[int, float]:
        """Return how `receipt_picture` is going to be asked for `receipt` here, as things stand.

        That is the width of a letter in device pixels, and the device pixel ratio.
        """
        ratio = self.devicePixelRatioF()
        return max(1, round(self._cell_for(receipt) * ratio)), ratio

    def sizeHint(self) -> QSize:
        """Return the size of the paper at the present scale."""
        return self._paper.size_at(theme.px(_CELL)) + QSize(2, 2)

    def minimumSizeHint(self) -> QSize:
        """Return the room below which letters could not be told apart."""
        return QSize(self._paper.size_at(_SMALLEST_CELL).width(), theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of letters again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._paper.set_cell(self._cell_for(self._paper.receipt))
        self.updateGeometry()

    def _cell_for(self, receipt: Receipt | None) -> float:
        columns = COLUMNS[80] if receipt is None else receipt.columns
        cell = self._cell_within(self.width(), columns)
        if self._paper.size_of(receipt, cell).height() > self.height():
            bar = self.verticalScrollBar().sizeHint().width()
            cell = self._cell_within(self.width() - bar, columns)
        return cell

    def _cell_within(self, width: int, columns: int) -> float:
        """Return the width of a letter with which the paper is at most `width` wide."""
        ratio = self.devicePixelRatioF()
        room = int((width - 2 * theme.px(_MARGIN)) / columns * ratio)
        # In whole device pixels, so that the code stays sharp.
        return max(_SMALLEST_CELL, min(round(_CELL * theme.scale() * ratio), room) / ratio)

    @Slot(int, int)
    def _on_range_changed(self, lowest: int, highest: int) -> None:
        can_scroll = highest > lowest
        policy = Qt.FocusPolicy.StrongFocus if can_scroll else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit()
        self._paper.update()


class _Paper(QWidget):
    """The sheet itself: painted once into a picture, which scrolling only copies."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("receiptPaper")
        self._receipt: Receipt | None = None
        self._cell: float = _CELL
        self._picture = QImage()

    @property
    def receipt(self) -> Receipt | None:
        return self._receipt

    @receipt.setter
    def receipt(self, receipt: Receipt | None) -> None:
        self._receipt = receipt
        self._picture = QImage()
        self.update()

    def size_at(self, cell: float) -> QSize:
        """Return how large the sheet is with letters `cell` px wide."""
        return self.size_of(self._receipt, cell)

    def size_of(self, receipt: Receipt | None, cell: float) -> QSize:
        """Return how large the sheet of another receipt would be."""
        if receipt is None:
            return QSize(0, 0)
        ratio = self.devicePixelRatioF()
        grid = Grid(max(1, round(cell * ratio)), receipt.columns)
        margins = 2 * theme.px(_MARGIN)
        inside = QSize(grid.width, grid.paper_height(receipt)) / ratio
        return inside + QSize(margins, margins)

    def set_cell(self, cell: float) -> None:
        """Take the size that the sheet has with letters `cell` px wide."""
        self._cell = cell
        self._picture = QImage()
        self.setFixedSize(self.size_at(cell))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet."""
        del event
        if self._receipt is None:
            return
        if self._picture.isNull():
            ratio = self.devicePixelRatioF()
            cell = max(1, round(self._cell * ratio))
            self._picture = receipt_picture(self._receipt, cell, ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(_WHITE)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.px(_RADIUS), theme.px(_RADIUS))
        painter.drawImage(theme.px(_MARGIN), theme.px(_MARGIN), self._picture)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Paint anew on a screen with another pixel ratio."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.set_cell(self._cell)
        return super().event(event)


def _spoken(receipt: Receipt) -> str:
    """Return the text without what only lines up columns."""
    lines = (" ".join(line.split()) for line in plain_text(receipt).splitlines())
    return "\n".join(line for line in lines if line.strip("-"))
