"""What a card page says about what was typed, and which bank it then asks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.simulator.card_form import EXPIRY, TEST_CARDS, Bank, filled, read
from tests.fakes.jpay import PAYING

NOW = datetime(2026, 7, 31, 23, 0, tzinfo=UTC)


def typed(**changes):
    return read({**PAYING, **changes}, NOW)


@pytest.mark.parametrize("card", TEST_CARDS, ids=lambda card: card.id)
@pytest.mark.parametrize("between", ["", " ", "-"])
def test_the_bank_of_a_test_card_is_found_however_it_is_typed(card, between):
    form = typed(number=card.number.replace(" ", between), expiry=EXPIRY)
    assert (form.bank, form.wrong) == (card.bank, {})


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("", "Type the number"),
        ("4242 4242 4242 4243", "check its digits"),
        ("4242", "check its digits"),
        ("4242 4242 4242 424x", "check its digits"),
        ("４２４２４２４２４２４２４２４２", "check its digits"),
        ("4111 1111 1111 1111", "isn’t a test card"),
    ],
)
def test_no_other_number_is_taken(number, word):
    form = typed(number=number)
    assert word in form.wrong["number"]
    assert (form.bank, form.focus, form.number) == (None, "number", number)


@given(place=st.integers(0, 15), digit=st.integers(0, 9))
def test_one_wrong_digit_is_seen_by_the_check_digit(place, digit):
    right = "4242424242424242"
    form = typed(number=f"{right[:place]}{digit}{right[place + 1 :]}")
    is_right = int(right[place]) == digit
    assert ("check its digits" in form.wrong.get("number", "")) is not is_right


@pytest.mark.parametrize(
    ("expiry", "word"),
    [
        ("07/26", ""),
        ("7/26", ""),
        ("12 / 2030", ""),
        ("1230", ""),
        ("06/26", "has expired"),
        ("12/25", "has expired"),
        ("13/30", "Type month and year"),
        ("00/30", "Type month and year"),
        ("", "Type month and year"),
        ("soon", "Type month and year"),
    ],
)
def test_a_card_is_good_to_the_end_of_its_month(expiry, word):
    said = typed(expiry=expiry).wrong.get("expiry", "")
    assert word in said
    assert bool(said) is bool(word)


@pytest.mark.parametrize(("cvv", "is_wrong"), [("739", False), ("7394", False), ("73", True)])
def test_the_security_code_is_looked_at_and_kept_nowhere(cvv, is_wrong):
    form = typed(cvv=cvv, expiry="")
    assert ("cvv" in form.wrong) is is_wrong
    assert cvv not in f"{form.number} {form.expiry} {form.wrong}"


def test_what_was_typed_is_not_in_what_a_log_would_show():
    assert "4242" not in repr(typed())


def test_filling_in_leaves_only_the_security_code_to_be_typed():
    form = filled("bad")
    assert (form.number, form.expiry, form.focus) == (TEST_CARDS[2].number, EXPIRY, "cvv")
    assert read({"number": form.number, "expiry": form.expiry, "cvv": "1"}, NOW).focus == "cvv"
    assert typed(number=form.number).bank is Bank.DECLINES
    assert filled("stolen").number == ""


def test_endless_input_is_not_shown_in_full():
    assert len(typed(number="4" * 10_000).number) == 40
