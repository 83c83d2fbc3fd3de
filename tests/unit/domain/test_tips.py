"""Tips by percentages: whole minor units, half up, no digits that the currency does not have."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.money import Money
from pos_app.domain.tips import MOST_PERCENT, tip_of


@pytest.mark.parametrize(
    ("price", "percent", "tip"),
    [
        (Money(4250, "USD"), 10, 425),
        (Money(4250, "USD"), 15, 638),  # 637.5
        (Money(4249, "USD"), 10, 425),  # 424.9
        (Money(4244, "USD"), 10, 424),  # 424.4
        (Money(1250, "JPY"), 15, 188),  # 187.5 yen
        (Money(1, "USD"), 10, 0),
        (Money(0, "USD"), 20, 0),
    ],
)
def test_half_a_minor_unit_is_rounded_up(price, percent, tip):
    assert tip_of(price, percent) == Money(tip, price.currency)


@given(
    st.integers(0, 10**12), st.integers(1, MOST_PERCENT), st.sampled_from(["USD", "JPY", "KWD"])
)
def test_it_is_what_decimals_say(minor, percent, currency):
    exact = Decimal(minor) * percent / 100
    rounded = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert tip_of(Money(minor, currency), percent) == Money(rounded, currency)
