"""Fitting rows into columns of letters that are one or two columns wide.

The widths are those of Unicode's East Asian Width (UAX #11): wide and full-width characters
take two columns, all others one, marks that sit on another letter none. The bundled font is cut
to exactly these widths.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pos_app.receipts.rows import Centered, Code, Mark, Pair, Receipt, Row, Rule, Size

_CLOSING = frozenset("，。、！？：；）》〉」』】〕…")
"""Never at the start of a line, in Chinese typesetting as elsewhere."""
_ROOM_FOR_NAMES = 3
"""Words share a line with what is right of them while they have a third of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of paper.

    Attributes:
        columns: how many columns of this line's letters the paper has.
        left: what starts at the left edge; with `is_centered`, what stands in the middle.
        right: what ends at the right edge.
    """

    columns: int
    left: str = ""
    right: str = ""
    is_centered: bool = False
    is_bold: bool = False
    size: Size = Size.NORMAL

    @property
    def left_column(self) -> int:
        """Column in which `left` starts, from 0."""
        return (self.columns - width(self.left)) // 2 if self.is_centered else 0

    @property
    def right_column(self) -> int:
        """Column in which `right` starts; it ends with the line."""
        return self.columns - width(self.right)

    @property
    def text(self) -> str:
        """The line as plain text, without spaces at its end."""
        start = " " * self.left_column + self.left
        if not self.right:
            return start.rstrip()
        return start + " " * (self.right_column - width(start)) + self.right


@cache
def _character_width(character: str) -> int:
    # Mn and Me: marks on the letter before, emoji variation selectors among them.
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


@cache
def _printed(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    if category == "Cs":  # half of a pair: no printer and no file can take it
        return "\N{REPLACEMENT CHARACTER}"
    # Cf steers other characters, for example turns their direction: a name must not do that to
    # the amount beside it.
    return "" if category == "Cf" else character


def printable(text: str) -> str:
    """Return `text` as it can stand on paper: composed, one space for any gap, all visible."""
    visible = unicodedata.normalize("NFC", "".join(map(_printed, text)))
    return " ".join(visible.split())


def width(text: str) -> int:
    """Return how many columns the printable `text` takes."""
    return sum(map(_character_width, text))


def letters(text: str) -> Iterator[str]:
    """Split printable `text` into letters, each with the marks that sit on it."""
    letter = ""
    for character in text:
        if letter and _character_width(character):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


def wrapped(text: str, columns: int, indent: int = 0) -> tuple[str, ...]:
    """Break `text` into at least one line of at most `columns`, which are four or more.

    Breaks at spaces and beside wide letters (Chinese has no spaces), inside a word only when
    the word is longer than a line. Never inside a letter. All lines but the first are set in
    by `indent` columns.
    """
    margin = " " * min(indent, columns // 2)
    done: list[str] = []
    line = ""
    for gap, word in _words(printable(text)):
        gap_here = gap if line.strip() else ""
        if width(line + gap_here + word) <= columns:
            line += gap_here + word
            continue
        if width(margin + word) <= columns:
            done.append(line)
            line = margin + word
            continue
        line += gap_here
        for letter in letters(word):
            if width(line + letter) > columns:
                done.append(line.rstrip())
                line = margin
            line += letter
    return (*done, line)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Split printable `text` where a line may end: (space before it, word)."""
    gap, word = "", ""
    for letter in letters(text):
        is_break = letter == " " or width(letter) > 1 or width(word[-1:]) > 1
        if word and is_break and letter not in _CLOSING:
            yield gap, word
            gap, word = "", ""
        if letter == " ":
            gap = letter
        else:
            word += letter
    if word:
        yield gap, word


@lru_cache(maxsize=512)  # paper is measured before it is painted
def lines_of(row: Row, columns: int) -> tuple[Line, ...]:
    """Return the lines of one row on paper of `columns`; a code has none."""
    match row:
        case Centered():
            own = row.size.columns(columns)
            return tuple(
                Line(own, part, is_centered=True, is_bold=row.is_bold, size=row.size)
                for part in wrapped(row.text, own)
            )
        case Pair():
            return tuple(_pair(row, row.size.columns(columns)))
        case Mark():
            # The frame around it takes a column at either side.
            parts = wrapped(row.text, columns - 2)
            return tuple(Line(columns, part, is_centered=True, is_bold=True) for part in parts)
        case Rule():
            return (Line(columns, "-" * columns),)
        case Code():
            return ()


def lines(receipt: Receipt) -> tuple[Line, ...]:
    """Return all lines of the paper, top first, each at most as wide as the paper."""
    return tuple(line for row in receipt.rows for line in lines_of(row, receipt.columns))


def plain_text(receipt: Receipt) -> str:
    """Return the paper as text for a screen reader, a search or a fixed-width printer."""
    return "".join(f"{line.text}\n" for row in receipt.rows for line in _plain(row, receipt))


def _plain(row: Row, receipt: Receipt) -> tuple[Line, ...]:
    match row:
        case Centered():
            return lines_of(Centered(row.text), receipt.columns)
        case Pair():
            return lines_of(Pair(row.left, row.right, indent=row.indent), receipt.columns)
        case Mark():
            return lines_of(Centered(f"* {row.text} *"), receipt.columns)
        case _:
            return lines_of(row, receipt.columns)


def _pair(row: Pair, columns: int) -> Iterator[Line]:
    def line(left: str, right: str) -> Line:
        return Line(columns, left, right, is_bold=row.is_bold, size=row.size)

    right = printable(row.right)
    room = columns - width(right) - 1 if right else columns
    if width(printable(row.left)) > room and room * _ROOM_FOR_NAMES < columns:
        yield from (line(part, "") for part in wrapped(row.left, columns, row.indent))
        yield from (line("", part) for part in wrapped(row.right, columns))
        return
    first, *others = wrapped(row.left, room, row.indent)
    yield line(first, right)
    yield from (line(part, "") for part in others)
