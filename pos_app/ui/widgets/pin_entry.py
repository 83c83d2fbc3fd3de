"""What is keyed of a PIN, kept apart from everything that is shown or written down."""

from __future__ import annotations


class PinEntry:
    """The digits keyed so far. Neither `repr` nor `str` tells them or how many there are.

    Args:
        length: digits of the whole PIN, 4 to 8.
    """

    def __init__(self, length: int = 4) -> None:
        self._digits = ""
        self._length = length

    def __repr__(self) -> str:
        return "PinEntry(…)"

    @property
    def length(self) -> int:
        """Digits of the whole PIN."""
        return self._length

    @property
    def keyed(self) -> int:
        """How many digits have been keyed."""
        return len(self._digits)

    @property
    def is_complete(self) -> bool:
        """Whether all of them have."""
        return len(self._digits) >= self._length

    def key(self, digit: str) -> None:
        """Take one digit; those after the last one are ignored."""
        if not self.is_complete:
            self._digits += digit

    def take_back(self) -> None:
        """Forget the last digit."""
        self._digits = self._digits[:-1]

    def clear(self, length: int | None = None) -> None:
        """Forget all digits, and expect a PIN of `length` digits if it is given."""
        self._digits = ""
        self._length = length or self._length

    def hand_over(self) -> str:
        """Return the PIN for the one call that checks it, and forget it here."""
        pin, self._digits = self._digits, ""
        return pin
