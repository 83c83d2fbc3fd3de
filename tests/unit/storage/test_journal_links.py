"""The hash of one journal entry: known, and different for whatever differs."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pos_app.storage.journal import FIRST_PREVIOUS, entry_hash

words = st.text(max_size=12)
links = st.tuples(
    words, st.integers(), st.integers(), words, words, st.none() | st.integers(), words, words
)


def test_the_hash_can_be_computed_by_another_program():
    link = ("till:T1:k7", 1, 1_783_851_693_123_456, "charge.paid", "charge:1", None, '{"a":"é"}')
    written = (
        '["till:T1:k7",1,1783851693123456,"charge.paid","charge:1",null,"{\\"a\\":\\"é\\"}","'
        + FIRST_PREVIOUS
        + '"]'
    )
    expected = hashlib.sha256(written.encode()).hexdigest()
    assert entry_hash((*link, FIRST_PREVIOUS)) == expected


@given(links, links)
def test_entries_that_differ_have_different_hashes(one, other):
    assert (entry_hash(one) == entry_hash(other)) == (one == other)


@given(words, words)
def test_text_cannot_move_from_one_member_to_the_next(kind, subject):
    moved = ("w", 1, 2, kind + subject, "", None, "{}", "")
    assert subject == "" or entry_hash(("w", 1, 2, kind, subject, None, "{}", "")) != entry_hash(
        moved
    )
