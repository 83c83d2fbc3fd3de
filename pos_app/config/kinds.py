"""Kinds of settings: how a value is read, and in plain words what was expected.

A kind reads what TOML gives (text, number, true/false, list, table). `from_text` turns the text
of an environment variable into the same shapes first.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.references import is_till_code

T = TypeVar("T")

_MOST_PERCENTAGES = 4
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How one kind of setting is read.

    Attributes:
        expected: what a good value is, to follow "expected": "a whole number from 0 to 100".
        read: returns the value or raises ValueError; never shows a bad value.
        from_text: turns an environment variable's text into what TOML would have given.
    """

    expected: str
    read: Callable[[object], T]
    from_text: Callable[[str], object] = str


def text(max_length: int = 200, *, lines: int = 1) -> Kind[str]:
    """Return the kind of words for people: at most `lines` lines, no control characters."""

    def read(value: object) -> str:
        words = _text(value)
        is_printable = all(line.isprintable() for line in words.split("\n"))
        if len(words) > max_length or words.count("\n") >= lines or not is_printable:
            raise ValueError
        return words

    several = f" in at most {lines} lines" if lines > 1 else " on one line"
    return Kind(f"text of at most {max_length} characters{several}", read)


def pattern(regex: str, expected: str) -> Kind[str]:
    """Return the kind of text that matches `regex` as a whole."""
    return Kind(expected, lambda value: _checked(_text(value), re.compile(regex).fullmatch))


def whole(low: int, high: int, *, also: int | None = None) -> Kind[int]:
    """Return the kind of whole numbers from `low` to `high`, and `also` where it is given."""

    def read(value: object) -> int:
        if type(value) is not int or not (low <= value <= high or value == also):
            raise ValueError
        return value

    extra = "" if also is None else f", or {also}"
    return Kind(f"a whole number from {low} to {high}{extra}", read, _number)


def one_of(*choices: str) -> Kind[str]:
    """Return the kind of text that is one of `choices`."""
    expected = "one of " + ", ".join(choices)
    return Kind(expected, lambda value: _checked(_text(value), choices.__contains__))


def one_of_numbers(*choices: int) -> Kind[int]:
    """Return the kind of numbers that are one of `choices`."""

    def read(value: object) -> int:
        if type(value) is not int or value not in choices:
            raise ValueError
        return value

    return Kind("one of " + ", ".join(map(str, choices)), read, _number)


def yes_or_no() -> Kind[bool]:
    """Return the kind of true and false; the environment may also say 1, yes, on, 0, no, off."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise TypeError
        return value

    def from_text(words: str) -> object:
        word = words.strip().lower()
        return True if word in _YES else False if word in _NO else words

    return Kind("true or false", read, from_text)


def till_code() -> Kind[str]:
    """Return the kind of till codes (design.md, promise 2)."""
    expected = "one to four capital letters or digits, such as HSG1"
    return Kind(expected, lambda value: _checked(_text(value), is_till_code))


def currency() -> Kind[str]:
    """Return the kind of ISO 4217 codes."""
    return Kind("a currency code of ISO 4217 in capitals, such as USD", _currency)


def decimals() -> Kind[str]:
    """Return the kind of amounts as plain decimals; the currency is another setting's."""

    def read(value: object) -> str:
        words = _checked(_text(value), re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?").fullmatch)
        if Decimal(words) == 0:
            raise ValueError
        return words

    return Kind("an amount above zero such as 2000.00, at most 9 digits before the point", read)


def method() -> Kind[PaymentMethod]:
    """Return the kind of one payment method's id."""
    return Kind(f"one of {_METHOD_IDS}", _method)


def methods() -> Kind[tuple[PaymentMethod, ...]]:
    """Return the kind of lists of payment methods: at least one, each once."""

    def read(value: object) -> tuple[PaymentMethod, ...]:
        if not isinstance(value, list):
            raise TypeError
        chosen = tuple(_method(item) for item in value)
        if not chosen or len(set(chosen)) < len(chosen):
            raise ValueError
        return chosen

    def from_text(words: str) -> object:
        return [word.strip() for word in words.split(",")]

    return Kind(f"a list of payment methods, each once, out of {_METHOD_IDS}", read, from_text)


def percentages(most: int) -> Kind[tuple[int, ...]]:
    """Return the kind of lists of whole percentages: from 1 on, rising, at most four."""

    def read(value: object) -> tuple[int, ...]:
        if not isinstance(value, list):
            raise TypeError
        chosen = tuple(_number(item) if isinstance(item, str) else item for item in value)
        numbers = tuple(one for one in chosen if type(one) is int and 1 <= one <= most)
        if len(numbers) < len(chosen) or len(numbers) > _MOST_PERCENTAGES:
            raise ValueError
        if list(numbers) != sorted(set(numbers)):
            raise ValueError
        return numbers

    def from_text(words: str) -> object:
        return [word.strip() for word in words.split(",") if word.strip()]

    expected = f"at most four rising whole numbers from 1 to {most}, such as 10, 15, 20, or none"
    return Kind(expected, read, from_text)


def by_method(of: Kind[T]) -> Kind[Mapping[PaymentMethod, T]]:
    """Return the kind of tables from payment method to `of`; "alipay=USD,dana=IDR" as text."""

    def read(value: object) -> Mapping[PaymentMethod, T]:
        if not isinstance(value, dict):
            raise TypeError
        return MappingProxyType({_method(key): of.read(item) for key, item in value.items()})

    def from_text(words: str) -> object:
        pairs = [pair.partition("=") for pair in words.split(",") if pair.strip()]
        return {key.strip(): of.from_text(item.strip()) for key, _, item in pairs}

    expected = f"a table from payment method ({_METHOD_IDS}) to {of.expected}"
    return Kind(expected, read, from_text)


def base_url() -> Kind[str]:
    """Return the kind of a payment service's address; it gets a slash at its end.

    Tokens travel to it, so it must be https; plain http never leaves this computer.
    """

    def read(value: object) -> str:
        parts = _address(value)
        is_safe = parts.scheme == "https" or is_loopback(parts.hostname or "")
        if not is_safe or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError
        return parts.geturl().rstrip("/") + "/"

    return Kind(
        "an address that starts with https:// (http:// is allowed to this computer only), "
        "without a user name, ? or #",
        read,
    )


def optional_url() -> Kind[str]:
    """Return the kind of an address that the payment service is told; may be empty."""

    def read(value: object) -> str:
        return "" if value == "" else _address(value).geturl()

    return Kind("an address that starts with https:// or http://, or nothing", read)


def database_url() -> Kind[str]:
    """Return the kind of the database's address; empty is SQLite in the data folder."""

    def read(value: object) -> str:
        words = _text(value)
        if words and not re.match(r"postgresql(\+psycopg)?://[^/?#]*/[^/?#]+", words):
            raise ValueError
        return words

    return Kind("nothing, or an address such as postgresql://user@host/till", read)


def time_zone() -> Kind[str]:
    """Return the kind of IANA time zones that this computer knows; may be empty."""

    def read(value: object) -> str:
        words = _text(value)
        try:
            return words and ZoneInfo(words).key
        except (KeyError, OSError):  # not in the tables; the name of a folder of them
            raise ValueError from None

    return Kind("a time zone such as Asia/Shanghai, or nothing", read)


def is_loopback(host: str) -> bool:
    """Tell whether `host` is this computer by its name or number."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_METHOD_IDS = ", ".join(method.value for method in PaymentMethod)


def _address(value: object) -> SplitResult:
    words = _text(value).strip()
    parts = urlsplit(words)
    port = parts.port  # raises ValueError when it is none
    (parts.hostname or "").encode("idna")  # raises UnicodeError, a ValueError, for empty labels
    is_plain = words.isascii() and words.isprintable() and " " not in words
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or not is_plain:
        raise ValueError
    return parts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _checked(words: str, is_good: Callable[[str], object]) -> str:
    if not is_good(words):
        raise ValueError
    return words


def _currency(value: object) -> str:
    return _checked(_text(value), CURRENCIES.__contains__)


def _method(value: object) -> PaymentMethod:
    return PaymentMethod(_text(value))


def _number(words: str) -> object:
    return int(words) if re.fullmatch(r"[0-9]{1,9}", words.strip()) else words
