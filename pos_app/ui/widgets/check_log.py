"""The list of questions to the gateway about one payment, newest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.services.payment_view import Check, PaymentView, Said
from pos_app.ui import theme
from pos_app.ui.format import clock_text

_PITCH = 36
_TIME_WIDTH = 76
_DOT = 9

_COLOURS = {
    Said.OPEN: "control",
    Said.PAID: "ok",
    Said.EXPIRED: "control",
    Said.DECLINED: "bad",
    Said.REFUSED: "bad",
    Said.NO_ANSWER: "warn",
    Said.NOT_LISTED: "control",
}


class CheckLog(QWidget):
    """Time, dot and words for each question, as many as fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkLog")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._checks: tuple[Check, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What is said, newest first: "14:37:12 No answer"."""
        return [f"{_time(check.at)} {self._words(check.said)}" for check in self._checks]

    def show_checks(self, view: PaymentView) -> None:
        """Show the questions of `view`."""
        if view.checks != self._checks:
            self._checks = view.checks
            self.setAccessibleName(", ".join(self.lines))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Return room for one line."""
        return QSize(theme.px(200), theme.px(_PITCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many lines as fit whole."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = theme.px(_PITCH)
        for row, check in enumerate(self._checks[: self.height() // pitch]):
            self._paint_line(painter, row * pitch, check)
        painter.end()

    def _paint_line(self, painter: QPainter, top: int, check: Check) -> None:
        pitch, middle = theme.px(_PITCH), Qt.AlignmentFlag.AlignVCenter
        width, dot = theme.px(_TIME_WIDTH), theme.px(_DOT)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text3"))
        painter.drawText(0, top, width, pitch, middle, _time(check.at))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(_COLOURS[check.said]))
        painter.drawEllipse(width, top + (pitch - dot) // 2, dot, dot)
        painter.setPen(theme.color("text"))
        left = width + theme.px(21)
        painter.drawText(left, top, self.width() - left, pitch, middle, self._words(check.said))

    def _words(self, said: Said) -> str:
        return {
            Said.OPEN: self.tr("Not paid yet"),
            Said.PAID: self.tr("Paid"),
            Said.EXPIRED: self.tr("Expired"),
            Said.DECLINED: self.tr("Declined"),
            Said.REFUSED: self.tr("Refused"),
            Said.NO_ANSWER: self.tr("No answer"),
            Said.NOT_LISTED: self.tr("Not in the list"),
        }[said]


def _time(at: datetime) -> str:
    return clock_text(at, with_seconds=True)
