import pytest

from pos_app.domain.currencies import CURRENCIES, UnknownCurrencyError, mark, minor_digits


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("USD", 2),
        ("CNY", 2),
        ("HKD", 2),
        ("TWD", 2),
        ("IDR", 2),
        ("PHP", 2),
        ("KRW", 0),
        ("JPY", 0),
        ("VND", 0),
        ("KWD", 3),
        ("CLF", 4),
    ],
)
def test_minor_digits_are_those_of_iso_4217(code, digits):
    assert minor_digits(code) == digits


@pytest.mark.parametrize("code", ["", "usd", "XAU", "XXX", "XTS", "RMB", "US$"])
def test_a_code_without_a_minor_unit_is_refused_with_a_plain_sentence(code):
    with pytest.raises(UnknownCurrencyError) as caught:
        minor_digits(code)
    assert caught.value.code == code
    assert str(caught.value) == f"“{code}” isn't a currency code that this till knows."


def test_the_table_holds_every_currency_with_a_minor_unit_and_only_codes():
    assert len(CURRENCIES) > 160
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert set(CURRENCIES.values()) <= {0, 2, 3, 4}


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        CURRENCIES["USD"] = 3


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("USD", "US$"),
        ("HKD", "HK$"),
        ("TWD", "NT$"),
        ("CNY", "CN¥"),
        ("JPY", "JP¥"),
        ("KRW", "₩"),
        ("IDR", "Rp"),
        ("PHP", "₱"),
        ("SGD", "S$"),
        ("EUR", "€"),
        ("GBP", "£"),
        ("CHF", "CHF"),
    ],
)
def test_marks_tell_dollars_apart_and_fall_back_to_the_code(code, shown):
    assert mark(code) == shown
