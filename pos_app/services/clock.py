"""Time, injected: nothing else in the services reads a clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
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
