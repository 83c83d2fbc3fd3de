"""The sale while it is being put together: its lines and the amount being keyed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.money import Money
from pos_app.domain.sales import Item, Sale, SaleLine

MAX_QUANTITY = 999
"""What still fits the quantity box of a line."""


@dataclass(frozen=True, slots=True)
class Cart:
    """What the cashier has put together so far; every change makes a new one.

    The amount being keyed counts as the last line, so that `total` is always what would be
    charged (ux.md 6.2). All of it is in one currency, that of `entry`.

    Attributes:
        entry: the amount being keyed.
        lines: oldest first.
        note: the cashier's note, may be empty.
        selected: index of the line that is opened for changes; None when none is.
        sale_id: ledger id of the sale once an attempt to charge it was recorded; 0 before, and
            again after any change, because a recorded sale is never rewritten.
    """

    entry: AmountEntry
    lines: tuple[SaleLine, ...] = ()
    note: str = ""
    selected: int | None = None
    sale_id: int = 0

    @classmethod
    def empty(cls, currency: str) -> Cart:
        """Return a new cart for amounts in `currency`."""
        return cls(AmountEntry(currency))

    @classmethod
    def of(cls, sale: Sale, currency: str) -> Cart:
        """Open a recorded sale again; unchanged, it is charged as the same sale."""
        return cls(AmountEntry(currency), sale.lines, sale.note, sale_id=sale.id)

    @property
    def currency(self) -> str:
        """ISO 4217 code of everything in the cart."""
        return self.entry.currency

    @property
    def is_typing(self) -> bool:
        """Whether the amount being keyed is above zero, so that it shows as a line."""
        return bool(self.entry.amount)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be charged, and nothing keyed either."""
        return not self.lines and self.entry.is_empty

    @property
    def total(self) -> Money:
        """What would be charged: the lines and the amount being keyed."""
        return Sale(self.lines).total(self.currency) + self.entry.amount

    @property
    def count(self) -> int:
        """How many pieces there are, the amount being keyed included."""
        return Sale(self.lines).count + int(self.is_typing)

    def as_sale(self) -> Sale:
        """Return what is to be charged, the amount being keyed as its last line."""
        lines = self.lines
        if self.is_typing:
            lines = (*lines, SaleLine("", 1, self.entry.amount))
        return Sale(lines, self.note, self.sale_id)

    def keyed(self, entry: AmountEntry) -> Cart:
        """Put `entry` in place of the amount being keyed; its currency is the cart's."""
        return self if entry == self.entry else replace(self, entry=entry, sale_id=0)

    def in_currency(self, currency: str) -> Cart:
        """Return the cart for amounts in `currency`.

        Raises:
            ValueError: the cart has amounts in another one; they cannot be read over.
        """
        if currency == self.currency:
            return self
        if not self.is_empty:
            raise ValueError(f"The cart is in {self.currency}, not in {currency}.")
        return replace(self, entry=AmountEntry(currency))

    def takes(self, currency: str) -> bool:
        """Whether amounts in `currency` may join: the same one, or nothing is in here yet."""
        return self.is_empty or currency == self.currency

    def with_entry_added(self) -> Cart:
        """Turn the amount being keyed into a line; nothing changes while it is zero."""
        if not self.is_typing:
            return self
        line = SaleLine("", 1, self.entry.amount)
        return self._changed((*self.lines, line), entry=AmountEntry(self.currency))

    def with_item(self, item: Item) -> Cart:
        """Add one piece of `item`; more of the same at the same price join its line.

        Raises:
            ValueError: the cart has amounts in another currency (see `takes`).
        """
        cart = self.in_currency(item.price.currency)
        for index, line in enumerate(cart.lines):
            if (line.name, line.unit_price) == (item.name, item.price):
                return cart.with_quantity(index, line.quantity + 1)
        line = SaleLine(item.name, 1, item.price)
        return replace(cart, lines=(*cart.lines, line), sale_id=0)

    def with_quantity(self, index: int, quantity: int) -> Cart:
        """Set how many of line `index`, kept within 1 to `MAX_QUANTITY`."""
        line = replace(self.lines[index], quantity=max(1, min(quantity, MAX_QUANTITY)))
        return self._changed((*self.lines[:index], line, *self.lines[index + 1 :]))

    def without_line(self, index: int) -> Cart:
        """Take line `index` out."""
        cart = self._changed((*self.lines[:index], *self.lines[index + 1 :]))
        return replace(cart, selected=None)

    def with_note(self, note: str) -> Cart:
        """Write the cashier's note, without spaces around it."""
        return replace(self, note=note.strip(), sale_id=0)

    def selecting(self, index: int | None) -> Cart:
        """Open line `index` for changes, or none. Not a change of the sale."""
        return replace(self, selected=index)

    def selecting_next(self, step: int) -> Cart:
        """Walk the lines: `step` 1 down, -1 up, stopping at the ends."""
        if not self.lines:
            return self
        last = len(self.lines) - 1
        if self.selected is None:
            return self.selecting(0 if step > 0 else last)
        return self.selecting(max(0, min(self.selected + step, last)))

    def recorded_as(self, sale_id: int) -> Cart:
        """Remember under which ledger id exactly this sale has been recorded."""
        return replace(self, sale_id=sale_id)

    def _changed(self, lines: tuple[SaleLine, ...], entry: AmountEntry | None = None) -> Cart:
        return replace(self, lines=lines, entry=entry or self.entry, sale_id=0)
