"""Items in the ledger: what the store sells at a fixed price."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, insert, select

from pos_app.domain.money import Money
from pos_app.domain.sales import Item
from pos_app.storage.tables import items


class Items:
    """The items of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Item, ...]:
        """Return all items in the order in which they were added."""
        rows = self._connection.execute(select(items).order_by(items.c.id))
        return tuple(
            Item(row.name, Money(row.price_minor, row.currency), row.barcode, row.id)
            for row in rows
        )

    def add(self, item: Item) -> Item:
        """Record an item and return it with its id."""
        row = {
            "name": item.name,
            "price_minor": item.price.minor,
            "currency": item.price.currency,
            "barcode": item.barcode,
        }
        key = self._connection.execute(insert(items).returning(items.c.id), row).scalar_one()
        return replace(item, id=key)
