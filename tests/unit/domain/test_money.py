"""Money is whole minor units of one currency, and never anything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.currencies import CURRENCIES, UnknownCurrencyError, minor_digits
from pos_app.domain.errors import AmountError
from pos_app.domain.money import Money

currencies = st.sampled_from(sorted(CURRENCIES))
minors = st.integers(-(10**12), 10**12)


@st.composite
def pairs(draw):
    currency = draw(currencies)
    return Money(draw(minors), currency), Money(draw(minors), currency)


@given(currencies, st.integers(0, 10**11))
def test_plain_text_is_read_back_as_the_same_amount(currency, minor):
    money = Money(minor, currency)
    assert Money.parse(money.plain, currency) == money


@given(currencies, minors)
def test_plain_text_says_the_decimal_value(currency, minor):
    assert Decimal(Money(minor, currency).plain) == Decimal(minor).scaleb(-minor_digits(currency))


@given(pairs())
def test_what_is_added_can_be_taken_away_again(pair):
    one, other = pair
    assert one + other - other == one
    assert (one + other).minor == one.minor + other.minor
    assert one + other == other + one


@given(pairs())
def test_order_is_that_of_the_minor_units(pair):
    one, other = pair
    assert (one < other) == (one.minor < other.minor)
    assert (one <= other) == (one.minor <= other.minor)
    assert (one > other) == (one.minor > other.minor)


@given(currencies, minors, st.integers(0, 999))
def test_many_of_one_are_that_often_added(currency, minor, times):
    assert Money(minor, currency) * times == Money(minor * times, currency)


@given(currencies, st.one_of(st.floats(), st.booleans(), st.decimals(), st.text(), st.none()))
def test_minor_units_are_integers_only(currency, minor):
    with pytest.raises(TypeError):
        Money(minor, currency)


@pytest.mark.parametrize("factor", [1.5, 2.0, Decimal(2), "2"])
def test_a_product_with_anything_but_a_whole_number_is_refused(factor):
    with pytest.raises(TypeError):
        Money(100, "USD") * factor


@pytest.mark.parametrize("number", [1, 1.0, Decimal(1)])
def test_a_bare_number_is_not_an_amount(number):
    with pytest.raises((TypeError, AttributeError)):
        Money(100, "USD") + number
    assert Money(100, "USD") != 100


def test_different_currencies_neither_add_up_nor_compare():
    usd, hkd = Money(100, "USD"), Money(100, "HKD")
    for work in (lambda: usd + hkd, lambda: usd - hkd, lambda: usd < hkd, lambda: usd <= hkd):
        with pytest.raises(ValueError, match="USD and HKD"):
            work()
    assert usd != hkd


def test_a_currency_that_does_not_exist_holds_no_money():
    with pytest.raises(UnknownCurrencyError):
        Money(100, "RMB")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("42.5", "USD", 4250),
        ("42.", "USD", 4200),
        (" 1284.60 ", "USD", 128460),
        ("0", "USD", 0),
        ("1200", "JPY", 1200),
        ("1.234", "KWD", 1234),
        ("0.0001", "CLF", 1),
    ],
)
def test_plain_decimals_are_read_with_the_currencys_own_digits(text, currency, minor):
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "USD"),
        (".5", "USD"),
        ("1.234", "USD"),
        ("1.0", "JPY"),
        ("-1", "USD"),
        ("+1", "USD"),
        ("1e3", "USD"),
        ("1,284.60", "USD"),
        ("1 284", "USD"),
        ("12.3.4", "USD"),
        ("nan", "USD"),
        ("0x10", "USD"),
        ("1_000", "USD"),
        ("1234567890123", "USD"),
    ],
)
def test_what_is_no_plain_amount_is_refused_and_named(text, currency):
    with pytest.raises(AmountError) as caught:
        Money.parse(text, currency)
    assert currency in str(caught.value)


@given(currencies, st.text())
def test_any_text_is_an_amount_or_refused(currency, text):
    try:
        money = Money.parse(text, currency)
    except AmountError:
        return
    assert money.minor >= 0


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(128460, "USD"), "US$ 1,284.60"),
        (Money(5, "USD"), "US$ 0.05"),
        (Money(-105, "HKD"), "HK$ −1.05"),
        (Money(1234567, "KRW"), "₩ 1,234,567"),
        (Money(1500, "KWD"), "KWD 1.500"),
    ],
)
def test_people_see_mark_groups_and_decimals(money, shown):
    assert str(money) == shown


def test_nothing_is_false_and_anything_else_is_true():
    assert not Money.zero("USD")
    assert Money(-1, "USD")
    assert Money(1, "USD")
