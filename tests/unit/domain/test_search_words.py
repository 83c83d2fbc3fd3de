import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.search_words import LONGEST, MOST, kept_words, sought_words


def finds(sought, text):
    kept = kept_words(text)
    return all(any(one.startswith(word) for one in kept) for word in sought_words(sought))


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("umb", "Blue umbrella"),
        ("UMBRELLA blue", "Blue umbrella"),
        ("cafe", "Café, table 12"),
        ("ＣＡＦＥ", "café"),
        ("strasse", "Straße 5"),
        ("雨伞", "一把红色雨伞"),
        ("伞", "红色雨伞 large"),
        ("カフェ", "ｶﾌｪ 12"),
        ("커피", "아이스커피"),
        ("table-12", "table 12"),
    ],
)
def test_a_word_is_found_by_its_begin_whatever_its_script(sought, text):
    assert finds(sought, text)


@pytest.mark.parametrize(("sought", "text"), [("brella", "umbrella"), ("色伞", "红色雨伞")])
def test_other_words_are_not_found(sought, text):
    assert not finds(sought, text)


def test_signs_alone_are_no_words():
    assert sought_words("?! — _") == ()
    assert kept_words(" … ") == ()


@given(st.text())
def test_every_text_is_found_by_itself_unless_it_is_a_book(text):
    assert finds(text, text) or len(kept_words(text)) == MOST


@given(st.text())
def test_words_are_no_longer_than_their_column(text):
    assert all(0 < len(word) <= LONGEST for word in (*kept_words(text), *sought_words(text)))
