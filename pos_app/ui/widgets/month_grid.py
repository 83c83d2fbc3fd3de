"""A month of days to pick a first and a last one from."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QLocale, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.format import date_text
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.date_range import noon
from pos_app.ui.widgets.label import Label

_SIDE = 48
_DAYS, _WEEKS = 7, 6


class DayButton(QPushButton):
    """One day; tinted while it is in the range, filled at its ends."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"day_{number}")
        self.day = date.min
        self._look = ""
        self.setAutoDefault(False)
        theme.size(self, width=_SIDE, height=_SIDE)

    def show_day(self, day: date, look: str, *, is_on: bool) -> None:
        """Show a day.

        Args:
            day: which.
            look: "end", "inside" or "" for out of the range.
            is_on: whether it may be picked.
        """
        self.day, self._look = day, look
        self.setText(str(day.day))
        self.setAccessibleName(date_text(noon(day)))
        self.setEnabled(is_on)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the day."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = {"end": "primary", "inside": "tint"}.get(self._look)
        if self.isDown():
            ground = "key2"
        if ground is not None:
            inset = theme.px(3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(place, theme.px(8), theme.px(8))
        ink = "on_primary" if ground == "primary" else "text"
        painter.setPen(theme.color(ink if self.isEnabled() else "on_disabled"))
        painter.setFont(theme.font("bodyStrong" if self._look else "body"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class MonthGrid(QWidget):
    """The first tap picks a day, a second one on a later day makes it a range.

    Signals:
        picked(object, object): the first and the last day, both included.
    """

    picked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = self._today = date.min
        self._first: date | None = None
        self._last: date | None = None
        self._title = Label(role="bodyStrong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = self._arrow("monthBack", "chevron-left", self.tr("Month before"))
        self._on = self._arrow("monthOn", "chevron-right", self.tr("Month after"))
        self._back.clicked.connect(self._on_back)
        self._on.clicked.connect(self._on_on)
        head = QHBoxLayout()
        theme.size(head, spacing=0)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._on)
        grid = QGridLayout()
        theme.size(grid, spacing=0)
        for column in range(_DAYS):
            name = Label(role="caption", shade="muted3")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            name.setText(QLocale().dayName(column + 1, QLocale.FormatType.ShortFormat))
            grid.addWidget(name, 0, column)
        self.days = [DayButton(number, self) for number in range(_DAYS * _WEEKS)]
        for number, button in enumerate(self.days):
            grid.addWidget(button, 1 + number // _DAYS, number % _DAYS)
            button.clicked.connect(self._on_day)
        self._walk = ArrowFocus(self, _DAYS)
        self._walk.set_members(self.days)
        column_ = QVBoxLayout(self)
        theme.size(column_, margins=(0, 0, 0, 0), spacing=4)
        column_.addLayout(head)
        column_.addLayout(grid)

    def show_range(self, first: date, last: date, today: date) -> None:
        """Show the month of `last`, with the range that is chosen; no day after `today`."""
        self._first, self._last, self._today = first, last, today
        self._month = last.replace(day=1)
        self._show()

    def first_stop(self) -> QWidget:
        """Return the day to begin with."""
        found = next((one for one in self.days if one.day == self._last), self.days[0])
        self._walk.set_stop(found)
        return found

    def _show(self) -> None:
        month = self._month
        name = QLocale().standaloneMonthName(month.month, QLocale.FormatType.LongFormat)
        self._title.setText(f"{name} {month.year}")
        start = month - timedelta(days=month.weekday())
        for number, button in enumerate(self.days):
            day = start + timedelta(days=number)
            is_on = day.month == month.month and day <= self._today
            button.show_day(day, self._look_of(day) if is_on else "", is_on=is_on)
        self._on.setEnabled(_month_after(month) <= self._today)

    def _look_of(self, day: date) -> str:
        if self._first is None or self._last is None or not self._first <= day <= self._last:
            return ""
        return "end" if day in {self._first, self._last} else "inside"

    @Slot()
    def _on_day(self) -> None:
        button = self.sender()
        assert isinstance(button, DayButton)
        is_second = self._first is not None and self._first == self._last
        if is_second and self._first is not None and button.day > self._first:
            self._last = button.day
        else:
            self._first = self._last = button.day
        self._show()
        self.picked.emit(self._first, self._last)

    @Slot()
    def _on_back(self) -> None:
        self._month = (self._month - timedelta(days=1)).replace(day=1)
        self._show()

    @Slot()
    def _on_on(self) -> None:
        self._month = _month_after(self._month)
        self._show()

    def _arrow(self, name: str, icon: str, words: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "icon")
        button.setIcon(icons.icon(icon))
        button.setAccessibleName(words)
        button.setToolTip(words)
        theme.size(button, icon=22)
        return button


def _month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
