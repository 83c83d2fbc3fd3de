"""Money and time as the screens write them."""

from datetime import UTC, datetime

import pytest

from pos_app.domain.money import Money
from pos_app.ui import format as words


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(128460, "USD", "US$ 1,284.60"), (4250, "HKD", "HK$ 42.50"), (42500, "KRW", "₩ 42,500")],
)
def test_amounts_carry_their_mark_and_digits(minor, currency, text):
    assert words.amount_text(Money(minor, currency)) == text


def test_times_are_local_and_24_hours(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Asia/Hong_Kong")
    time.tzset()
    try:
        at = datetime(2025, 7, 12, 6, 32, 8, tzinfo=UTC)
        assert words.clock_text(at) == "14:32"
        assert words.clock_text(at, with_seconds=True) == "14:32:08"
        assert words.date_text(at) == "12 Jul 2025"
        assert words.day_text(at) == "Saturday 12 July"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("seconds", "text"), [(252, "4:12"), (45, "0:45"), (0, "0:00"), (-3, "0:00"), (600, "10:00")]
)
def test_time_left_is_minutes_and_seconds(seconds, text):
    assert words.left_text(seconds) == text


def test_time_left_is_read_aloud_in_words():
    assert words.left_words(252) == "Time left 4 minutes 12 seconds"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-1, "0 s ago"), (1, "1 s ago"), (59, "59 s ago"), (60, "1 min ago"), (7200, "2 h ago")],
)
def test_age_is_in_the_largest_fitting_unit(seconds, text):
    assert words.age_text(seconds) == text


def test_long_ids_are_shortened_and_short_ones_kept():
    assert words.short_id("3bfa17aa00ff3e045") == "3bfa…3e045"
    assert words.short_id("3bfa3e045") == "3bfa3e045"
