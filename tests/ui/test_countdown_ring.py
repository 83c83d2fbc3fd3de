"""The ring empties with the code's life, turns in the last minute, and speaks twice."""

import pytest

from pos_app.ui import theme
from pos_app.ui.widgets import countdown_ring
from pos_app.ui.widgets.countdown_ring import CountdownRing


@pytest.fixture
def ring(qtbot):
    widget = CountdownRing()
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    return widget


@pytest.fixture
def spoken(monkeypatch):
    heard = []
    monkeypatch.setattr(countdown_ring, "announce", lambda _widget, text: heard.append(text))
    return heard


def colour_at(ring, x, y):
    return ring.grab().toImage().pixelColor(x, y).name().upper()


def test_it_is_124_px(ring):
    assert ring.sizeHint().width() == theme.px(124)


@pytest.mark.parametrize(("left", "fraction"), [(300, 1.0), (150, 0.5), (0, 0.0), (400, 1.0)])
def test_it_is_filled_by_what_is_left(ring, left, fraction):
    ring.show_left(left, 300)
    assert ring.fraction() == fraction


def test_it_empties_clockwise_from_the_top(ring):
    ring.show_left(150, 300)
    primary, track = theme.color("primary").name().upper(), theme.color("key2").name().upper()
    assert colour_at(ring, 119, 62) == primary  # at three o'clock
    assert colour_at(ring, 4, 62) == track  # at nine o'clock


def test_the_last_minute_is_amber(ring):
    ring.show_left(61, 300)
    assert not ring.is_low
    ring.show_left(60, 300)
    assert ring.is_low
    ring.show_left(50, 60)
    assert colour_at(ring, 119, 62) == theme.color("warn").name().upper()


def test_it_is_spoken_at_60_and_10_seconds_only(ring, spoken):
    for left in range(65, -1, -1):
        ring.show_left(left, 300)
    assert spoken == ["Time left 1 minutes 0 seconds", "Time left 0 minutes 10 seconds"]


def test_a_skipped_second_is_spoken_all_the_same(ring, spoken):
    for left in (62, 59, 57):
        ring.show_left(left, 300)
    assert spoken == ["Time left 0 minutes 59 seconds"]


def test_the_same_second_is_not_painted_twice(ring, qtbot, monkeypatch):
    ring.show_left(252, 300)
    updates = []
    monkeypatch.setattr(ring, "update", lambda: updates.append(True))
    ring.show_left(252, 300)
    assert updates == []
    ring.show_left(251, 300)
    assert updates == [True]


def test_its_name_says_the_time(ring):
    ring.show_left(252, 300)
    assert ring.accessibleName() == "Time left 4 minutes 12 seconds"
