"""Money and time as the screens write them (ux.md, section 8)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from pos_app.domain.currencies import mark
from pos_app.domain.money import Money

_MINUTE_S = 60
_HOUR_S = 3600
_SHORT_HEAD = 4
_SHORT_TAIL = 5


def amount_text(amount: Money) -> str:
    """Return the amount with its mark: "US$ 1,284.60"."""
    return f"{mark(amount.currency)} {amount.grouped}"


def clock_text(at: datetime, *, with_seconds: bool = False) -> str:
    """Return an aware instant as local time of day, 24 hours: "14:32" or "14:32:08"."""
    return at.astimezone().strftime("%H:%M:%S" if with_seconds else "%H:%M")


def date_text(at: datetime, *, but_year: int | None = None) -> str:
    """Return an aware instant as a local date: "12 Jul 2025"; in the year `but_year` "12 Jul"."""
    local = at.astimezone()
    month = QLocale().monthName(local.month, QLocale.FormatType.ShortFormat)
    if local.year == but_year:
        short = QCoreApplication.translate("format", "%1 %2", "day month")
        return short.replace("%1", str(local.day)).replace("%2", month)
    return (
        QCoreApplication.translate("format", "%1 %2 %3", "day month year")
        .replace("%1", str(local.day))
        .replace("%2", month)
        .replace("%3", str(local.year))
    )


def day_text(at: datetime) -> str:
    """Return an aware instant as a local day without its year: "Saturday 12 July"."""
    local = at.astimezone()
    weekday = QLocale().dayName(local.isoweekday(), QLocale.FormatType.LongFormat)
    month = QLocale().monthName(local.month, QLocale.FormatType.LongFormat)
    return (
        QCoreApplication.translate("format", "%1 %2 %3", "weekday day month")
        .replace("%1", weekday)
        .replace("%2", str(local.day))
        .replace("%3", month)
    )


def left_text(seconds: int) -> str:
    """Return the seconds left as minutes and seconds: "4:12"; never below "0:00"."""
    minutes, rest = divmod(max(0, seconds), _MINUTE_S)
    return f"{minutes}:{rest:02d}"


def left_words(seconds: int) -> str:
    """Return the seconds left as words to be read aloud: "Time left 4 minutes 12 seconds"."""
    minutes, rest = divmod(max(0, seconds), _MINUTE_S)
    return (
        QCoreApplication.translate("format", "Time left {minutes} minutes {seconds} seconds")
        .replace("{minutes}", str(minutes))
        .replace("{seconds}", str(rest))
    )


def age_text(seconds: int) -> str:
    """Return how long ago something was: "1 s ago", "3 min ago", "2 h ago"."""
    if seconds < _MINUTE_S:
        text = QCoreApplication.translate("format", "{count} s ago")
        count = max(0, seconds)
    elif seconds < _HOUR_S:
        text = QCoreApplication.translate("format", "{count} min ago")
        count = seconds // _MINUTE_S
    else:
        text = QCoreApplication.translate("format", "{count} h ago")
        count = seconds // _HOUR_S
    return text.replace("{count}", str(count))


def short_id(text: str) -> str:
    """Return a long id for narrow places: "3bfa…3e045"; a short one stays as it is."""
    if len(text) <= _SHORT_HEAD + _SHORT_TAIL + 1:
        return text
    return f"{text[:_SHORT_HEAD]}…{text[-_SHORT_TAIL:]}"
