"""Shifts: one period of selling at one till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """A period of selling.

    Attributes:
        number: the till's running number, shown in the top bar.
        opened_at, closed_at: aware UTC; `closed_at` is None while it is open.
    """

    id: int
    number: int
    till_code: str
    opened_at: datetime
    opened_by: int
    closed_at: datetime | None = None
