"""Tips: what a customer adds to the price of a sale, by percentages in whole minor units."""

from __future__ import annotations

from pos_app.domain.money import Money

MOST_PERCENT = 100


def tip_of(price: Money, percent: int) -> Money:
    """Return `percent` of `price`, half a minor unit and more rounded up.

    Args:
        price: zero or more.
        percent: whole, from 1 to `MOST_PERCENT`.
    """
    return Money((price.minor * percent * 2 + 100) // 200, price.currency)
