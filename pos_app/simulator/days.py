"""When a day begins, where the merchant is, and how Citcon writes an instant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def beginning_of_day(instant: datetime, time_zone: str, days_later: int = 0) -> datetime:
    """Return the beginning, in UTC, of the day that holds `instant`, or of a later one.

    Args:
        instant: aware.
        time_zone: IANA name of the zone whose midnight counts.
        days_later: 0 for that day itself, 1 for the next.
    """
    # UTC is known without the zones' tables, which not every system has.
    zone = UTC if time_zone == "UTC" else ZoneInfo(time_zone)
    day = instant.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (day + timedelta(days=days_later)).astimezone(UTC)


def time_text(instant: datetime) -> str:
    """Return an instant as Citcon's answers write it, without a zone."""
    return f"{instant:%Y-%m-%d %H:%M:%S}"
