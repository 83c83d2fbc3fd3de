"""The day by which a gateway settles and counts its open balance.

Whose midnight that is, is not documented (citcon.md, "POST /chop/refund"): a setting, the store's
by default.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pos_app.services.clock import Clock


class GatewayDay:
    """Begins and ends days.

    Args:
        clock: the store's time.
        zone_name: IANA name of the zone whose midnight counts; empty: the store's own.
    """

    def __init__(self, clock: Clock, zone_name: str = "") -> None:
        self._clock = clock
        self._zone = ZoneInfo(zone_name) if zone_name else None

    def begins_at(self, instant: datetime) -> datetime:
        """Return the beginning of the day in which `instant` lies, aware UTC."""
        return self._midnight(instant, 0)

    def ends_at(self, instant: datetime) -> datetime:
        """Return the end of the day in which `instant` lies, aware UTC."""
        return self._midnight(instant, 1)

    def _midnight(self, instant: datetime, days_later: int) -> datetime:
        local = instant.astimezone(self._zone) if self._zone else self._clock.local(instant)
        zone: tzinfo | None = local.tzinfo
        day = local.date() + timedelta(days=days_later)
        return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
