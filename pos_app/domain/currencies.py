"""Currencies: how many minor digits they have (ISO 4217) and how the till marks them."""

from collections.abc import Mapping
from types import MappingProxyType

from pos_app.domain.iso4217 import MINOR_DIGITS

CURRENCIES: Mapping[str, int] = MappingProxyType(MINOR_DIGITS)
"""ISO 4217 code → digits after the decimal point."""

_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "USD": "US$",
        "HKD": "HK$",
        "TWD": "NT$",
        "CNY": "CN¥",
        "JPY": "JP¥",
        "KRW": "₩",
        "IDR": "Rp",
        "PHP": "₱",
        "SGD": "S$",
        "EUR": "€",
        "GBP": "£",
    }
)


class UnknownCurrencyError(ValueError):
    """A code that ISO 4217 does not list, so no amount in it can be understood.

    Attributes:
        code: what was asked for.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"“{code}” isn't a currency code that this till knows.")
        self.code = code


def minor_digits(code: str) -> int:
    """Return how many decimal digits amounts in `code` have: 2 for USD, 0 for KRW.

    Codes are upper case, as ISO 4217 writes them.

    Raises:
        UnknownCurrencyError: ISO 4217 gives `code` no minor unit.
    """
    try:
        return CURRENCIES[code]
    except KeyError:
        raise UnknownCurrencyError(code) from None


def mark(code: str) -> str:
    """Return the mark shown before an amount: US$, NT$, ₩; else the code itself."""
    return _MARKS.get(code, code)
