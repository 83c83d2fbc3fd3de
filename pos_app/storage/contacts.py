"""How to reach a customer: personal, so kept apart, never journalled and never exported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, or_, select

from pos_app.storage.charge_rows import ids_needing_answer
from pos_app.storage.tables import charges, contacts


class Contacts:
    """The contacts of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, charge_id: int) -> str:
        """Return the contact kept with a charge, empty when there is none."""
        query = select(contacts.c.contact).where(contacts.c.charge_id == charge_id)
        return str(self._connection.execute(query).scalar() or "")

    def set(self, charge_id: int, text: str) -> None:
        """Keep `text` with a charge in place of what was there; an empty one takes it away."""
        self._connection.execute(delete(contacts).where(contacts.c.charge_id == charge_id))
        if text:
            row = {"charge_id": charge_id, "contact": text}
            self._connection.execute(insert(contacts), row)

    def forget(self, settled_before: datetime) -> None:
        """Delete those of payments about which nothing is open since that instant (ux.md 6.3)."""
        at = (charges.c.paid_at, charges.c.closed_at, charges.c.decided_at)
        is_settled = and_(
            or_(*(one.is_not(None) for one in at)),
            *(or_(one.is_(None), one < settled_before) for one in at),
            charges.c.id.not_in(ids_needing_answer()),
        )
        over = (
            select(contacts.c.charge_id)
            .join(charges, charges.c.id == contacts.c.charge_id)
            .where(is_settled)
        )
        self._connection.execute(delete(contacts).where(contacts.c.charge_id.in_(over)))
