"""Payment cards as a cashier keys them: in memory only, for the one request that carries them.

A card never reaches a disk, a log, a journal, an exception's text or a repr (design.md, promise
11; gateways/jpay.md, "Card data"). After the request it is wiped, as far as Python can: the
digits are kept in buffers of our own, which are overwritten with zeros. What `reveal` returns is
text, and text cannot be overwritten: those few pieces, the body of the request and the encrypted
copy in the system's network buffers are let go of with the request and stay somewhere in the
process's memory until something else is written there. Whoever may read the memory of the running
till, or makes a dump of it, may find a card that was keyed a moment ago. Nothing keeps a
reference to one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NoReturn, TypeAlias

Digits: TypeAlias = bytes | bytearray
"""ASCII; what can be overwritten is better."""
MASK = "•••"
MOST_DIGITS = 19
"""Of a number (ISO/IEC 7812)."""
FEWEST_DIGITS = 12
_CENTURY = 2000
_LONGEST_LIFE = 25
"""Years. No card is issued for longer: a year beyond is a slip of the finger."""
_BETWEEN = b" -"
_LENGTHS: tuple[tuple[re.Pattern[bytes], frozenset[int]], ...] = (
    (re.compile(rb"3[47]"), frozenset({15})),  # American Express
    (re.compile(rb"4"), frozenset({13, 16, 19})),  # Visa
    (re.compile(rb"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), frozenset({16})),  # Mastercard
    (re.compile(rb"35(?:2[89]|[3-8])"), frozenset({16, 17, 18, 19})),  # JCB
    (re.compile(rb"30[0-5]|3[689]"), frozenset({14, 15, 16, 17, 18, 19})),  # Diners Club
    (re.compile(rb"6011|64[4-9]|65|62"), frozenset({16, 17, 18, 19})),  # Discover, UnionPay
)
"""How long a brand's numbers are, by how they begin; others may have any length."""
_AMERICAN_EXPRESS = _LENGTHS[0][0]


class CardPart(StrEnum):
    """What is keyed of a card, in the order in which it is printed there."""

    NUMBER = "number"
    MONTH = "month"
    YEAR = "year"
    CVV = "cvv"


class CardProblem(StrEnum):
    """What is wrong with a part."""

    MISSING = "missing"
    NOT_RIGHT = "not_right"
    """No card has that: a digit is wrong or lacks."""
    PAST = "past"
    """Of month or year: the card has run out."""


class KeyedCard:
    """A card as it was keyed. Whatever shows it shows dots, except `reveal`.

    It cannot be copied or pickled. Each part is ASCII: digits, and in the number also blanks and
    dashes between them. The year has two or four digits.

    Args:
        number: as on the card.
        month: in which it runs out, 1 to 12.
        year: in which it runs out.
        cvv: the check digits of its back, or of American Express's front.
    """

    __slots__ = ("_parts",)

    def __init__(self, number: Digits, month: Digits, year: Digits, cvv: Digits) -> None:
        self._parts = {
            CardPart.NUMBER: bytearray(digit for digit in number if digit not in _BETWEEN),
            CardPart.MONTH: bytearray(month),
            CardPart.YEAR: bytearray(year),
            CardPart.CVV: bytearray(cvv),
        }

    def problems(self, today: date) -> Mapping[CardPart, CardProblem]:
        """Return what must be corrected before it is sent; empty: nothing.

        Args:
            today: the store's day; a card is good to the end of its month.
        """
        found = {part: self._problem(part) for part in CardPart}
        wrong = {part: problem for part, problem in found.items() if problem}
        if CardPart.MONTH in wrong or CardPart.YEAR in wrong:
            return wrong
        year, month = self._year(), int(self._parts[CardPart.MONTH])
        if year < today.year:
            wrong[CardPart.YEAR] = CardProblem.PAST
        elif (year, month) < (today.year, today.month):
            wrong[CardPart.MONTH] = CardProblem.PAST
        elif year > today.year + _LONGEST_LIFE:
            wrong[CardPart.YEAR] = CardProblem.NOT_RIGHT
        return wrong

    def reveal(self) -> tuple[str, str, str, str]:
        """Return number, month, year and CVV for the one request that carries them.

        The month has two digits and the year four; the card has no `problems`.

        Raises:
            LookupError: it has been wiped. Money: send nothing.
        """
        if self.is_wiped:
            raise LookupError("the card has been wiped")
        number, month, _, cvv = self._parts.values()
        return number.decode(), f"{int(month):02}", str(self._year()), cvv.decode()

    def wipe(self) -> None:
        """Overwrite what was keyed, and keep nothing of it. May be repeated."""
        for digits in self._parts.values():
            wipe(digits)

    @property
    def is_wiped(self) -> bool:
        """Whether nothing is left of it."""
        return not any(self._parts.values())

    def masked(self, text: str) -> str:
        """Return what somebody else says with this card taken out of it, however it is written.

        Nothing is masked once the card has been wiped.
        """
        if self.is_wiped:
            return text
        number, month, year, cvv = self.reveal()
        spaced = r"[\s.-]*".join(number)
        month, year = month.lstrip("0"), year[2:]
        expires = rf"0?{month}\W{{0,3}}(?:20)?{year}|(?:20)?{year}\W{{0,3}}0?{month}"
        alone = rf"(?<!\d)(?:{spaced}|{expires}|{cvv})(?!\d)"
        return re.sub(alone, MASK, text)

    def __repr__(self) -> str:
        return f"KeyedCard({MASK})"

    def __str__(self) -> str:
        return MASK

    def __reduce__(self) -> NoReturn:
        raise TypeError("a card is not written down")

    def _problem(self, part: CardPart) -> CardProblem | None:
        digits = self._parts[part]
        if not digits:
            return CardProblem.MISSING
        return None if digits.isdigit() and self._is_right(part) else CardProblem.NOT_RIGHT

    def _is_right(self, part: CardPart) -> bool:
        digits = self._parts[part]
        match part:
            case CardPart.NUMBER:
                return _has_right_length(digits) and passes_luhn(digits)
            case CardPart.MONTH:
                return len(digits) <= 2 and 1 <= int(digits) <= 12  # noqa: PLR2004 - months
            case CardPart.YEAR:
                return len(digits) in {2, 4}
            case CardPart.CVV:
                number = self._parts[CardPart.NUMBER]
                return len(digits) == (4 if _AMERICAN_EXPRESS.match(number) else 3)

    def _year(self) -> int:
        digits = self._parts[CardPart.YEAR]
        return int(digits) if len(digits) > 2 else _CENTURY + int(digits)  # noqa: PLR2004 - as keyed


def passes_luhn(digits: Digits) -> bool:
    """Tell whether the last digit fits those before it (ISO/IEC 7812, the Luhn formula).

    Args:
        digits: ASCII digits.
    """
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    values = [digit - ord("0") for digit in reversed(digits)]
    total = sum(values[::2]) + sum(doubled[value] for value in values[1::2])
    return total % 10 == 0


def wipe(digits: bytearray) -> None:
    """Overwrite `digits` with zeros, then empty it."""
    digits[:] = bytes(len(digits))
    digits.clear()


def _has_right_length(number: bytearray) -> bool:
    for beginning, lengths in _LENGTHS:
        if beginning.match(number):
            return len(number) in lengths
    return FEWEST_DIGITS <= len(number) <= MOST_DIGITS
