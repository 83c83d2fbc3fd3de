"""The simulator's own time, so that a test can let five minutes pass without waiting."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the simulator reads the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""

    def advance(self, seconds: float) -> None:
        """Let `seconds` (positive) pass at once."""


class AdjustableClock:
    """The computer's time plus what `advance` has added; the addition ends with the process."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let `seconds` (positive) pass at once."""
        self._ahead += timedelta(seconds=seconds)
