"""The tills' running numbers, which never come twice in one ledger."""

from __future__ import annotations

from sqlalchemy import Column, Connection
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
        is_sqlite = self._connection.dialect.name == "sqlite"
        insert = (sqlite if is_sqlite else postgresql).insert(tills)
        first = {"code": till_code, "last_number": 0, "last_shift_number": 0, counter.name: 1}
        counted = insert.values(first).on_conflict_do_update(
            index_elements=[tills.c.code], set_={counter.name: counter + 1}
        )
        return int(self._connection.execute(counted.returning(counter)).scalar_one())
