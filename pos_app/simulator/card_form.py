"""A card as a customer types it on a page: what is wrong with it, and what the bank does.

Source: gateways/jpay.md, "Card data" (Luhn and expiry are our choice of what a page looks at).
Nothing that is typed here is written down anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_NUMBER = re.compile(r"\d{12,19}")
_EXPIRY = re.compile(r"(0?[1-9]|1[0-2]) ?[/.-]? ?(?:20)?(\d{2})")
_CVV = re.compile(r"\d{3,4}")
_LONGEST_SHOWN = 40


class Bank(StrEnum):
    """What the bank behind a test card does."""

    PAYS = "pays"
    ASKS = "asks"
    """The customer has to confirm on its own page first (3-D Secure)."""
    DECLINES = "declines"


@dataclass(frozen=True, slots=True)
class PretendCard:
    """A card that nobody has.

    Attributes:
        id: names it in an address.
        name: what its bank does, for people.
        number: as it is printed.
        bank: what its bank does.
    """

    id: str
    name: str
    number: str
    bank: Bank


TEST_CARDS = (
    PretendCard("good", "Pays", "4242 4242 4242 4242", Bank.PAYS),
    PretendCard("asked", "Bank asks first", "4000 0025 0000 3155", Bank.ASKS),
    PretendCard("bad", "Bank says no", "4000 0000 0000 0002", Bank.DECLINES),
)
EXPIRY = "12/40"
"""Of all of them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it is shown again; the security code never is.

    Attributes:
        number: what was typed as the card's number, likewise `expiry`.
        wrong: by the name of a field what is wrong with it.
        bank: what the bank does; None while something is wrong.
        is_filled: it is filled in with a test card: only the security code is missing.
    """

    number: str = field(default="", repr=False)
    expiry: str = field(default="", repr=False)
    wrong: Mapping[str, str] = field(default_factory=dict)
    bank: Bank | None = None
    is_filled: bool = False

    @property
    def focus(self) -> str:
        """The field that the customer is to go to; empty for none."""
        return "cvv" if self.is_filled else next(iter(self.wrong), "")


def filled(card_id: str) -> Typed:
    """Return the form with a test card in it; an empty one where there is no such card."""
    card = next((one for one in TEST_CARDS if one.id == card_id), None)
    return Typed(card.number, EXPIRY, is_filled=True) if card else Typed()


def read(form: Mapping[str, str], now: datetime) -> Typed:
    """Return a posted form, with what is wrong with it at `now`."""
    number, expiry, cvv = (form.get(name, "").strip() for name in ("number", "expiry", "cvv"))
    digits = re.sub("[ -]", "", number)
    said = {
        "number": _wrong_number(digits),
        "expiry": _wrong_expiry(expiry, now),
        "cvv": "" if _CVV.fullmatch(cvv) else "Type the 3 or 4 digits of the code.",
    }
    wrong = {name: text for name, text in said.items() if text}
    bank = None if wrong else bank_of(digits)
    return Typed(number[:_LONGEST_SHOWN], expiry[:_LONGEST_SHOWN], wrong, bank)


def _wrong_number(digits: str) -> str:
    if not digits:
        return "Type the number on the card."
    if not (digits.isascii() and _NUMBER.fullmatch(digits) and _has_check_digit(digits)):
        return "This isn’t a card number. Please check its digits."
    if bank_of(digits) is None:
        return "This isn’t a test card. Only those above work here."
    return ""


def _wrong_expiry(expiry: str, now: datetime) -> str:
    match = _EXPIRY.fullmatch(expiry) if expiry.isascii() else None
    if match is None:
        return "Type month and year, such as 12/30."
    # A card is good until its month has ended.
    if (2000 + int(match[2]), int(match[1])) < (now.year, now.month):
        return "This card has expired."
    return ""


def bank_of(digits: str) -> Bank | None:
    """Return what the bank behind a test card does; None for every other card."""
    found = (one.bank for one in TEST_CARDS if one.number.replace(" ", "") == digits)
    return next(found, None)


def _has_check_digit(digits: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
