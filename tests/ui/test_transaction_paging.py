"""A long list: pages come when they are looked at, and few are kept."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from pos_app.domain.history import HistoryStatus
from pos_app.ui.models.transaction_model import KEPT, PAGE, Column
from pos_app.ui.widgets.transaction_columns import (
    REGULAR,
    WIDE,
    WIDEST,
    tracks_for,
    widths_for,
)
from tests.fakes.history import payment
from tests.fakes.payments import LaterBackground
from tests.fakes.transactions import TransactionsDesk

NUMBER = 2_345
PAYMENTS = [payment(HistoryStatus.PAID, n + 1, minutes=(NUMBER - n) // 5) for n in range(NUMBER)]
NEWEST_FIRST = [one.charge.id for one in reversed(PAYMENTS)]


@pytest.fixture
def desk(qtbot):
    desk = TransactionsDesk(qtbot, *PAYMENTS)
    desk.wait(lambda: desk.model.rowCount() == NUMBER)
    return desk


def shown(desk, row):
    desk.table.scrollTo(desk.model.index(row, 0))
    desk.wait(lambda: desk.model.line(row) is not None)
    return desk.model.line(row).charge_id


def test_any_row_that_is_looked_at_is_the_right_one(desk):
    dice = random.Random(7)
    rows = [0, 99, 100, 999, 1000, 1001, NUMBER - 1, *dice.sample(range(NUMBER), 20)]
    assert [shown(desk, row) for row in rows] == [NEWEST_FIRST[row] for row in rows]


def test_few_pages_are_kept(qtbot):
    many = [payment(HistoryStatus.PAID, n + 1, minutes=0) for n in range((KEPT + 4) * PAGE)]
    desk = TransactionsDesk(qtbot, *many)
    desk.wait(lambda: desk.model.rowCount() == len(many))
    for row in range(0, len(many), PAGE):
        shown(desk, row)
    assert len(desk.model._pages) <= KEPT
    assert shown(desk, 0) == len(many)


def test_the_model_keeps_qt_s_rules(desk):
    tester = QAbstractItemModelTester(desk.model)
    desk.change(payment(HistoryStatus.WAITING, NUMBER + 1, minutes=-1))
    desk.wait(lambda: desk.model.rowCount() == NUMBER + 1)
    assert shown(desk, NUMBER) == 1
    desk.page.shown()
    assert tester.model() is desk.model


def test_the_last_row_is_one_key_away(desk):
    desk.press(Qt.Key.Key_End)
    desk.wait(lambda: desk.selected() == "HSG1-0001")
    desk.wait(lambda: desk.find("detailReference") is not None)
    assert desk.table.selected_id == 1


def test_what_is_selected_far_down_stays_so_when_the_list_is_read_again(desk):
    row = 1_500
    shown(desk, row)
    desk.table.select_row(row)
    desk.history.add(payment(HistoryStatus.PAID, NUMBER + 1, minutes=-1))
    desk.page.shown()
    assert desk.table.selected_id == NEWEST_FIRST[row]
    assert desk.table.currentIndex().row() == row + 1


def test_only_the_last_pages_on_the_way_are_read(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, *PAYMENTS, background=background)
    desk.wait(lambda: background.run_all() or desk.model.rowCount() == NUMBER)
    before = len(desk.history.asked)
    for row in range(200, 2_300, 100):
        assert desk.model.line(row + 50) is None
    while background.waiting:
        background.run_all()
    assert len(desk.history.asked) - before <= 4
    assert desk.model.line(2_250) is not None


@pytest.mark.parametrize(("width", "tracks"), [(828, REGULAR), (910, WIDE), (1_300, WIDEST)])
def test_columns_share_the_width_out(width, tracks):
    assert tracks_for(width) is tracks
    widths = widths_for(tracks, width)
    assert sum(widths.values()) == width
    assert all(widths[column] >= track.width for column, track in tracks.items())
    assert Column.AMOUNT in widths
