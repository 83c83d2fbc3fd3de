"""Shifts in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from pos_app.domain.shifts import Shift
from pos_app.storage.tables import IS_SHIFT_OPEN, shifts

_SHIFT: Select[Any] = select(*(shifts.c[field.name] for field in fields(Shift)))
_OPEN_AT = _SHIFT.where(shifts.c.till_code == bindparam("till"), IS_SHIFT_OPEN)


class Shifts:
    """The shifts of one unit of work; at most one is open at a till."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_at(self, till_code: str) -> Shift | None:
        """Return the shift that is open at this till."""
        row = self._connection.execute(_OPEN_AT, {"till": till_code}).first()
        return _shift(row) if row else None

    def get(self, shift_id: int) -> Shift:
        """Return one shift.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        row = self._connection.execute(_SHIFT.where(shifts.c.id == shift_id)).first()
        if row is None:
            raise KeyError(f"no shift {shift_id}")
        return _shift(row)

    def add(self, till_code: str, number: int, opened_at: datetime, opened_by: int) -> Shift:
        """Record an open shift and return it with its id.

        Args:
            till_code: the till's code.
            number: `Tills.next_shift_number`.
            opened_at: aware UTC.
            opened_by: id of the person.

        Raises:
            ConflictError: another shift is open at this till (raised by the unit of work).
        """
        row = {
            "till_code": till_code,
            "number": number,
            "opened_at": opened_at,
            "opened_by": opened_by,
        }
        key = self._connection.execute(insert(shifts).returning(shifts.c.id), row).scalar_one()
        return Shift(key, number, till_code, opened_at, opened_by)

    def save(self, shift: Shift) -> None:
        """Write when a shift was closed; nothing else of it ever changes."""
        self._connection.execute(
            update(shifts).where(shifts.c.id == shift.id).values(closed_at=shift.closed_at)
        )


def _shift(row: Sequence[Any]) -> Shift:
    return Shift(*row)
