"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta, timezone

START = datetime(2026, 7, 12, 6, 32, 8, tzinfo=UTC)
STORE_ZONE = timezone(timedelta(hours=8))


class FakeClock:
    def __init__(self, at=START):
        self.at = at

    def now(self):
        return self.at

    def local(self, instant):
        return instant.astimezone(STORE_ZONE)

    def pass_time(self, seconds):
        self.at += timedelta(seconds=seconds)
