"""The receivers of notices that write into this ledger, and how often each has beaten."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update

from pos_app.storage.tables import receivers


class Receivers:
    """The receivers of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beats(self) -> Mapping[str, int]:
        """Return each receiver's count of beats by its name; one that is gone stands still."""
        rows = self._connection.execute(select(receivers.c.name, receivers.c.beat))
        return {row.name: row.beat for row in rows}

    def beat(self, name: str) -> None:
        """Count one more beat of a receiver."""
        mine = receivers.c.name == name
        found = self._connection.execute(
            update(receivers).where(mine).values(beat=receivers.c.beat + 1)
        )
        if found.rowcount == 0:
            self._connection.execute(insert(receivers).values(name=name, beat=1))

    def leave(self, name: str) -> None:
        """Take a receiver off the list: it has ended as it should."""
        self._connection.execute(delete(receivers).where(receivers.c.name == name))
