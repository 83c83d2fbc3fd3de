"""The focus ring: seen after the keyboard was used, never after the pointer."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import delete

from pos_app.ui.widgets.focus_ring import FocusRing


@pytest.fixture
def window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    column = QVBoxLayout(window)
    window.first, window.second = QPushButton("Put aside"), QPushButton("Check now")
    column.addWidget(window.first)
    column.addWidget(window.second)
    window.ring = FocusRing(window)
    window.show()
    window.activateWindow()
    window.first.setFocus()
    return window


def is_round(ring, target):
    return ring.isVisible() and ring.geometry().contains(target.geometry())


def test_it_is_hidden_until_the_keyboard_moves_the_focus(window):
    assert not window.ring.isVisible()
    window.ring.by_keyboard()
    assert is_round(window.ring, window.first)
    window.second.setFocus()
    assert is_round(window.ring, window.second)


def test_a_pointer_hides_it(window):
    window.ring.by_keyboard()
    window.ring.by_pointer()
    window.second.setFocus()
    assert not window.ring.isVisible()


def test_a_typed_key_shows_it_only_where_the_focus_goes_next(window):
    window.ring.by_keyboard(is_moving=False)
    assert not window.ring.isVisible()
    window.second.setFocus()
    assert is_round(window.ring, window.second)


def test_it_tells_a_walk_from_a_focus_that_the_program_set(window):
    window.ring.by_keyboard()
    window.second.setFocus()
    assert window.ring.is_walked_to
    window.ring.key_over()
    window.first.setFocus()
    assert not window.ring.is_walked_to


def test_it_follows_a_target_that_moves_and_forgets_one_that_goes(window):
    window.ring.by_keyboard()
    window.second.setFocus()
    window.resize(700, 500)
    assert is_round(window.ring, window.second)
    window.second.hide()
    assert not is_round(window.ring, window.second)
    delete(window.second)
    window.ring.by_keyboard()


def test_it_follows_what_its_target_stands_in(window):
    card = QWidget(window)
    button = QPushButton("Check now", card)
    card.setGeometry(50, 50, 200, 60)
    card.show()
    window.ring.by_keyboard()
    button.setFocus()
    before = window.ring.geometry()
    card.move(50, 200)
    assert window.ring.geometry() == before.translated(0, 150)


def test_a_whole_page_with_the_focus_gets_no_ring(window, qtbot):
    page = QWidget(window)
    page.setGeometry(window.rect())
    page.show()
    window.ring.by_keyboard()
    page.setFocus()
    assert not window.ring.isVisible()


def test_a_ring_that_is_being_taken_apart_looks_at_nothing(window):
    vars(window.ring).clear()  # as Python does before Qt has sent its last events
    window.second.setFocus()
    assert not window.ring.eventFilter(window.first, QEvent(QEvent.Type.Hide))
