"""The list of past payments in the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from pos_app.domain.history import HistoryRow, history_status
from pos_app.domain.refunds import refunded
from pos_app.storage.charge_rows import CHARGE, charge_of
from pos_app.storage.people import People
from pos_app.storage.refunds import Refunds
from pos_app.storage.sales import Sales
from pos_app.storage.tables import charges


class History:
    """The past payments as one unit of work sees them."""

    def __init__(self, connection: Connection, refunds: Refunds, sales: Sales) -> None:
        self._connection = connection
        self._refunds = refunds
        self._sales = sales

    def rows(self) -> Iterator[HistoryRow]:
        """Yield all payments, newest first."""
        names = {person.id: person.name for person in People(self._connection).all()}
        query = CHARGE.order_by(charges.c.created_at.desc(), charges.c.id.desc())
        for row in self._connection.execute(query).all():
            charge = charge_of(row)
            refunds = self._refunds.of_charge(charge.id)
            yield HistoryRow(
                charge_id=charge.id,
                created_at=charge.created_at,
                reference=charge.reference,
                short_reference=charge.short_reference,
                method=charge.method,
                amount=charge.amount,
                refunded=refunded(charge, refunds),
                status=history_status(charge, refunds),
                cashier=names[charge.cashier_id],
                note=self._sales.get(charge.sale_id).note,
                needs_answer=charge.needs_answer,
            )
