"""Amounts shrink to fit and are never cut."""

import pytest
from PySide6.QtWidgets import QWidget

from pos_app.domain.money import Money
from pos_app.ui import theme
from pos_app.ui.widgets.money_label import STEPS, MoneyLabel


@pytest.fixture
def label(qapp, qtbot):
    theme.load_fonts()
    theme.apply(qapp, theme.Look())
    outer = QWidget()
    qtbot.addWidget(outer)
    label = MoneyLabel("moneyL", parent=outer)
    label.outer = outer
    return label


def test_it_says_the_amount_with_its_mark(label):
    label.set_amount(Money(128460, "USD"))
    assert label.text() == label.accessibleName() == "US$ 1,284.60"


def test_it_has_its_full_size_where_there_is_room(label):
    label.set_amount(Money(4250, "USD"))
    label.resize(label.sizeHint())
    assert label.shown_px() == 60


@pytest.mark.parametrize("width", [100, 150, 200, 250, 300, 400])
def test_it_fits_the_width_in_steps(label, width):
    label.set_amount(Money(123456789, "USD"))
    label.resize(width, 80)
    shown = label.shown_px()
    assert shown in STEPS
    assert label._width(shown) <= width or shown == STEPS[-1]
    larger = [step for step in STEPS if step > shown]
    assert all(label._width(step) > width for step in larger)


def test_the_digits_are_painted(label):
    label.set_amount(Money(4250, "USD"))
    label.resize(label.sizeHint())
    image = label.grab().toImage()
    seen = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert theme.LIGHT.text.lower() in seen


def test_what_is_being_typed_is_shown_as_it_is(label):
    label.set_text("US$", "42.")
    assert label.text() == "US$ 42."
