"""Tell a barcode scanner from a person at the keyboard (ux.md 5, "Barcode scanners")."""

from __future__ import annotations

import time

SCANNER_GAP_MS = 35
"""Scanners type faster than this from character to character; people do not."""
SCAN_LENGTH = 6
"""Fewer characters are never taken for a scan."""
ENTER_GAP_MS = 300
"""How late the Enter of a scan may come; nobody types six characters that fast before it."""
END_GAP_MS = 400
"""Silence for so long ends the scan of a scanner that sends no Enter: later than any Enter of a
scan, which would else be taken for a person's own."""


def now_ms() -> int:
    """Return monotonic milliseconds, for keys that carry no time of their own."""
    return time.monotonic_ns() // 1_000_000


class ScanGuard:
    """Watches the characters of one place where digits are keyed.

    A scan is six or more characters less than 35 ms apart, then Enter. It is never an amount,
    a PIN or a Charge, so whoever asks this also puts back what the characters have changed.
    """

    def __init__(self) -> None:
        self._characters = ""
        self._last_ms = 0

    @property
    def is_new_burst(self) -> bool:
        """Whether the last character began anew: what was before it is worth keeping."""
        return len(self._characters) == 1

    @property
    def looks_like_scan(self) -> bool:
        """Whether only a scanner can have typed the last characters."""
        return len(self._characters) >= SCAN_LENGTH

    @property
    def burst(self) -> str:
        """The last characters, if only a scanner can have typed them, else empty."""
        return self._characters if self.looks_like_scan else ""

    @property
    def is_fast(self) -> bool:
        """Whether the last characters came faster than people type, however few they are."""
        return len(self._characters) > 1

    def character(self, text: str, at_ms: int) -> None:
        """Note a character typed at `at_ms` (any monotonic milliseconds)."""
        if at_ms - self._last_ms < SCANNER_GAP_MS:
            self._characters += text
        else:
            self._characters = text
        self._last_ms = at_ms

    def enter(self, at_ms: int) -> str:
        """Note Enter; returns the code when the characters before it were a scan, else ""."""
        code = self.burst if at_ms - self._last_ms < ENTER_GAP_MS else ""
        self.forget()
        return code

    def forget(self) -> None:
        """Begin anew, as after another key or a press on the screen."""
        self._characters = ""
