"""Printed receipts and slips in the ledger: the first is the original, all others are copies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from pos_app.storage.tables import receipt_prints, slip_prints


class Receipts:
    """The prints of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def printed(self, charge_id: int) -> int:
        """Return how often the receipt of a charge has been printed."""
        query = select(func.count()).where(receipt_prints.c.charge_id == charge_id)
        return int(self._connection.execute(query).scalar_one())

    def add_print(self, charge_id: int, at: datetime) -> None:
        """Record that a receipt was printed at an aware UTC instant."""
        row = {"charge_id": charge_id, "printed_at": at}
        self._connection.execute(insert(receipt_prints).inline(), row)

    def slips_printed(self, refund_id: int) -> int:
        """Return how often the slip of a refund has been printed."""
        query = select(func.count()).where(slip_prints.c.refund_id == refund_id)
        return int(self._connection.execute(query).scalar_one())

    def add_slip_print(self, refund_id: int, at: datetime) -> None:
        """Record that a slip was printed at an aware UTC instant."""
        row = {"refund_id": refund_id, "printed_at": at}
        self._connection.execute(insert(slip_prints).inline(), row)
