"""Keying an amount: digits from the right, plain decimals after a point, nine digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.amount_entry import MAX_DIGITS, AmountEntry
from pos_app.domain.money import Money


def press(keys, currency="USD"):
    """Key one after the other, as the keypad does; None keeps the entry, as a refusal does."""
    entry = AmountEntry(currency)
    for key in keys:
        if key == "<":
            entry = entry.without_last()
        elif key == ".":
            entry = entry.with_point() or entry
        else:
            entry = entry.with_digits(key) or entry
    return entry


@pytest.mark.parametrize(
    ("keys", "minor"),
    [
        ("4250", 4250),
        ("42.5", 4250),
        ("42.", 4200),
        (".5", 50),
        ("0.05", 5),
        (["4", "2", "00"], 4200),
        (["42", ".", "00"], 4200),
        ("007", 7),
        ("", 0),
    ],
)
def test_dollars_fill_from_the_right_until_a_point_is_typed(keys, minor):
    assert press(keys).amount == Money(minor, "USD")


def test_a_currency_without_decimals_has_no_point_and_counts_whole_units():
    assert AmountEntry("KRW").with_point() is None
    assert press(["4", "2", "000"], "KRW").amount == Money(42000, "KRW")


def test_a_third_decimal_is_refused_and_keeps_what_was_keyed():
    entry = press("42.50")
    assert entry.with_digits("1") is None
    assert entry.with_digits("00") is None
    assert entry.amount == Money(4250, "USD")


def test_a_second_point_is_refused():
    assert press("4.").with_point() is None


def test_the_tenth_digit_is_refused():
    entry = press("123456789")
    assert entry.amount == Money(123456789, "USD")
    assert entry.with_digits("0") is None
    assert press("12345678").with_digits("00") is None


def test_a_point_is_refused_where_its_decimals_would_pass_nine_digits():
    assert press("1234567").with_point() is not None
    assert press("12345678").with_point() is None


def test_backspace_takes_back_decimals_then_the_point_then_digits():
    assert press("42.5<").amount == Money(4200, "USD")
    assert press("42.5<<").decimals is None
    assert press("42.5<<").amount == Money(42, "USD")
    assert press("42.5<<<").amount == Money(4, "USD")
    assert press("<").is_empty


def test_leading_zeros_key_nothing():
    assert press(["00", "0"]).is_empty


@given(st.lists(st.sampled_from([*"0123456789", "00", ".", "<"]), max_size=30))
def test_no_way_of_keying_passes_nine_digits(keys):
    assert len(str(press(keys).amount.minor)) <= MAX_DIGITS


@given(st.integers(1, 10**MAX_DIGITS - 1), st.sampled_from(["USD", "KRW", "BHD"]))
def test_keying_the_digits_of_an_amount_gives_that_amount(minor, currency):
    assert press(str(minor), currency).amount == Money(minor, currency)


@given(st.integers(1, 10**9 - 1))
def test_an_amount_typed_as_it_is_printed_is_that_amount(minor):
    assert press(Money(minor, "USD").plain).amount.minor == minor
