"""Paints the cells of the list of transactions: texts, method glyphs, status pills."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_app.ui import icons, theme
from pos_app.ui.models.status_words import PillLook
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.models.transaction_model import Column, TransactionModel, text_of
from pos_app.ui.widgets.method_glyph import paint_glyph
from pos_app.ui.widgets.transaction_columns import GLYPH, GLYPH_GAP, ROW_HEIGHT, Track

_BAR = 4
_PILL_HEIGHT, _PILL_EDGE, _PILL_GAP, _PILL_ICON = 28, 11, 6, 16
_GREY_HEIGHT, _GREY_SHARE = 14, 0.62
_LINE_GAP = 9
"""Half the distance of the two lines of a cell, centre to centre."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Look(NamedTuple):
    """A text's role and colour token."""

    role: str
    ink: str


_BODY, _QUIET = _Look("body", "text"), _Look("body", "text2")
_DAY, _GREY_AMOUNT = _Look("caption", "text3"), _Look("bodyStrong", "text3")
_REFERENCE = _Look("caption", "text2")
_LOOKS: Mapping[Column, _Look] = MappingProxyType({
    Column.AMOUNT: _Look("bodyStrong", "text"),
    Column.REFUNDED: _QUIET,
    Column.CASHIER: _QUIET,
    Column.REFERENCE: _REFERENCE,
    Column.NOTE: _QUIET,
})  # fmt: skip


class TransactionDelegate(QStyledItemDelegate):
    """Paints what the model has written out; a row that is not here yet is a grey bar.

    Attributes:
        tracks: the columns that are shown.
    """

    def __init__(self, model: TransactionModel, parent: Any) -> None:
        super().__init__(parent)
        self._model = model
        self.tracks: Mapping[Column, Track] = {}
        self._fonts: dict[str, QFont] = {}
        theme.watch(self._on_look_changed)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a row's height; columns have their own widths."""
        del option, index
        return QSize(0, theme.px(ROW_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = Column(index.column())
        self._paint_ground(painter, place, column, bool(state & QStyle.StateFlag.State_Selected))
        track = self.tracks.get(column)
        if track is None:
            return
        inside = place.adjusted(theme.px(track.left), 0, -theme.px(track.right), -1)
        line = self._model.line(index.row())
        if line is None:
            self._paint_grey(painter, inside)
        elif column is Column.METHOD:
            self._paint_method(painter, inside, line)
        elif column is Column.STATUS:
            self._paint_pill(painter, inside, line.pill)
        elif column is Column.TIME and self._model.has_days:
            self._paint_two(painter, inside, (line.time, _BODY), (line.day, _DAY))
        elif column is Column.REFERENCE and line.row.note and Column.NOTE not in self.tracks:
            note = (line.row.note, _DAY)
            self._paint_two(painter, inside, (line.row.reference, _REFERENCE), note)
        else:
            self._paint_text(painter, inside, column, line)

    def _paint_ground(
        self, painter: QPainter, place: QRect, column: Column, is_selected: bool
    ) -> None:
        if is_selected:
            painter.fillRect(place, theme.color("tint"))
            if column is Column.TIME:
                bar = QRect(place.left(), place.top(), theme.px(_BAR), place.height())
                painter.fillRect(bar, theme.color("primary"))
        painter.fillRect(
            QRect(place.left(), place.bottom(), place.width(), 1), theme.color("border")
        )

    def _paint_text(
        self, painter: QPainter, place: QRect, column: Column, line: TransactionLine
    ) -> None:
        look = _LOOKS.get(column, _BODY)
        if column is Column.AMOUNT and line.is_grey:
            look = _GREY_AMOUNT
        align = _RIGHT if self.tracks[column].is_right else _LEFT
        self._write(painter, place, text_of(line, column), look, align)

    def _paint_two(
        self,
        painter: QPainter,
        place: QRect,
        upper: tuple[str, _Look],
        lower: tuple[str, _Look],
    ) -> None:
        gap = theme.px(_LINE_GAP)
        self._write(painter, place.translated(0, -gap), *upper)
        self._write(painter, place.translated(0, gap), *lower)

    def _paint_method(self, painter: QPainter, place: QRect, line: TransactionLine) -> None:
        side = theme.px(GLYPH)
        top = place.top() + (place.height() - side) / 2
        painter.save()
        painter.setFont(self._font("body"))
        paint_glyph(painter, QRectF(place.left(), top, side, side), line.traits)
        painter.restore()
        words = place.adjusted(side + theme.px(GLYPH_GAP), 0, 0, 0)
        self._write(painter, words, line.method, _BODY)

    def _paint_pill(self, painter: QPainter, place: QRect, pill: PillLook) -> None:
        height, edge = theme.px(_PILL_HEIGHT), theme.px(_PILL_EDGE)
        side, gap = theme.px(_PILL_ICON), theme.px(_PILL_GAP)
        font = self._font("pill")
        width = 2 * edge + side + gap + QFontMetrics(font).horizontalAdvance(pill.word)
        top = place.top() + (place.height() - height) // 2
        shape = QRectF(place.left() + 0.5, top + 0.5, width - 1, height - 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(f"{pill.tone}_border"), 1))
        painter.setBrush(theme.color(f"{pill.tone}_bg"))
        painter.drawRoundedRect(shape, height / 2, height / 2)
        ratio = painter.device().devicePixelRatio()
        picture = icons.pixmap(pill.icon, pill.tone, _PILL_ICON, ratio)
        painter.drawPixmap(place.left() + edge, top + (height - side) // 2, picture)
        painter.restore()
        left = place.left() + edge + side + gap
        words = QRect(left, top, width - (left - place.left()), height)
        self._write(painter, words, pill.word, _Look("pill", pill.tone))

    def _paint_grey(self, painter: QPainter, place: QRect) -> None:
        height = theme.px(_GREY_HEIGHT)
        top = place.top() + (place.height() - height) // 2
        width = max(1, round(place.width() * _GREY_SHARE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("key2"))
        painter.drawRoundedRect(QRect(place.left(), top, width, height), height / 2, height / 2)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        look: _Look,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        if not text:
            return
        font = self._font(look.role)
        painter.setFont(font)
        painter.setPen(theme.color(look.ink))
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) > place.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, align, text)

    def _font(self, role: str) -> QFont:
        font = self._fonts.get(role)
        if font is None:
            font = self._fonts[role] = theme.font(role)
        return font

    @Slot()
    def _on_look_changed(self) -> None:
        self._fonts.clear()
