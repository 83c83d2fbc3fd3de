import argparse
import os
import time
from datetime import UTC, datetime

import pytest

from pos_app.cli import export


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def parsed(*words):
    parser = argparse.ArgumentParser(exit_on_error=False)
    export.add_arguments(parser)
    return parser.parse_args(["charges", *words])


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot change its zone for one process")
@pytest.mark.usefixtures("in_berlin")
@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("2026-07-12", utc(2026, 7, 11, 22)),
        ("2026-07-12T08:00", utc(2026, 7, 12, 6)),
        ("2026-07-12T08:00Z", utc(2026, 7, 12, 8)),
        ("2026-07-12T08:00:00.5+08:00", utc(2026, 7, 12, 0, 0, 0, 500_000)),
    ],
)
def test_days_and_instants_without_a_zone_are_local(words, since):
    assert parsed("--since", words).since == since


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot change its zone for one process")
@pytest.mark.usefixtures("in_berlin")
def test_until_a_day_takes_the_whole_day_even_when_the_clock_is_set_back():
    assert parsed("--until", "2026-10-25").until == utc(2026, 10, 25, 23)
    assert parsed("--since", "2026-10-25").since == utc(2026, 10, 24, 22)


def test_until_an_instant_is_that_instant():
    assert parsed("--until", "2026-07-12T08:00Z").until == utc(2026, 7, 12, 8)


@pytest.mark.parametrize("words", ["yesterday", "2026-02-30", "12.07.2026", "0001-01-01", "", "∞"])
def test_what_is_no_time_is_refused(words):
    with pytest.raises(argparse.ArgumentError, match="neither a day nor an instant"):
        parsed("--since", words)


def test_the_last_day_of_the_calendar_has_no_end():
    with pytest.raises(argparse.ArgumentError, match="neither a day nor an instant"):
        parsed("--until", "9999-12-31")
