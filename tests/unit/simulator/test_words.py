"""The languages of the customer's pages."""

import re

import pytest

from pos_app import resources
from pos_app.simulator import words
from pos_app.simulator.card_form import TEST_CARDS, read
from pos_app.simulator.methods import METHODS
from tests.unit.simulator.test_card_form import NOW

SAID = re.compile(r'\bt\("([^"]+)"')


def said():
    """Everything that the pages say."""
    found = set()
    for file in resources.path("simulator").glob("*.html"):
        found |= set(SAID.findall(file.read_text(encoding="utf-8")))
    forms = ({}, {"number": "1"}, {"number": "4111111111111111", "expiry": "1/20"})
    for form in forms:
        found |= set(read(form, NOW).wrong.values())
    return found | {card.name for card in TEST_CARDS}


def test_everything_that_the_pages_say_is_there_in_chinese_and_nothing_else():
    assert set(words.IN_CHINESE) - {method.name for method in METHODS.values()} == said()


@pytest.mark.parametrize("english", [text for text in words.IN_CHINESE if "{" in text])
def test_values_are_in_both_languages_in_their_places(english):
    names = re.findall(r"{(\w+)}", english)
    values = {name: f"<{name}>" for name in names}
    for language in (words.ENGLISH, words.CHINESE):
        text = words.translator(language)(english, **values)
        assert all(value in text for value in values.values())


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", words.ENGLISH),
        ("zh-CN,zh;q=0.9,en;q=0.8", words.CHINESE),
        ("zh-TW", words.CHINESE),
        ("en-GB, zh;q=0.5", words.ENGLISH),
        ("en;q=0.2, zh;q=0.7", words.CHINESE),
        ("fr, zh;q=0.1", words.CHINESE),
        ("zh;q=0, fr", words.ENGLISH),
        ("de-DE,*;q=0.5", words.ENGLISH),
        ("zha, ;;;, zh;q=9", words.ENGLISH),
    ],
)
def test_the_browsers_favourite_is_spoken(accepted, language):
    assert words.language_of(accepted) == language
