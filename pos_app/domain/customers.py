"""Who buys, for the payment services that ask: personal data that is kept nowhere.

It goes from the cashier's dialog into one request and is forgotten: no ledger, journal, log,
export, print or report bundle ever has it (design.md, promise 11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.domain.cards import KeyedCard
from pos_app.domain.sales import SaleLine

MAX_LENGTH = 100
"""Characters of a single detail."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FEWEST_DIGITS = 5
_MOST_DIGITS = 15
"""Of a telephone number (ITU-T E.164)."""


class Detail(StrEnum):
    """A detail that must be there, by the name of its member of `Customer`."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"


class Problem(StrEnum):
    """What is wrong with a detail."""

    MISSING = "missing"
    NOT_RIGHT = "not_right"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Customer:
    """Whose card is charged, as a payment service asks for it. Nothing of it is in its repr.

    Attributes:
        country: ISO 3166 code of two capital letters.
        street: first line of the address; the address may be empty as a whole.
    """

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    email: str = field(repr=False)
    phone: str = field(repr=False)
    country: str = field(repr=False)
    street: str = field(default="", repr=False)
    street_2: str = field(default="", repr=False)
    city: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    state: str = field(default="", repr=False)

    def problems(self) -> Mapping[Detail, Problem]:
        """Return what must be corrected before anybody is charged; empty: nothing."""
        found = {detail: _problem(detail, getattr(self, detail.value)) for detail in Detail}
        return {detail: problem for detail, problem in found.items() if problem}


@dataclass(frozen=True, slots=True)
class Purchase:
    """Who buys what, for the one request that creates a charge.

    Attributes:
        card: keyed at the till; None where the customer pays with a code or on a page.
    """

    customer: Customer
    lines: tuple[SaleLine, ...]
    card: KeyedCard | None = None


def _problem(detail: Detail, said: str) -> Problem | None:
    if not said.strip():
        return Problem.MISSING
    if len(said) > MAX_LENGTH:
        return Problem.TOO_LONG
    return None if said.isprintable() and _is_right(detail, said.strip()) else Problem.NOT_RIGHT


def _is_right(detail: Detail, said: str) -> bool:
    match detail:
        case Detail.EMAIL:
            return _EMAIL.fullmatch(said) is not None
        case Detail.PHONE:
            digits = sum(letter.isdigit() for letter in said)
            is_number = _PHONE.fullmatch(said) is not None
            return is_number and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
        case Detail.COUNTRY:
            return _COUNTRY.fullmatch(said) is not None
        case Detail.FIRST_NAME | Detail.LAST_NAME:
            return True
