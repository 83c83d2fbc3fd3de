"""A barcode scanner and a slow typist: keys that carry the time of the keyboard."""

import itertools

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

SCANNER_MS, PERSON_MS = 10, 120
ENTER = "\r"
_KEYS = {ENTER: Qt.Key.Key_Return}
_started_ms = itertools.count(1_000_000, 1_000_000)


def keys(text, gap_ms=SCANNER_MS):
    """Key presses of `text`, so far apart; `ENTER` in it is that key."""
    at_ms = next(_started_ms)
    for character in text:
        at_ms += gap_ms
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            _KEYS.get(character, Qt.Key(ord(character.upper()))),
            Qt.KeyboardModifier.NoModifier,
            character,
        )
        event.setTimestamp(at_ms)
        yield event


def send(takes_key, text, gap_ms=SCANNER_MS):
    """Offer every key of `text` to `takes_key`."""
    for event in keys(text, gap_ms):
        takes_key(event)
