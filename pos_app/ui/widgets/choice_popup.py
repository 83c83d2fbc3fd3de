"""A list of things to filter by, each with a tick; several may be chosen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QScroller, QVBoxLayout, QWidget

from pos_app.domain.methods import MethodTraits
from pos_app.ui import icons, theme
from pos_app.ui.models.status_words import PillLook
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.method_glyph import paint_glyph
from pos_app.ui.widgets.popup import Popup
from pos_app.ui.widgets.tick import paint_tick

_HEIGHT, _WIDTH = 48, 260
_EDGE, _GAP = 14, 12
_BOX, _SIGN = 22, 24


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        value: what is filtered by; its text is part of the row's object name.
        words: translated.
        sign: a method's glyph or a status's icon before the words.
    """

    value: Hashable
    words: str
    sign: MethodTraits | PillLook | None = None


class ChoiceRow(QPushButton):
    """A row of 48 px: a box for the tick, the sign, the words. Checkable.

    Args:
        choice: what it stands for.
        is_only_one: it goes off when another one is chosen: a circle instead of a box.

    Signals:
        reached(): it has got the focus.
    """

    reached = Signal()

    def __init__(
        self,
        choice: Choice,
        object_name: str,
        parent: QWidget | None = None,
        *,
        is_only_one: bool = False,
    ) -> None:
        super().__init__(choice.words, parent)
        self.choice = choice
        self._is_only_one = is_only_one
        self.setObjectName(object_name)
        self.setAccessibleName(choice.words)
        self.setCheckable(True)
        self.setAutoDefault(False)
        theme.size(self, height=_HEIGHT, min_width=_WIDTH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so: it may have to be scrolled to."""
        super().focusInEvent(event)
        self.reached.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, box, sign and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("key2" if self.isDown() else "tint"))
            painter.drawRoundedRect(self.rect(), theme.px(8), theme.px(8))
        left = theme.px(_EDGE)
        self._paint_box(painter, self._square(left, _BOX))
        left += theme.px(_BOX + _GAP)
        left = self._paint_sign(painter, left)
        painter.setFont(theme.font("bodyStrong" if self.isChecked() else "body"))
        painter.setPen(theme.color("text"))
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _paint_box(self, painter: QPainter, place: QRectF) -> None:
        radius = place.width() / 2 if self._is_only_one else theme.px(6)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("primary"))
            painter.drawRoundedRect(place, radius, radius)
            inset = theme.px(4)
            paint_tick(painter, place.adjusted(inset, inset, -inset, -inset))
        else:
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_sign(self, painter: QPainter, left: int) -> int:
        sign, place = self.choice.sign, self._square(left, _SIGN)
        if sign is None:
            return left
        if isinstance(sign, PillLook):
            inset = theme.px(2)
            inner = place.adjusted(inset, inset, -inset, -inset).toRect()
            icons.paint(painter, inner, sign.icon, sign.tone)
        else:
            painter.setFont(theme.font("body"))
            paint_glyph(painter, place, sign)
        return left + theme.px(_SIGN + _GAP)

    def _square(self, left: int, side: int) -> QRectF:
        length = theme.px(side)
        return QRectF(left, (self.height() - length) // 2, length, length)


class ChoicePopup(Popup):
    """Every tap on a row is at once what is chosen.

    Args:
        is_only_one: a tap chooses instead of what was chosen, and folds the list up.

    Signals:
        changed(object): frozenset of the values that are ticked now.
    """

    changed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        object_name: str,
        title: str,
        choices: Sequence[Choice],
        *,
        is_only_one: bool = False,
    ) -> None:
        super().__init__(parent, object_name, title)
        self._is_only_one = is_only_one
        stem = object_name.removesuffix("Popup")
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        column = QVBoxLayout(inside)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        self.rows = [
            ChoiceRow(one, f"{stem}Choice_{one.value}", inside, is_only_one=is_only_one)
            for one in choices
        ]
        for row in self.rows:
            column.addWidget(row)
            row.clicked.connect(self._on_clicked)
            row.reached.connect(self._on_reached)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._area = area
        self._walk = ArrowFocus(self, 1)
        self._walk.set_members(self.rows)
        self.column.addWidget(area)

    def show_chosen(self, values: frozenset[Hashable]) -> None:
        """Tick what is filtered by."""
        for row in self.rows:
            row.setChecked(row.choice.value in values)

    def first_stop(self) -> QWidget | None:
        """Return the first ticked row, else the first."""
        stop = next((row for row in self.rows if row.isChecked()), self.rows[0])
        self._walk.set_stop(stop)
        return stop

    @Slot()
    def _on_reached(self) -> None:
        row = self.sender()
        if isinstance(row, ChoiceRow):
            self._area.ensureWidgetVisible(row, 0, 0)

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if self._is_only_one and isinstance(row, ChoiceRow):
            self.show_chosen(frozenset({row.choice.value}))
            self.close_popup()
        self.changed.emit(frozenset(row.choice.value for row in self.rows if row.isChecked()))
