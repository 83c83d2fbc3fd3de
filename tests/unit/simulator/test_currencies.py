"""Amounts as the customer's page writes them."""

import pytest

from pos_app.simulator import currencies


@pytest.mark.parametrize(
    ("amount_minor", "currency", "text"),
    [
        (4250, "USD", "42.50"),
        (5, "USD", "0.05"),
        (128460, "HKD", "1,284.60"),
        (4250, "KRW", "4,250"),
        (1, "JPY", "1"),
        (1234, "KWD", "1.234"),
    ],
)
def test_decimals_are_the_currencys(amount_minor, currency, text):
    assert currencies.decimals(amount_minor, currency) == text


def test_mark_is_the_code_where_there_is_no_other():
    assert (currencies.mark("USD"), currencies.mark("CHF")) == ("US$", "CHF")


def test_only_currencies_of_the_table_are_known():
    assert currencies.is_known("TWD")
    assert not currencies.is_known("twd")
    assert not currencies.is_known("XXX")
