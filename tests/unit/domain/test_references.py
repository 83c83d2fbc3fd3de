"""References fit the gateway, say where they come from and do not repeat."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.references import (
    charge_reference,
    is_till_code,
    new_reference,
    random_tail,
    refund_reference,
    short_reference,
)

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE_32 = CAPITALS + "234567"
till_codes = st.text(CAPITALS + "0123456789", min_size=1, max_size=4)
tails = st.text(BASE_32, min_size=4, max_size=4)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
numbers = st.integers(1, 10**9)


@given(till_codes, days, numbers, tails)
def test_a_reference_has_at_most_twenty_safe_characters(till_code, on, number, tail):
    reference = new_reference(till_code, on, number, tail)
    assert len(reference) <= 20
    assert re.fullmatch(r"[A-Z0-9]{1,4}-[0-9]{10}-[A-Z2-7]{4}", reference)
    assert reference.startswith(f"{till_code}-{on:%y%m%d}{number % 10_000:04}-")
    assert reference.endswith(tail)


@given(till_codes, days, numbers, tails)
def test_people_see_the_till_and_the_number(till_code, on, number, tail):
    short = short_reference(new_reference(till_code, on, number, tail))
    assert short == f"{till_code}-{number % 10_000:04}"


@given(till_codes, days, st.lists(numbers, min_size=2, max_size=2), tails)
def test_two_numbers_of_a_day_are_two_references(till_code, on, pair, tail):
    one, other = (new_reference(till_code, on, number, tail) for number in pair)
    assert (one == other) == ((pair[0] - pair[1]) % 10_000 == 0)


def test_the_example_of_the_design():
    reference = new_reference("HSG1", date(2026, 7, 12), 87, "K7QX")
    assert reference == "HSG1-2607120087-K7QX"
    assert short_reference(reference) == "HSG1-0087"


@given(st.text(max_size=30))
def test_a_foreign_reference_is_shown_as_it_is(text):
    if not re.fullmatch(r"[A-Z0-9]{1,4}-\d{10}-[A-Z2-7]{4}", text):
        assert short_reference(text) == text


@given(tails, st.integers(1, 12))
def test_a_refund_tells_its_charge(tail, number):
    reference = new_reference("HSG1", date(2026, 7, 12), 87, tail)
    assert charge_reference(refund_reference(reference, number)) == reference


def test_random_tails_are_base_32_and_differ():
    made = {random_tail() for _ in range(500)}
    assert len(made) > 490
    assert all(re.fullmatch(r"[A-Z2-7]{4}", tail) for tail in made)
    assert set("".join(made)) == set(BASE_32)


@given(st.text(max_size=6))
def test_a_till_code_is_one_to_four_capitals_or_digits(text):
    is_one = 1 <= len(text) <= 4 and all(letter in CAPITALS + "0123456789" for letter in text)
    assert is_till_code(text) == is_one


@given(till_codes, days, numbers, tails, st.integers(1, 999))
def test_a_refund_is_named_after_its_charge(till_code, on, number, tail, refund):
    charge = new_reference(till_code, on, number, tail)
    reference = refund_reference(charge, refund)
    assert reference == f"{charge}-R{refund}"
    assert short_reference(reference) == f"{short_reference(charge)}-R{refund}"
