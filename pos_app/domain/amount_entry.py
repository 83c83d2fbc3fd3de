"""Keying an amount: digits from the right, or plain decimals after a typed point (ux.md 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.currencies import minor_digits
from pos_app.domain.money import Money

MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class AmountEntry:
    """What has been keyed so far.

    Attributes:
        currency: ISO 4217 code of the sale.
        digits: digits keyed; before a point they fill from the right (4, 2, 5, 0 is 42.50).
        decimals: None while filling from the right; else the digits typed after the point.
    """

    currency: str
    digits: str = ""
    decimals: str | None = None

    @property
    def amount(self) -> Money:
        """The amount keyed, in minor units."""
        if self.decimals is None:
            return Money(int(self.digits or "0"), self.currency)
        padded = self.decimals.ljust(minor_digits(self.currency), "0")
        return Money(int((self.digits or "0") + padded), self.currency)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been keyed."""
        return not self.digits and self.decimals is None

    def with_digits(self, keyed: str) -> AmountEntry | None:
        """Key "0"–"9", "00" or "000"; None when it does not fit (play the low sound).

        Nine digits at most; in decimals no more than the currency has. Leading zeros do not
        count, so that "00" on an empty entry changes nothing.
        """
        if self.decimals is not None:
            decimals = self.decimals + keyed
            fits = len(decimals) <= minor_digits(self.currency)
            return replace(self, decimals=decimals) if fits else None
        digits = (self.digits + keyed).lstrip("0")
        return replace(self, digits=digits) if len(digits) <= MAX_DIGITS else None

    def with_point(self) -> AmountEntry | None:
        """Type the decimal point: this entry goes on in plain decimals ("42." then 5 is 42.50).

        None when the currency has no decimals, a point is there already, or the whole part
        would pass nine digits with its decimals.
        """
        room = MAX_DIGITS - minor_digits(self.currency)
        if (
            minor_digits(self.currency) == 0
            or self.decimals is not None
            or len(self.digits) > room
        ):
            return None
        return replace(self, decimals="")

    def without_last(self) -> AmountEntry:
        """Take the last key back."""
        if self.decimals:
            return replace(self, decimals=self.decimals[:-1])
        if self.decimals is not None:
            return replace(self, decimals=None)
        return replace(self, digits=self.digits[:-1])
