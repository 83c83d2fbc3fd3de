"""The list behind the date chip: ranges, and a calendar for chosen days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.choice_popup import Choice, ChoiceRow
from pos_app.ui.widgets.date_range import DateRange, Span, range_text
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.month_grid import MonthGrid
from pos_app.ui.widgets.popup import Popup

_RANGES = (Span.TODAY, Span.YESTERDAY, Span.WEEK, Span.MONTH, Span.ALL)


class RangePopup(Popup):
    """A range closes it; "Choose dates…" puts the calendar in the list's place.

    Signals:
        changed(DateRange): another range was chosen.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "dateFilterPopup", "")
        self.setAccessibleName(self.tr("Dates"))
        self._list = QWidget(self)
        column = QVBoxLayout(self._list)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        choices = [Choice(span, range_text(DateRange(span), 0)) for span in _RANGES]
        choices.append(Choice(Span.CHOSEN, self.tr("Choose dates…")))
        self.rows = [
            ChoiceRow(one, f"dateChoice_{one.value}", self._list, is_only_one=True)
            for one in choices
        ]
        for row in self.rows:
            column.addWidget(row)
            row.clicked.connect(self._on_row)
        self._walk = ArrowFocus(self, 1)
        self._walk.set_members(self.rows)
        self.column.addWidget(self._list)
        self._calendar: QWidget | None = None
        self._grid: MonthGrid | None = None
        self._chosen, self._today = DateRange(), date.min

    def show_range(self, chosen: DateRange, today: date) -> None:
        """Begin with what is chosen now."""
        self._chosen, self._today = chosen, today
        self._list.show()
        if self._calendar is not None:
            self._calendar.hide()
        for row in self.rows:
            row.setChecked(row.choice.value is chosen.span)

    def first_stop(self) -> QWidget | None:
        """Return the chosen range."""
        stop = next((row for row in self.rows if row.isChecked()), self.rows[0])
        self._walk.set_stop(stop)
        return stop

    @Slot()
    def _on_row(self) -> None:
        row = self.sender()
        assert isinstance(row, ChoiceRow)
        for one in self.rows:
            one.setChecked(one is row)
        if row.choice.value is Span.CHOSEN:
            self._show_calendar()
            return
        self.close_popup()
        assert isinstance(row.choice.value, Span)
        self.changed.emit(DateRange(row.choice.value))

    def _show_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = self._make_calendar()
            self.column.addWidget(self._calendar)
        assert self._grid is not None
        first, last = self._chosen.days(self._today) or (self._today, self._today)
        self._list.hide()
        self._calendar.show()
        self._grid.show_range(first, last, self._today)
        self.fit()
        self._grid.first_stop().setFocus()

    def _make_calendar(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        theme.size(column, margins=(6, 6, 6, 6), spacing=8)
        self._grid = MonthGrid(holder)
        self._grid.picked.connect(self._on_picked)
        hint = Label(self.tr("Tap the first day, then the last one."), "caption", "muted")
        done = ActionButton(
            self.tr("Done"), "primary", tall="48", object_name="dateDoneButton", parent=holder
        )
        done.clicked.connect(self.close_popup)
        column.addWidget(self._grid)
        column.addWidget(hint)
        column.addWidget(done)
        return holder

    @Slot(object, object)
    def _on_picked(self, first: date, last: date) -> None:
        self.changed.emit(DateRange(Span.CHOSEN, first, last))
