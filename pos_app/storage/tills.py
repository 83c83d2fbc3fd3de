"""The tills' running numbers, which never come twice in one ledger."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from pos_app.storage.tables import tills


class Tills:
    """The running numbers of one unit of work; a unit rolled back gives its numbers back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, till_code: str) -> int:
        """Return the till's next sale number, counted from 1."""
        return self._next(till_code, tills.c.last_number)

    def next_shift_number(self, till_code: str) -> int:
        """Return the till's next shift number, counted from 1."""
        return self._next(till_code, tills.c.last_shift_number)

    def _next(self, till_code: str, counter: Column[int]) -> int:
        counting = _counting(self._connection.dialect.name, counter)
        return int(self._connection.execute(counting, {"till": till_code}).scalar_one())


@lru_cache(maxsize=4)
def _counting(dialect: str, counter: Column[int]) -> Any:
    """Return the statement that counts `counter` of the till "till" on, and returns it."""
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(tills)
    first = {"last_number": 0, "last_shift_number": 0, counter.name: 1}
    counted = insert.values(code=bindparam("till"), **first).on_conflict_do_update(
        index_elements=[tills.c.code], set_={counter.name: counter + 1}
    )
    return counted.returning(counter)
