"""Names that are longer than their place."""

import pytest
from PySide6.QtGui import QColor

from pos_app.ui import theme
from pos_app.ui.widgets.short_label import ShortLabel

TEAPOT = "Hand painted porcelain teapot with two cups"


@pytest.fixture
def make(qapp, qtbot):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())

    def made(text, width, **more):
        label = ShortLabel(text, "bodyStrong", **more)
        qtbot.addWidget(label)
        label.resize(width, 60)
        label.show()
        return label

    return made


def test_a_name_that_fits_is_shown_whole(make):
    assert make("Jasmine tea tin", 200).shown_lines() == ["Jasmine tea tin"]


def test_a_longer_one_ends_in_an_ellipsis(make):
    (line,) = make(TEAPOT, 150).shown_lines()
    assert line.startswith("Hand")
    assert line.endswith("…")


def test_two_lines_break_between_words_and_only_the_last_is_cut(make):
    first, second = make(TEAPOT, 110, lines=2).shown_lines()
    assert TEAPOT.startswith(f"{first} ")
    assert second.endswith("…")
    assert make("Silk scarf", 110, lines=2).shown_lines() == ["Silk scarf"]


def test_the_whole_name_stays_for_assistive_tools(make):
    assert make(TEAPOT, 80).text() == TEAPOT


def test_it_gives_way_in_width_and_keeps_its_height(make):
    label = make(TEAPOT, 80, lines=2)
    assert label.minimumSizeHint().width() == 1
    assert label.minimumSizeHint().height() == 2 * label.fontMetrics().lineSpacing()


def test_it_is_painted_in_the_colour_of_its_role(make):
    picture = make("Jasmine tea tin", 200, shade="bad").grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert QColor(theme.current().bad).name() in colours


def test_nothing_to_say_is_no_line(make):
    assert make("", 100).shown_lines() in ([], [""])
