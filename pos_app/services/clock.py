"""Time, injected: nothing else in the services reads a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Where the services get the time from."""

    def now(self) -> datetime:
        """Return the present instant, aware UTC."""

    def local(self, instant: datetime) -> datetime:
        """Return `instant` in the store's time zone."""


class SystemClock:
    """The PC's clock, in the PC's time zone."""

    def now(self) -> datetime:
        """Return the present instant, aware UTC."""
        return datetime.now(UTC)

    def local(self, instant: datetime) -> datetime:
        """Return `instant` in the PC's time zone."""
        return instant.astimezone()


def day_end(clock: Clock, instant: datetime) -> datetime:
    """Return the end of the local day in which `instant` lies, aware UTC."""
    local = clock.local(instant)
    zone: tzinfo | None = local.tzinfo
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=zone)
    return midnight.astimezone(UTC)


def day_bounds(clock: Clock, day: date) -> tuple[datetime, datetime]:
    """Return the beginning and the end of a store-local day, aware UTC; the end is not in it."""
    begins_at = _beginning(clock, day)
    return begins_at, day_end(clock, begins_at)


def _beginning(clock: Clock, day: date) -> datetime:
    # The zone's distance from UTC is known only of an instant: guess one, then correct it.
    at = datetime.combine(day, time(), tzinfo=UTC)
    for _ in range(2):
        zone = clock.local(at).tzinfo
        at = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    return at
