"""The table of payment methods."""

import re

import pytest

from pos_app.domain.currencies import CURRENCIES
from pos_app.domain.methods import METHODS, PaymentMethod


def test_every_method_is_in_the_table_in_the_order_of_its_f_key():
    assert list(METHODS) == [
        PaymentMethod.ALIPAY,
        PaymentMethod.WECHATPAY,
        PaymentMethod.ALIPAY_HK,
        PaymentMethod.UPOP,
        PaymentMethod.CC,
        PaymentMethod.DANA,
        PaymentMethod.GCASH,
        PaymentMethod.JKOPAY,
        PaymentMethod.KAKAOPAY,
    ]
    assert list(METHODS) == list(PaymentMethod)


@pytest.mark.parametrize(
    ("method", "currency"),
    [
        (PaymentMethod.ALIPAY_HK, "HKD"),
        (PaymentMethod.DANA, "IDR"),
        (PaymentMethod.GCASH, "PHP"),
        (PaymentMethod.JKOPAY, "TWD"),
        (PaymentMethod.KAKAOPAY, "KRW"),
    ],
)
def test_a_wallet_with_a_currency_of_its_own_takes_only_that(method, currency):
    assert METHODS[method].currency("USD") == currency
    assert METHODS[method].currency("EUR") == currency


@pytest.mark.parametrize("store", ["USD", "EUR", "JPY"])
@pytest.mark.parametrize(
    "method",
    [PaymentMethod.ALIPAY, PaymentMethod.WECHATPAY, PaymentMethod.UPOP, PaymentMethod.CC],
)
def test_the_others_take_the_stores_currency(method, store):
    assert METHODS[method].currency(store) == store


@pytest.mark.parametrize("method", PaymentMethod)
def test_every_method_can_be_shown_and_counted(method):
    traits = METHODS[method]
    assert traits.name
    assert bool(traits.glyph) != traits.is_card
    assert re.fullmatch(r"#[0-9A-F]{6}", traits.glyph_fill)
    assert re.fullmatch(r"#[0-9A-F]{6}", traits.glyph_ink)
    assert traits.wallet_currency in {None, *CURRENCIES}


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        METHODS[PaymentMethod.ALIPAY] = METHODS[PaymentMethod.CC]
