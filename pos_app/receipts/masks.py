"""Which of the eight masks of a QR code disturbs its readers least (ISO/IEC 18004, 7.8.3).

The customer waits for the code, and weighing every module of eight matrices one by one takes
Python 5 ms or more. Here a matrix is one integer with a bit for each module, so that a step of
the weighing goes over all modules at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MASKS = 8

Rows = Sequence[Sequence[bool | None]]


@dataclass(frozen=True, slots=True)
class Bits:
    """A matrix read along its rows and along its columns.

    Attributes:
        side: modules along an edge.
        rows: bit `side * y + x` is set where (x, y) is dark.
        columns: the same with x and y exchanged.
    """

    side: int
    rows: int
    columns: int

    @classmethod
    def of(cls, matrix: Rows) -> Bits:
        """Read a matrix; row by row from the top, True is dark."""
        return cls(len(matrix), _number(matrix), _number(zip(*matrix, strict=True)))

    def turned(self, where: Bits) -> Bits:
        """Return the matrix with the modules of `where` turned over."""
        return Bits(self.side, self.rows ^ where.rows, self.columns ^ where.columns)


def penalty(bits: Bits) -> int:
    """Return the points of the four rules; the mask with the fewest is the best."""
    side, dark = bits.side, bits.rows.bit_count()
    lines = sum(_runs(one, side) + _finders(one, side) for one in (bits.rows, bits.columns))
    imbalance = abs(100 * dark - 50 * side * side) // (5 * side * side)
    return lines + _blocks(bits.rows, side) + 10 * imbalance


def _number(rows: Iterable[Iterable[bool | None]]) -> int:
    digits = "".join("1" if is_dark else "0" for row in rows for is_dark in row)
    return int(digits[::-1], 2)


@lru_cache(maxsize=16)
def _first(side: int, count: int) -> int:
    """Return a matrix in which the first `count` modules of each line are set."""
    return int(("0" * (side - count) + "1" * count) * side, 2)


def _alike(line: int, side: int) -> int:
    """Return where a module is like the next one in its line."""
    return ~(line ^ (line >> 1)) & _first(side, side - 1)


def _runs(line: int, side: int) -> int:
    """Rule 1: three points for five alike in a line, one more for each that follows."""
    pairs = _alike(line, side)
    fives = pairs & (pairs >> 1) & (pairs >> 2) & (pairs >> 3)
    begins = fives & ~(fives << 1)
    return fives.bit_count() + 2 * begins.bit_count()


def _blocks(rows: int, side: int) -> int:
    """Rule 2: three points for each square of two by two alike."""
    pairs = _alike(rows, side)
    below = ~(rows ^ (rows >> side)) & ((1 << side * (side - 1)) - 1)
    return 3 * (pairs & (pairs >> side) & below).bit_count()


def _finders(line: int, side: int) -> int:
    """Rule 3: forty points for what looks like a finder with four light modules beside it."""
    light = ~line

    def are(dark: Iterable[int], pale: Iterable[int]) -> int:
        found = starts
        for place in dark:
            found &= line >> place
        for place in pale:
            found &= light >> place
        return found.bit_count()

    starts = _first(side, side - 10)
    before = are((0, 2, 3, 4, 6), (1, 5, 7, 8, 9, 10))
    return 40 * (before + are((4, 6, 7, 8, 10), (0, 1, 2, 3, 5, 9)))
