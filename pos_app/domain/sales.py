"""Sales: what a customer buys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.money import Money


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a sale.

    Attributes:
        name: the item's name; empty for a keyed amount (screens and receipts word it).
        quantity: at least 1.
        unit_price: price of one; `quantity * unit_price` is the line's total.
    """

    name: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        """What the line costs."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as it is recorded when it is charged.

    Attributes:
        id: ledger id; 0 while it has not been recorded.
        lines: oldest first; never empty once recorded, all in one currency.
        note: the cashier's note, may be empty. Never part of the journal.
        created_at: aware UTC; None while it has not been recorded.
    """

    lines: tuple[SaleLine, ...]
    note: str = ""
    id: int = 0
    created_at: datetime | None = None

    def total(self, currency: str) -> Money:
        """Return the sum of the lines (zero in `currency` when there are none)."""
        total = Money.zero(currency)
        for line in self.lines:
            total += line.total
        return total

    @property
    def count(self) -> int:
        """How many pieces the sale has."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Item:
    """Something the store sells at a fixed price, shown as a tile."""

    name: str
    price: Money
    barcode: str = ""
    id: int = 0
