"""Which days the list of transactions is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from pos_app.ui.format import date_text

_WEEK = timedelta(days=6)
_DAY = timedelta(days=1)


class Span(StrEnum):
    """The ranges of the date filter's list."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """The last seven days, today among them."""
    MONTH = "month"
    """From the first of this month."""
    ALL = "all"
    CHOSEN = "chosen"
    """Days that were picked in the calendar."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A range as it was chosen; the days it means depend on what today is.

    Attributes:
        first, last: of CHOSEN, both included.
    """

    span: Span = Span.TODAY
    first: date = date.min
    last: date = date.min

    def days(self, today: date) -> tuple[date, date] | None:
        """Return the first and the last day; None for all there are."""
        match self.span:
            case Span.TODAY:
                return today, today
            case Span.YESTERDAY:
                return today - _DAY, today - _DAY
            case Span.WEEK:
                return today - _WEEK, today
            case Span.MONTH:
                return today.replace(day=1), today
            case Span.CHOSEN:
                return self.first, self.last
            case Span.ALL:
                return None

    def bounds(self, today: date) -> tuple[datetime | None, datetime | None]:
        """Return since when and until when, half open, aware UTC; None: no bound.

        A day is one of this PC's time zone, as all times on the screens are.
        """
        days = self.days(today)
        if days is None:
            return None, None
        return _midnight(days[0]), _midnight(days[1] + _DAY)

    def has_days(self, today: date) -> bool:
        """Tell whether it is about more than one day."""
        days = self.days(today)
        return days is None or days[0] != days[1]


def range_text(chosen: DateRange, year: int) -> str:
    """Return what the chip says; days of `year`, this one, don't say so."""
    words = {
        Span.TODAY: QCoreApplication.translate("Dates", "Today"),
        Span.YESTERDAY: QCoreApplication.translate("Dates", "Yesterday"),
        Span.WEEK: QCoreApplication.translate("Dates", "Last 7 days"),
        Span.MONTH: QCoreApplication.translate("Dates", "This month"),
        Span.ALL: QCoreApplication.translate("Dates", "All dates"),
    }
    if chosen.span is not Span.CHOSEN:
        return words[chosen.span]
    first, last = (date_text(noon(day), but_year=year) for day in (chosen.first, chosen.last))
    if chosen.first == chosen.last:
        return first
    return QCoreApplication.translate("Dates", "{first} – {last}").format(first=first, last=last)


def today_of(now: datetime) -> date:
    """Return the day of an aware instant in this PC's time zone."""
    return now.astimezone().date()


def noon(day: date) -> datetime:
    """Return an instant in the middle of a local day, for writing the day out."""
    return datetime.combine(day, time(12)).astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone(UTC)
