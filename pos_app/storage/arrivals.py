"""Customers' browsers that came back, until a till has asked because of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from pos_app.storage.notices import IS_OURS_TO_ASK
from pos_app.storage.tables import IS_WAITING_ARRIVAL, arrivals, charges

_WAITING = (
    select(arrivals.c.charge_id)
    .join(charges, charges.c.id == arrivals.c.charge_id)
    .where(IS_WAITING_ARRIVAL, IS_OURS_TO_ASK)
    .order_by(arrivals.c.charge_id)
    .limit(100)
)


class Arrivals:
    """The arrivals of one unit of work. Each charge has one at most, and keeps it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def charge_of(self, gateway: str, reference: str) -> tuple[int, bool] | None:
        """Return the id of a service's charge, and whether it has its arrival; None for none."""
        found = self._connection.execute(
            select(charges.c.id, arrivals.c.charge_id.is_not(None))
            .outerjoin(arrivals, arrivals.c.charge_id == charges.c.id)
            .where(charges.c.reference == reference, charges.c.gateway == gateway)
        ).first()
        return None if found is None else (found[0], bool(found[1]))

    def add(self, charge_id: int, came_at: datetime) -> None:
        """Keep the arrival of a charge that has none.

        Raises:
            ConflictError: it has one by now.
        """
        self._connection.execute(insert(arrivals).values(charge_id=charge_id, came_at=came_at))

    def waiting(self, owner: str, now: datetime) -> tuple[int, ...]:
        """Return the charges with an arrival that this watcher asks about, or nobody."""
        rows = self._connection.execute(_WAITING, {"owner": owner, "now": now})
        return tuple(row.charge_id for row in rows)

    def mark_taken(self, charge_id: int, at: datetime) -> None:
        """Note that the gateway has been asked because of an arrival."""
        self._connection.execute(
            update(arrivals).where(arrivals.c.charge_id == charge_id).values(taken_at=at)
        )
