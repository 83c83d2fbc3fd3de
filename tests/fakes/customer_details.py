"""Who buys by card, typed into the dialog that asks."""

from pos_app.ui.theme.tokens import LIGHT
from tests.fakes.waiting import until

DETAILS = ("Anastasia", "Lopezhova", "ana@example.com", "5550199")
KEY_NAMES = {"@": "at", ".": "period"}


def fill_in_customer(screen):
    """Wait for the dialog and fill it in."""
    until(lambda: screen.count(LIGHT.rail) == 0, "the dialog over its scrim")
    for text in DETAILS[:-1]:
        screen.press(*keys(text), "Tab")
    screen.press(*keys(DETAILS[-1]))


def keys(text):
    """What to press for a text."""
    return [KEY_NAMES.get(character, character) for character in text]
