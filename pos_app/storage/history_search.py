"""What somebody types into the search, as conditions on the list of past payments.

Found are amounts ("42.5", "42.50", "US$ 42.50"), receipts ("0087", "HSG1-0087"), the begin of
a reference, words of the sale's note by their begin, and the gateway's ids as a whole. What else
a ledger holds, the customer's contact above all, is never looked at.

Each way to be found is an `Alternative` of its own, because each is quick by another index: a
database that gets them as one condition orders all that is found before it shows the first page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from pos_app.domain.currencies import CURRENCIES, mark
from pos_app.domain.search_words import sought_words
from pos_app.storage.history_tables import history, history_words
from pos_app.storage.tables import charges

_AMOUNT = re.compile(r"(\D*?)\s*(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d*))?")
_NUMBER = re.compile(r"(?:([A-Z0-9]{1,4})-)?(\d{4})(?:-R\d+)?")
_REFERENCE = re.compile(r"([A-Z0-9]{1,4})(?:-(\d{0,10})(?:-([A-Z2-7]{0,4})(?:-R\d*)?)?)?")
_UNINDEXED = history.c.reference.concat("")
_DAY_AND_A_DIGIT = 7
"""Digits after the till's code from which on so few begin alike that they may be sorted."""
_ONE_DAY = timedelta(days=1)
"""A reference says the store's day, which may begin and end so much off UTC's."""


class Way(Enum):
    """How the newest of an alternative are found."""

    BY_INDEX = auto()
    """Its index has them in order."""
    SORTED = auto()
    """They are few: all are found, then sorted."""
    IN_TIME = auto()
    """They are many, if there are any at all: going back in time meets them soon."""
    BY_WORD = auto()
    """The words themselves say when they were written, so that lines are looked at last."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a line may be meant.

    Attributes:
        condition: what its index answers.
        along: the same in the words that its way needs: that no index answers, or about the rows
            of `history_words`.
        since, until: instants between which all of it lies; None: not known.
    """

    condition: ColumnElement[bool]
    way: Way
    along: ColumnElement[bool] = field(default_factory=true)
    since: datetime | None = None
    until: datetime | None = None


def alternatives(text: str) -> tuple[Alternative, ...]:
    """Return all ways in which `text` may be meant; none where nothing can be meant by it."""
    sought = "".join(one if one.isprintable() else " " for one in text).strip()
    return (
        *_amounts(sought),
        *_numbers(sought.upper()),
        *_references(sought.upper()),
        *_gateway_ids(sought),
        *_words(sought),
    )


def begins_with(column: ColumnElement[str], begin: str) -> ColumnElement[bool]:
    """Return the condition that `column` begins with `begin`, as a range of its index."""
    return and_(column >= begin, column < begin[:-1] + chr(ord(begin[-1]) + 1))


def _amounts(text: str) -> Iterator[Alternative]:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return
    whole, part = match[2].replace(",", ""), match[3] or ""
    for digits in sorted(set(CURRENCIES.values())):
        if len(part) <= digits:
            minor = int(whole + part.ljust(digits, "0"))
            is_in_one = _is_in_one_of(digits, match[1].upper())
            yield Alternative(and_(history.c.amount_minor == minor, is_in_one), Way.BY_INDEX)


def _is_in_one_of(digits: int, marked: str) -> ColumnElement[bool]:
    """Return the condition that the currency has so many digits, and this mark if there is one."""
    same = {code for code, found in CURRENCIES.items() if found == digits}
    if marked:
        same = {code for code in same if marked in {code, mark(code).upper()}}
    others = CURRENCIES.keys() - same
    if len(others) < len(same):  # two digits: most have
        return history.c.currency.not_in(sorted(others))
    return history.c.currency.in_(sorted(same))


def _numbers(text: str) -> Iterator[Alternative]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return
    condition: ColumnElement[bool] = history.c.number == match[2]
    if match[1]:
        # Not by the index of references: a till's are many more than a number's.
        condition = and_(condition, begins_with(_UNINDEXED, f"{match[1]}-"))
    yield Alternative(condition, Way.BY_INDEX)


def _references(text: str) -> Iterator[Alternative]:
    match = _REFERENCE.fullmatch(text)
    if match is None or (match[2] is None and text.isdigit()):
        return
    if match[3] is not None:
        begin = "-".join(match.groups())
    elif match[2] is not None:
        begin = f"{match[1]}-{match[2]}"
    else:
        begin = match[1]
    condition = begins_with(history.c.reference, begin)
    day = match[2] or ""
    if len(day) >= _DAY_AND_A_DIGIT:
        yield Alternative(condition, Way.SORTED)
        return
    try:
        since, until = _days(day)
    except ValueError:
        return
    yield Alternative(condition, Way.IN_TIME, begins_with(_UNINDEXED, begin), since, until)


def _days(digits: str) -> tuple[datetime | None, datetime | None]:
    """Return between which instants lie references whose day begins with `digits`.

    Raises:
        ValueError: no day does.
    """
    match len(digits):
        case 0 | 1:
            return None, None
        case 2 | 3:
            year = datetime(2000 + int(digits[:2]), 1, 1, tzinfo=UTC)
            return year - _ONE_DAY, year.replace(year=year.year + 1) + _ONE_DAY
        case 4 | 5:
            month = datetime(2000 + int(digits[:2]), int(digits[2:4]), 1, tzinfo=UTC)
            return month - _ONE_DAY, month + 32 * _ONE_DAY
        case _:
            day = datetime.strptime(digits, "%y%m%d").replace(tzinfo=UTC)
            return day - _ONE_DAY, day + 2 * _ONE_DAY


def _gateway_ids(text: str) -> Iterator[Alternative]:
    for column in (charges.c.transaction_id, charges.c.gateway_id):
        found = select(charges.c.id).where(column == text)
        yield Alternative(history.c.charge_id.in_(found), Way.SORTED)


def _words(text: str) -> Iterator[Alternative]:
    words = sought_words(text)
    if not words:
        return
    condition = and_(*(_has(history.c.charge_id, word) for word in words))
    others = (_has(history_words.c.charge_id, word) for word in words[1:])
    yield Alternative(condition, Way.BY_WORD, and_(_is(history_words.c.word, words[0]), *others))


def _has(charge_id: ColumnElement[int], word: str) -> ColumnElement[bool]:
    words = history_words.alias()
    return charge_id.in_(select(words.c.charge_id).where(_is(words.c.word, word)))


def _is(kept: ColumnElement[str], word: str) -> ColumnElement[bool]:
    is_letter = len(word) == 1 and word.isascii()  # begins too many words
    return kept == word if is_letter else begins_with(kept, word)


def any_of(ways: tuple[Alternative, ...]) -> ColumnElement[bool]:
    """Return the condition that one of them holds."""
    return or_(false(), *(one.condition for one in ways))
