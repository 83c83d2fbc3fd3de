"""Painting paper: rows on a grid of equal cells, for the screen, a PDF and a printer alike.

A normal letter takes one cell, a wide (Chinese) one two. Paper is never themed: it is black on
whatever white it is painted on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPen

from pos_app import resources
from pos_app.receipts.codes import QUIET_ZONE, modules
from pos_app.receipts.rows import Code, Mark, Receipt, Row, Rule, Size
from pos_app.receipts.text import Line, letters, lines_of, width

_FAMILY = "Noto Sans Mono CJK SC"
_FONT_FILES = ("fonts/NotoSansMonoCJKsc-Regular.otf", "fonts/NotoSansMonoCJKsc-Bold.otf")
_fonts_lock = threading.Lock()
_INK = QColor(Qt.GlobalColor.black)


def load_paper_fonts() -> None:
    """Make the bundled monospaced font known to Qt, once; takes about 5 ms.

    Best called at the start on the GUI thread; whatever paints first does it else.
    """
    with _fonts_lock:
        _load_paper_fonts()


@cache
def _load_paper_fonts() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources.path(name)))


def paper_font(cell: int, *, is_bold: bool) -> QFont:
    """Return the bundled font whose normal letters are `cell` units wide. On any thread."""
    # Made anew each time: copies share what Qt looked up for them, which is not for two threads.
    load_paper_fonts()
    font = QFont(_FAMILY)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(2 * cell)  # a normal letter is half as wide as the font is high
    font.setBold(is_bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@dataclass(frozen=True, slots=True)
class Grid:
    """The measures of paper, all in whole units of what it is painted on, from one of them.

    Attributes:
        cell: width of a normal letter.
        columns: how many of them fit beside each other.
    """

    cell: int
    columns: int

    @property
    def width(self) -> int:
        """Width of what is printed."""
        return self.cell * self.columns

    @property
    def module(self) -> int:
        """Side of one module of the code: 5 dots where a letter is 12 dots wide."""
        return max(1, round(self.cell * 5 / 12))

    def letter(self, size: Size) -> int:
        """Return the width of a letter of `size`."""
        numerator, denominator = size.value
        return self.cell * numerator // denominator

    def line_height(self, size: Size) -> int:
        """Return the distance from one line of `size` to the next."""
        return self.letter(size) * 8 // 3

    def height(self, row: Row) -> int:
        """Return how high `row` is."""
        if isinstance(row, Code):
            return (len(modules(row.text)) + 2 * QUIET_ZONE) * self.module
        text = sum(self.line_height(line.size) for line in lines_of(row, self.columns))
        return text + self._mark_gap * 4 if isinstance(row, Mark) else text

    def paper_height(self, receipt: Receipt) -> int:
        """Return how high all rows of `receipt` are together."""
        return sum(map(self.height, receipt.rows))

    @property
    def _mark_gap(self) -> int:
        return max(1, self.cell // 3)

    def paint(self, painter: QPainter, row: Row, top: int) -> None:
        """Paint `row`, black, from `top` down."""
        match row:
            case Code():
                self._paint_code(painter, row, top)
            case Rule():
                self._paint_rule(painter, top)
            case Mark():
                self._paint_mark(painter, row, top)
            case _:
                self._paint_lines(painter, row, top)

    def _paint_lines(self, painter: QPainter, row: Row, top: int) -> None:
        for line in lines_of(row, self.columns):
            self._paint_line(painter, line, top)
            top += self.line_height(line.size)

    def _paint_line(self, painter: QPainter, line: Line, top: int) -> None:
        letter = self.letter(line.size)
        font = paper_font(letter, is_bold=line.is_bold)
        metrics = QFontMetricsF(font)
        height = self.line_height(line.size)
        baseline = top + round((height + metrics.capHeight()) / 2)
        painter.setFont(font)
        taken = width(line.left) * letter
        start = (self.width - taken) // 2 if line.is_centered else 0
        _paint_words(painter, line.left, QPointF(start, baseline), letter)
        start = self.width - width(line.right) * letter
        _paint_words(painter, line.right, QPointF(start, baseline), letter)

    def _paint_rule(self, painter: QPainter, top: int) -> None:
        thickness = max(1, self.cell // 8)
        middle = top + self.line_height(Size.NORMAL) // 2
        dash = max(2, self.cell // 2)
        dashes = [
            QRect(left, middle, min(dash, self.width - left), thickness)
            for left in range(0, self.width, dash + max(1, dash // 2))
        ]
        _fill(painter, dashes)

    def _paint_mark(self, painter: QPainter, row: Mark, top: int) -> None:
        gap = self._mark_gap
        pen = QPen(_INK, max(1, self.cell // 6))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(QRect(0, top + gap, self.width - 1, self.height(row) - 2 * gap - 1))
        self._paint_lines(painter, row, top + 2 * gap)

    def _paint_code(self, painter: QPainter, row: Code, top: int) -> None:
        matrix = modules(row.text)
        side = self.module
        left = (self.width - len(matrix) * side) // 2
        top += QUIET_ZONE * side
        runs = [
            QRect(left + start * side, top + y * side, length * side, side)
            for y, cells in enumerate(matrix)
            for start, length in _runs(cells)
        ]
        _fill(painter, runs)


def _runs(cells: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of every run of dark modules in a row."""
    start = None
    for x, is_dark in enumerate((*cells, False)):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            yield start, x - start
            start = None


def _fill(painter: QPainter, rectangles: list[QRect]) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    painter.drawRects(rectangles)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_words(painter: QPainter, words: str, start: QPointF, cell: int) -> None:
    """Paint `words` from `start`, each letter in its own columns.

    The bundled font keeps the grid by itself. What it lacks comes from another font of any
    width: it starts on the grid and is squeezed into its cells.
    """
    painter.setPen(_INK)
    metrics = QFontMetricsF(painter.font())
    column = 0
    for part in _by_grid(words, metrics, cell):
        at = start + QPointF(column * cell, 0)
        room = width(part) * cell
        column += width(part)
        advance = metrics.horizontalAdvance(part)
        if advance < room + cell / 3:
            painter.drawText(at, part)
            continue
        painter.save()
        painter.translate(at)
        painter.scale(room / advance, 1)
        painter.drawText(QPointF(), part)
        painter.restore()


def _by_grid(words: str, metrics: QFontMetricsF, cell: int) -> Iterator[str]:
    """Split `words` into what keeps the grid by itself and what does not."""

    def is_on_grid(text: str) -> bool:
        return abs(metrics.horizontalAdvance(text) - width(text) * cell) < cell / 3

    if is_on_grid(words):
        yield words
        return
    for _, part in groupby(letters(words), is_on_grid):
        yield "".join(part)


def paint_receipt(painter: QPainter, receipt: Receipt, cell: int) -> None:
    """Paint `receipt` black from the painter's origin, `cell` units to a letter.

    Takes `Grid(cell, receipt.columns)`'s width and `paper_height` of what is painted on.
    """
    paint_rows(painter, Grid(cell, receipt.columns), receipt.rows)


@lru_cache(maxsize=1)
def receipt_picture(receipt: Receipt, cell: int, ratio: float = 1.0) -> QImage:
    """Return `receipt` black on white, for a screen. On any thread; takes some 20 ms once.

    Args:
        receipt: what is on the paper.
        cell: width of a normal letter, in device pixels.
        ratio: device pixel ratio of the screen.
    """
    grid = Grid(cell, receipt.columns)
    picture = QImage(grid.width, grid.paper_height(receipt), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_receipt(painter, receipt, cell)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_rows(painter: QPainter, grid: Grid, rows: tuple[Row, ...]) -> None:
    """Paint `rows` below each other from the painter's origin."""
    top = 0
    for row in rows:
        grid.paint(painter, row, top)
        top += grid.height(row)
