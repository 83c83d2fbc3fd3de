"""How to reach a customer: personal, so kept apart, never journalled and never exported."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from pos_app.storage.tables import contacts


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
