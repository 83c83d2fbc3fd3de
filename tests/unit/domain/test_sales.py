"""What a sale adds up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine

lines = st.lists(
    st.builds(
        SaleLine,
        name=st.text(max_size=5),
        quantity=st.integers(1, 999),
        unit_price=st.integers(0, 10**7).map(lambda minor: Money(minor, "USD")),
    )
)


@given(lines)
def test_the_total_is_the_sum_of_what_the_lines_cost(lines):
    sale = Sale(tuple(lines))
    expected = sum(line.quantity * line.unit_price.minor for line in lines)
    assert sale.total("USD") == Money(expected, "USD")
    assert sale.count == sum(line.quantity for line in lines)


def test_an_empty_sale_costs_nothing_in_any_currency():
    assert Sale(()).total("JPY") == Money.zero("JPY")
    assert Sale(()).count == 0


def test_lines_in_another_currency_are_not_added_up():
    sale = Sale((SaleLine("", 1, Money(100, "HKD")),))
    with pytest.raises(ValueError, match="do not add up"):
        sale.total("USD")
