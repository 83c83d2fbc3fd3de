"""Money: an integer number of minor units with its currency. No floats, ever."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos_app.domain.currencies import mark, minor_digits
from pos_app.domain.errors import AmountError

_PLAIN = re.compile(r"(\d{1,12})(?:\.(\d*))?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency.

    Attributes:
        minor: minor units of `currency` (cents; whole yen for JPY). May be negative in sums.
        currency: ISO 4217 code; the digits come from `currencies`, never from "x 100".
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse anything but an integer, and currencies that do not exist."""
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")
        minor_digits(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in `currency`."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read plain decimals such as "42.5" or "1284.60".

        Raises:
            AmountError: when it is no amount, or has more decimals than the currency.
        """
        digits = minor_digits(currency)
        match = _PLAIN.fullmatch(text.strip())
        if match is None or len(match[2] or "") > digits:
            raise AmountError(f"{text!r} is not an amount in {currency}.")
        return cls(int(match[1] + (match[2] or "").ljust(digits, "0")), currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def plain(self) -> str:
        """The amount as plain decimals without its currency: "1284.60"."""
        return self._text("")

    @property
    def grouped(self) -> str:
        """The amount for people, without its currency: "1,284.60" (ux.md, section 8)."""
        return self._text(",")

    def __str__(self) -> str:
        """Return the amount with its currency mark: "US$ 1,284.60"."""
        return f"{mark(self.currency)} {self.grouped}"

    def _text(self, group: str) -> str:
        digits = minor_digits(self.currency)
        sign = "−" if self.minor < 0 and group else "-" if self.minor < 0 else ""
        whole, part = divmod(abs(self.minor), 10**digits)
        fraction = f".{part:0{digits}d}" if digits else ""
        return f"{sign}{whole:{group}}{fraction}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.minor
