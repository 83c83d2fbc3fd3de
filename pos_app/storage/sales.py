"""Sales in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.storage.tables import sale_lines, sales

_INSERT = insert(sales).returning(sales.c.id)
_INSERT_LINES = insert(sale_lines).inline()
_SALE = select(sales.c.note, sales.c.created_at, sales.c.currency).where(
    sales.c.id == bindparam("key")
)
_LINES = (
    select(sale_lines.c.name, sale_lines.c.quantity, sale_lines.c.unit_price_minor)
    .where(sale_lines.c.sale_id == bindparam("key"))
    .order_by(sale_lines.c.position)
)


class Sales:
    """The sales of one unit of work. A recorded sale never changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._notes: dict[int, str] = {}

    def add(
        self,
        sale: Sale,
        currency: str,
        *,
        till_code: str,
        cashier_id: int,
        shift_id: int,
        at: datetime,
    ) -> Sale:
        """Record a sale with its lines and return it with its id.

        Args:
            sale: not recorded yet.
            currency: of the whole sale.
            till_code: where it is sold.
            cashier_id: the person who sells.
            shift_id: the shift that is open there.
            at: aware UTC.

        Raises:
            ValueError: the sale has no lines, or lines of more than one currency.
        """
        if not sale.lines:
            raise ValueError("a sale has at least one line")
        row = {
            "total_minor": sale.total(currency).minor,
            "currency": currency,
            "note": sale.note,
            "till_code": till_code,
            "shift_id": shift_id,
            "cashier_id": cashier_id,
            "created_at": at,
        }
        key = self._connection.execute(_INSERT, row).scalar_one()
        lines = [_line_row(key, *numbered) for numbered in enumerate(sale.lines)]
        self._connection.execute(_INSERT_LINES, lines)
        self._notes[key] = sale.note
        return replace(sale, id=key, created_at=at)

    def note(self, sale_id: int) -> str:
        """Return the note of a sale, without a question where this unit has recorded it."""
        if sale_id not in self._notes:
            query = select(sales.c.note).where(sales.c.id == sale_id)
            self._notes[sale_id] = self._connection.execute(query).scalar_one()
        return self._notes[sale_id]

    def get(self, sale_id: int) -> Sale:
        """Return a sale with its lines, oldest first.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        row = self._connection.execute(_SALE, {"key": sale_id}).first()
        if row is None:
            raise KeyError(f"no sale {sale_id}")
        note, created_at, currency = row
        lines = tuple(
            SaleLine(name, quantity, Money(price, currency))
            for name, quantity, price in self._connection.execute(_LINES, {"key": sale_id})
        )
        return Sale(lines, note=note, id=sale_id, created_at=created_at)


def _line_row(sale_id: int, position: int, line: SaleLine) -> dict[str, object]:
    return {
        "sale_id": sale_id,
        "position": position,
        "name": line.name,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
    }
