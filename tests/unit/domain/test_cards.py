"""Cards as they are keyed: what is wrong with them, and that nothing shows or keeps them."""

import copy
import pickle
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos_app.domain.cards import CardPart, CardProblem, KeyedCard, passes_luhn
from pos_app.domain.customers import Customer, Purchase

TODAY = date(2026, 11, 20)
VISA = b"4242424242424242"
N, M, Y, C = CardPart
MISSING, NOT_RIGHT, PAST = CardProblem
DIGITS = st.text("0123456789", min_size=11, max_size=18)


def card(number=VISA, month=b"12", year=b"2030", cvv=b"123"):
    return KeyedCard(number, month, year, cvv)


def problems(**parts):
    return card(**parts).problems(TODAY)


def completed(digits):
    """`digits` with the last digit that fits."""
    return next(whole for last in "0123456789" if passes_luhn(whole := (digits + last).encode()))


@pytest.mark.parametrize(
    "number",
    [
        VISA, b"4000000000000002", b"4000 0025 0000 3155", b"5555-5555-5555-4444",
        b"2223003122003222", b"6011111111111117", b"36227206271667", b"3566002020360505",
        b"4222222222222", b"6200000000000005", b"501800000009",
    ],
)  # fmt: skip
def test_numbers_of_the_known_brands_are_right(number):
    assert problems(number=number) == {}


def test_american_express_has_fifteen_digits_and_four_check_digits():
    assert problems(number=b"378282246310005", cvv=b"1234") == {}
    assert problems(number=b"378282246310005") == {C: NOT_RIGHT}
    assert problems(cvv=b"1234") == {C: NOT_RIGHT}


@pytest.mark.parametrize(
    "number",
    [b"4242424242424241", b"42424242424242", b"50180000000", b"4242x24242424242", b"5" * 20, b"4"],
)
def test_other_numbers_are_not(number):
    assert problems(number=number) == {N: NOT_RIGHT}


@given(DIGITS)
def test_exactly_one_last_digit_fits_any_number(digits):
    fitting = [last for last in "0123456789" if passes_luhn((digits + last).encode())]
    assert len(fitting) == 1


@given(DIGITS, st.integers(0, 18), st.integers(1, 9))
def test_a_single_wrong_digit_is_always_noticed(digits, place, more):
    number = bytearray(completed(digits))
    place %= len(number)
    number[place] = ord("0") + (number[place] - ord("0") + more) % 10
    assert not passes_luhn(number)


@given(DIGITS, st.integers(0, 16))
def test_two_digits_in_the_wrong_order_are_noticed(digits, place):
    """All but 09 and 90, which the formula cannot tell apart."""
    number = bytearray(completed(digits))
    place %= len(number) - 1
    pair = {number[place], number[place + 1]}
    assume(len(pair) == 2 and pair != set(b"09"))
    number[place], number[place + 1] = number[place + 1], number[place]
    assert not passes_luhn(number)


@given(st.integers(1, 12), st.integers(2000, 2099), st.dates(date(2000, 1, 1), date(2074, 12, 31)))
def test_a_card_is_good_to_the_end_of_its_month(month, year, today):
    found = card(month=f"{month}".encode(), year=f"{year}".encode()).problems(today)
    is_past = (year, month) < (today.year, today.month)
    assert (PAST in found.values()) is is_past
    assert (found == {}) is (not is_past and year <= today.year + 25)


def test_what_has_run_out_is_told_where_it_shows():
    assert problems(month=b"10", year=b"26") == {M: PAST}
    assert problems(month=b"11", year=b"26") == {}
    assert problems(month=b"12", year=b"2025") == {Y: PAST}


@pytest.mark.parametrize("month", [b"0", b"00", b"13", b"012", b"1a", b" 1"])
def test_there_are_twelve_months(month):
    assert problems(month=month) == {M: NOT_RIGHT}


@pytest.mark.parametrize("year", [b"3", b"203", b"20300", b"2099", b"x0"])
def test_a_year_has_two_digits_or_four(year):
    assert problems(year=year) == {Y: NOT_RIGHT}


def test_every_part_must_be_there():
    empty = KeyedCard(b" ", b"", b"", b"")
    assert empty.problems(TODAY) == dict.fromkeys(CardPart, MISSING)


def test_the_request_gets_plain_digits_two_of_the_month_and_four_of_the_year():
    keyed = card(number=b"4242 4242-4242 4242", month=b"7", year=b"31")
    assert keyed.reveal() == ("4242424242424242", "07", "2031", "123")


def test_nothing_shows_it_and_it_cannot_be_copied():
    keyed = card(cvv=b"987")
    purchase = Purchase(Customer("A", "B", "c", "d", "US"), (), keyed)
    shown = f"{keyed} {keyed!r} {purchase!r} {[keyed]}"
    assert not any(part in shown for part in ("4242", "987", "2030"))
    for copied in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="written down"):
            copied(keyed)


def test_once_wiped_nothing_is_left_of_it():
    keyed = card()
    buffers = list(keyed._parts.values())
    keyed.wipe()
    keyed.wipe()
    assert keyed.is_wiped
    assert buffers == [bytearray()] * 4
    with pytest.raises(LookupError):
        keyed.reveal()
    assert keyed.problems(TODAY) == dict.fromkeys(CardPart, MISSING)


@pytest.mark.parametrize(
    "said",
    [
        "card 4242424242424242 declined", "4242 4242 4242 4242", "4242-4242-4242-4242?",
        "cvv 987 is wrong", "expires 12/30", "expires 12/2030", "1230", "2030-12", "2030 / 12",
    ],
)  # fmt: skip
def test_a_service_that_repeats_the_card_is_not_repeated(said):
    masked = card(cvv=b"987").masked(said)
    assert "•••" in masked
    assert not any(part in masked for part in ("4242", "987", "12/", "1230", "2030"))


def test_other_numbers_stay_in_what_a_service_says():
    keyed = card(cvv=b"987")
    assert keyed.masked("order 19870 refused, code 4071") == "order 19870 refused, code 4071"
    keyed.wipe()
    assert keyed.masked("anything") == "anything"
