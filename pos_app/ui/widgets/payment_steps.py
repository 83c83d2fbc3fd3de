"""The three steps of a payment: code created, customer pays, receipt."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from pos_app.domain.charges import CLOSED_UNPAID
from pos_app.services.payment_view import PaymentView, Screen
from pos_app.ui import icons, theme
from pos_app.ui.format import age_text, clock_text
from pos_app.ui.widgets.keyed_card_words import has_no_code
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.tick import paint_tick

_MARK = 28
_GAP = 24
_LEAST_GAP = 4
_LINE = 2
_SIGN = 16


class Mark(Enum):
    """How far one step has come."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    OVER = "over"
    """It will not come to this any more."""


class Way(Enum):
    """How a payment is made, which names its steps."""

    OUR_CODE = "our code"
    THEIR_CODE = "their code"
    KEYED_CARD = "keyed card"


class PaymentSteps(QWidget):
    """Steps with their times; the second says how old our knowledge is."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        object_name: str = "paymentSteps",
        last_check_name: str = "lastCheckLabel",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._marks: tuple[Mark, ...] = ()
        self._is_short = False
        self._names: list[QLabel] = []
        self._times: list[QLabel] = []
        self._gaps: list[QWidget] = []
        grid = QGridLayout(self)
        theme.size(grid, margins=(_MARK + 14, 0, 0, 0), spacings=(16, 0))
        grid.setColumnStretch(0, 1)
        for row, text in enumerate(self._words(Way.OUR_CODE)):
            if row:
                self._gaps.append(_Gap())
                grid.addWidget(self._gaps[-1], 2 * row - 1, 0)
            name, time = Label(text, "button"), Label(role="caption", shade="muted3")
            theme.size(name, height=_MARK)
            grid.addWidget(name, 2 * row, 0)
            grid.addWidget(time, 2 * row, 1, Qt.AlignmentFlag.AlignRight)
            self._names.append(name)
            self._times.append(time)
        self._times[1].setObjectName(last_check_name)

    def show_scanning(self, *, is_scanned: bool) -> None:
        """Show the steps of a customer's code before there is a charge."""
        self._name(Way.THEIR_CODE)
        first = (Mark.DONE, Mark.NOW) if is_scanned else (Mark.NOW, Mark.LATER)
        self._mark((*first, Mark.LATER))
        self.setAccessibleName(" · ".join(self._spoken()))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """How far each step has come."""
        return self._marks

    def set_short(self, is_short: bool) -> None:
        """Show only the step that it has come to, where height is scarce."""
        self._is_short = is_short
        shown = self._rows()
        for row in range(len(self._names)):
            self._names[row].setVisible(row in shown)
            self._times[row].setVisible(row in shown)
        for gap in self._gaps:
            gap.setVisible(not is_short)
        self.update()

    def _rows(self) -> tuple[int, ...]:
        if not self._is_short:
            return 0, 1, 2
        return (0,) if self._marks[:1] == (Mark.NOW,) else (1,)

    def show_steps(self, view: PaymentView, now: datetime) -> None:
        """Show how far `view` has come at `now`."""
        charge = view.charge
        self._name(_way_of(view))
        self._mark(_marks_of(view))
        shown_at = charge.shown_at
        self._times[0].setText(clock_text(shown_at, with_seconds=True) if shown_at else "")
        self._times[1].setText(self._last_check(view, now))
        self.setAccessibleName(" · ".join(self._spoken()))

    def _words(self, way: Way) -> tuple[str, str, str]:
        first, second = {
            Way.OUR_CODE: (self.tr("Code created"), self.tr("Customer pays")),
            Way.THEIR_CODE: (self.tr("Code scanned"), self.tr("Customer confirms")),
            Way.KEYED_CARD: (self.tr("Card sent"), self.tr("Bank answers")),
        }[way]
        return first, second, self.tr("Receipt")

    def _name(self, way: Way) -> None:
        words = self._words(way)
        for name, text in zip(self._names, words, strict=True):
            name.setText(text)

    def _mark(self, marks: tuple[Mark, ...]) -> None:
        if marks == self._marks:
            return
        self._marks = marks
        for name, mark in zip(self._names, marks, strict=True):
            theme.set_property(name, "muted3", mark in {Mark.LATER, Mark.OVER})
        self.set_short(self._is_short)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the three marks and the lines between them."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_MARK)
        rows = self._rows()
        middles = [QRectF(self._names[row].geometry()).center().y() for row in rows]
        tops = [middle - side / 2 for middle in middles]
        painter.setPen(QPen(theme.color("border"), theme.px(_LINE)))
        for upper, lower in pairwise(tops):
            first, last = upper + side + theme.px(4), lower - theme.px(4)
            if first < last:
                painter.drawLine(QPointF(side / 2, first), QPointF(side / 2, last))
        for top, row in zip(tops, rows, strict=True):
            mark = self._marks[row] if self._marks else Mark.LATER
            _paint_mark(painter, QRectF(0, top, side, side), mark)
        painter.end()

    def _last_check(self, view: PaymentView, now: datetime) -> str:
        if view.charge.paid_at is not None:
            return clock_text(view.charge.paid_at, with_seconds=True)
        if view.last_check_at is None:
            return ""
        seconds = int((now - view.last_check_at).total_seconds())
        return self.tr("Checked {age}").format(age=age_text(seconds))

    def _spoken(self) -> list[str]:
        words = {
            Mark.DONE: self.tr("{step}, done"),
            Mark.NOW: self.tr("{step}, now"),
            Mark.LATER: self.tr("{step}, later"),
            Mark.OVER: self.tr("{step}, not any more"),
        }
        return [
            words[mark].format(step=name.text())
            for name, mark in zip(self._names, self._marks, strict=True)
        ]


class _Gap(QWidget):
    """The room between two steps; the first to give way where height is scarce."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Return what the pictures have."""
        return QSize(0, theme.px(_GAP))

    def minimumSizeHint(self) -> QSize:
        """Return the least."""
        return QSize(0, theme.px(_LEAST_GAP))


def _way_of(view: PaymentView) -> Way:
    if view.charge.is_customer_presented:
        return Way.THEIR_CODE
    return Way.KEYED_CARD if has_no_code(view) else Way.OUR_CODE


def _marks_of(view: PaymentView) -> tuple[Mark, ...]:
    charge = view.charge
    if charge.is_paid:
        is_returned = view.state is Screen.CANCELLED_PAID
        return Mark.DONE, Mark.DONE, Mark.OVER if is_returned else Mark.NOW
    is_there = charge.shown_at is not None or charge.is_customer_presented
    created = Mark.DONE if is_there else Mark.NOW
    if charge.status in CLOSED_UNPAID:
        return Mark.DONE if charge.shown_at else Mark.OVER, Mark.OVER, Mark.OVER
    return created, Mark.NOW if created is Mark.DONE else Mark.LATER, Mark.LATER


def _paint_mark(painter: QPainter, place: QRectF, mark: Mark) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if mark is Mark.DONE:
        painter.setBrush(theme.color("ok_fill"))
        painter.drawEllipse(place)
        paint_tick(painter, _inside(place))
        return
    if mark is Mark.NOW:
        width, colour = theme.px(3), "primary"
    else:
        width, colour = theme.px(2), "tile_border"
    half = width / 2
    painter.setPen(QPen(theme.color(colour), width))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(place.adjusted(half, half, -half, -half))
    if mark is Mark.NOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary"))
        dot = theme.px(3)
        painter.drawEllipse(place.center(), dot, dot)
    elif mark is Mark.OVER:
        icons.paint(painter, _inside(place).toRect(), "close", "text3")


def _inside(place: QRectF) -> QRectF:
    """Return the square of the sign in a mark."""
    inner = QRectF(0, 0, theme.px(_SIGN), theme.px(_SIGN))
    inner.moveCenter(place.center())
    return inner
