"""The open balance: today's charges less today's refunds, per merchant and currency."""

from datetime import UTC, datetime

import pytest

from pos_app.simulator.days import beginning_of_day
from pos_app.simulator.settings import merchant_of

DAY_S = 86_400
NO_BALANCE = "Insufficient funds in open balance."


def test_charges_add_and_refunds_take_away(gateway):
    made = gateway.paid()
    gateway.paid(reference="B", amount="100")
    gateway.new(reference="C")  # never paid
    gateway.refund(made, 1250)
    assert gateway.balances.of(made.merchant) == {"USD": 3100}


def test_currencies_do_not_help_each_other(gateway):
    yen = gateway.paid(currency="JPY", reference="J")
    gateway.clock.advance(DAY_S)
    gateway.paid()
    assert gateway.refund(yen, 1)["status"] == NO_BALANCE


def test_merchants_do_not_help_each_other(gateway_with):
    gateway = gateway_with(tokens=("one", "two"))
    old = gateway.paid(token="one", reference="A")
    gateway.clock.advance(DAY_S)
    gateway.paid(token="two", reference="B")
    assert gateway.refund(old, 1, token="one")["status"] == NO_BALANCE
    assert gateway.balances.of(merchant_of("two")) == {"USD": 4250}


def test_the_day_begins_with_nothing(gateway):
    made = gateway.paid()
    gateway.clock.advance(17 * 3600 + 27 * 60 + 51)  # a second before midnight
    assert gateway.refund(made, 1000)["refunded"] is True
    gateway.clock.advance(1)
    assert gateway.balances.of(made.merchant) == {}
    assert gateway.refund(made, 1000)["status"] == NO_BALANCE


def test_yesterdays_payment_is_refunded_from_todays_charges(gateway):
    old = gateway.paid(reference="A")
    gateway.clock.advance(DAY_S)
    gateway.paid(reference="B", amount="1000")
    assert gateway.refund(old, 1000)["refunded"] is True
    assert gateway.refund(old, 1)["status"] == NO_BALANCE
    assert gateway.balances.of(old.merchant) == {"USD": 0}


def test_the_day_may_begin_elsewhere(gateway_with):
    gateway = gateway_with(time_zone="Asia/Shanghai")  # 14:32:08 there
    made = gateway.paid()
    assert gateway.balances.resets_at() == datetime(2026, 7, 12, 16, tzinfo=UTC)
    gateway.clock.advance(9 * 3600 + 27 * 60 + 51)
    assert gateway.refund(made, 1000)["refunded"] is True
    gateway.clock.advance(1)
    assert gateway.refund(made, 1000)["status"] == NO_BALANCE


def test_what_is_set_counts_from_now_on_and_until_the_day_ends(gateway):
    made = gateway.paid()
    gateway.balances.set(made.merchant, 100, "USD")
    gateway.paid(reference="B", amount="50")
    assert gateway.balances.of(made.merchant) == {"USD": 150}
    gateway.balances.set(made.merchant, 20, "USD")
    gateway.balances.set(made.merchant, 7, "EUR")
    gateway.refund(made, 20)
    assert gateway.balances.of(made.merchant) == {"USD": 0, "EUR": 7}
    gateway.clock.advance(DAY_S)
    assert gateway.balances.of(made.merchant) == {}
    gateway.balances.set(made.merchant, 5, "USD")
    assert gateway.balances.of(made.merchant) == {"USD": 5}


def test_unlimited_refuses_nothing_but_goes_on_counting(gateway):
    made = gateway.paid()
    gateway.clock.advance(DAY_S)
    gateway.balances.is_unlimited = True
    assert gateway.refund(made, 4250)["refunded"] is True
    assert gateway.balances.of(made.merchant) == {"USD": -4250}


@pytest.mark.parametrize(
    ("instant", "zone", "days", "expected"),
    [
        ("2026-07-12T06:32:08+00:00", "UTC", 0, "2026-07-12T00:00:00+00:00"),
        ("2026-07-12T00:00:00+00:00", "UTC", 0, "2026-07-12T00:00:00+00:00"),
        ("2026-07-12T06:32:08+00:00", "UTC", 1, "2026-07-13T00:00:00+00:00"),
        ("2026-07-12T03:00:00+00:00", "America/New_York", 0, "2026-07-11T04:00:00+00:00"),
        # The clocks go back and forth: these days have 25 and 23 hours.
        ("2026-10-25T12:00:00+00:00", "Europe/Zurich", 0, "2026-10-24T22:00:00+00:00"),
        ("2026-10-25T12:00:00+00:00", "Europe/Zurich", 1, "2026-10-25T23:00:00+00:00"),
        ("2026-03-29T12:00:00+00:00", "Europe/Zurich", 1, "2026-03-29T22:00:00+00:00"),
    ],
)
def test_days_begin_at_midnight_where_the_merchant_is(instant, zone, days, expected):
    begun = beginning_of_day(datetime.fromisoformat(instant), zone, days)
    assert begun == datetime.fromisoformat(expected)
    assert begun.tzinfo is UTC
