"""Finding payments: search, chips, and their lists."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.domain.history import HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.ui.models.status_words import STATUSES
from pos_app.ui.widgets.date_range import DateRange, Span, range_text
from tests.fakes.history import payment
from tests.fakes.payments import LaterBackground
from tests.fakes.transactions import TransactionsDesk

K, H = Qt.Key, HistoryStatus
CONTROL = Qt.KeyboardModifier.ControlModifier
DAY = 24 * 60
SATURDAY = date(2025, 7, 12)


@pytest.fixture
def desk(qtbot):
    return TransactionsDesk(qtbot)


@pytest.fixture
def old_desk(qtbot):
    """Payments of today, yesterday, six days ago, and the month before."""
    days = {87: 0, 86: 1, 85: 6, 84: 20}
    made = [payment(H.UNKNOWN, n, minutes=day * DAY) for n, day in days.items()]
    return TransactionsDesk(qtbot, *made)


def test_a_search_is_read_a_moment_after_the_last_key(desk):
    desk.type("0083")
    assert len(desk.rows()) == 9
    desk.wait(lambda: desk.rows() == ["HSG1-0083"])


def test_enter_searches_at_once_and_goes_into_the_list(desk, qtbot):
    desk.type("126")
    qtbot.keyClick(desk.find("searchEdit"), K.Key_Return)
    assert (desk.rows(), desk.selected()) == (["HSG1-0085"], "HSG1-0085")
    assert QApplication.focusWidget() is desk.table


def test_enter_selects_the_first_that_matches_once_it_has_been_read(qtbot):
    background = LaterBackground()
    desk = TransactionsDesk(qtbot, background=background)
    background.run_all()
    desk.type("126")
    qtbot.keyClick(desk.find("searchEdit"), K.Key_Return)
    assert desk.selected() is None
    background.run_all()
    assert desk.selected() == "HSG1-0085"


def test_what_is_being_typed_stays_when_the_count_of_open_questions_comes(desk):
    desk.type("00")
    desk.page._view.bar.show_needing(5)
    desk.type("83")
    desk.wait(lambda: desk.rows() == ["HSG1-0083"])


def test_a_chip_takes_along_what_was_typed_just_before(desk):
    desk.type("0083")
    desk.find("needsAnswerFilter").click()
    assert desk.page._view.bar.filter.text == "0083"


def test_down_leads_from_the_search_into_the_list(desk, qtbot):
    desk.press(K.Key_F, CONTROL)
    qtbot.keyClick(desk.find("searchEdit"), K.Key_Down)
    assert (QApplication.focusWidget(), desk.selected()) == (desk.table, "HSG1-0087")


def test_typing_anywhere_begins_a_search(desk):
    assert desk.press(K.Key_8, text="8")
    assert desk.find("searchEdit").text() == "8"
    assert QApplication.focusWidget() is desk.find("searchEdit")


def test_nothing_that_matches_is_told_and_can_be_taken_back(desk, qtbot):
    desk.type("zzz")
    qtbot.keyClick(desk.find("searchEdit"), K.Key_Return)
    assert desk.find("transactionsEmpty").text() == (
        "Nothing matches. Try fewer words or another date."
    )
    desk.click("emptyClearFiltersButton")
    assert len(desk.rows()) == 9
    assert desk.find("searchEdit").text() == ""
    assert QApplication.focusWidget() is desk.table


def test_esc_clears_the_search_and_goes_into_the_list(desk):
    desk.press(K.Key_F, CONTROL)
    desk.type("0083")
    assert desk.press(K.Key_Escape)
    assert desk.find("searchEdit").text() == ""
    assert QApplication.focusWidget() is desk.table


def test_the_button_in_the_field_clears_it(desk):
    assert desk.find("searchEditClear") is None
    desk.type("0083")
    desk.click("searchEditClear")
    assert desk.find("searchEdit").text() == ""


def test_methods_are_chosen_by_mouse(desk):
    desk.click("methodFilterButton")
    desk.click("methodFilterChoice_gcash")
    assert desk.rows() == ["HSG1-0083"]
    assert desk.find("methodFilterButton").text() == "GCash"
    desk.click("methodFilterChoice_upop")
    assert desk.rows() == ["HSG1-0083", "HSG1-0082"]
    assert desk.find("methodFilterButton").text() == "Method 2"
    assert desk.find("methodFilterButton").accessibleName() == "Method 2, on"
    desk.click("popupCatcher")
    assert desk.find("methodFilterPopup") is None
    desk.click("clearFiltersButton")
    assert len(desk.rows()) == 9
    assert desk.find("methodFilterButton").text() == "Method"


def test_statuses_are_chosen_by_keys(desk, qtbot):
    chip = desk.find("statusFilterButton")
    chip.setFocus()
    qtbot.keyClick(chip, K.Key_Return)
    first = QApplication.focusWidget()
    assert first.text() == "Waiting"
    for _ in range(STATUSES.index(HistoryStatus.PAID)):
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Space)
    assert desk.rows() == ["HSG1-0086", "HSG1-0083", "HSG1-0082", "HSG1-0079"]
    assert desk.press(K.Key_Escape)
    assert desk.find("statusFilterPopup") is None
    assert QApplication.focusWidget() is chip


def test_a_status_far_down_comes_into_view_when_keys_reach_it(desk, qtbot):
    desk.page.resize(1270, 480)
    desk.click("statusFilterButton")
    rows = desk.page._view.bar._popups["status"].rows
    assert rows[-1].visibleRegion().isEmpty()
    for _ in rows[1:]:
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Down)
    assert QApplication.focusWidget() is rows[-1]
    assert rows[-1].visibleRegion().boundingRect().height() == rows[-1].height()


def test_keys_stay_inside_an_open_list(desk):
    desk.click("statusFilterButton")
    assert not desk.press(K.Key_Down)
    assert desk.selected() is None
    desk.press(K.Key_Escape)
    assert desk.press(K.Key_Down)


def test_another_page_folds_the_list_up(desk):
    desk.click("statusFilterButton")
    desk.page.hidden()
    assert desk.find("statusFilterPopup") is None


@pytest.mark.parametrize(
    ("choice", "rows", "words"),
    [
        ("today", ["HSG1-0087"], "Today"),
        ("yesterday", ["HSG1-0086"], "Yesterday"),
        ("week", ["HSG1-0087", "HSG1-0086", "HSG1-0085"], "Last 7 days"),
        ("month", ["HSG1-0087", "HSG1-0086", "HSG1-0085"], "This month"),
        ("all", ["HSG1-0087", "HSG1-0086", "HSG1-0085", "HSG1-0084"], "All dates"),
    ],
)
def test_ranges_are_chosen_from_the_list(old_desk, choice, rows, words):
    old_desk.click("dateFilterButton")
    old_desk.click(f"dateChoice_{choice}")
    assert old_desk.rows() == rows
    assert old_desk.find("dateFilterButton").text() == words
    assert old_desk.find("dateFilterPopup") is None
    assert old_desk.model.has_days is (len(rows) > 1)


def test_days_are_picked_in_the_calendar(old_desk):
    old_desk.click("dateFilterButton")
    old_desk.click("dateChoice_chosen")
    days = {one.day: one for one in old_desk.page._view.bar._popups["dates"]._grid.days}
    days[date(2025, 7, 6)].click()
    assert old_desk.rows() == ["HSG1-0085"]
    days[date(2025, 7, 11)].click()
    assert old_desk.rows() == ["HSG1-0086", "HSG1-0085"]
    assert not days[date(2025, 7, 13)].isEnabled()
    old_desk.click("dateDoneButton")
    assert old_desk.find("dateFilterButton").text() == "6 Jul – 11 Jul"


def test_the_calendar_goes_back_by_months(old_desk):
    old_desk.click("dateFilterButton")
    old_desk.click("dateChoice_chosen")
    assert not old_desk.find("monthOn").isEnabled()
    old_desk.click("monthBack")
    grid = old_desk.page._view.bar._popups["dates"]._grid
    assert grid._title.text() == "June 2025"
    {one.day: one for one in grid.days}[date(2025, 6, 22)].click()
    assert old_desk.rows() == ["HSG1-0084"]


def test_what_needs_an_answer_is_shown_of_all_days(old_desk):
    old_desk.till.answers.waiting = 4
    old_desk.page.shown()
    assert old_desk.find("needsAnswerFilter").text() == "Needs an answer 4"
    old_desk.click("needsAnswerFilter")
    assert len(old_desk.rows()) == 4
    assert old_desk.find("dateFilterButton").text() == "All dates"
    old_desk.click("needsAnswerFilter")
    assert old_desk.rows() == ["HSG1-0087"]


def test_the_window_can_ask_for_what_needs_an_answer(old_desk):
    old_desk.page.show_answers()
    assert len(old_desk.rows()) == 4


def test_filters_narrow_each_other_down(desk):
    desk.click("methodFilterButton")
    desk.click("methodFilterChoice_alipay")
    desk.press(K.Key_Escape)
    desk.click("statusFilterButton")
    desk.click("statusFilterChoice_paid")
    assert desk.rows() == ["HSG1-0079"]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (DateRange(Span.CHOSEN, SATURDAY, SATURDAY), "12 Jul"),
        (DateRange(Span.CHOSEN, date(2024, 12, 30), SATURDAY), "30 Dec 2024 – 12 Jul"),
    ],
)
def test_a_range_is_told_shortly(chosen, words):
    assert range_text(chosen, 2025) == words


@pytest.mark.parametrize("span", list(Span))
def test_bounds_are_half_open_whole_days(span):
    chosen = DateRange(span, SATURDAY, SATURDAY)
    since, until = chosen.bounds(SATURDAY)
    if span is Span.ALL:
        assert (since, until) == (None, None)
        return
    assert since < until
    assert {one.astimezone().hour for one in (since, until)} == {0}


def test_methods_have_their_glyphs_in_the_list(desk):
    desk.click("methodFilterButton")
    rows = desk.page._view.bar._popups["method"].rows
    assert [row.choice.value for row in rows] == list(PaymentMethod)
    assert rows[0].choice.sign.glyph == "A"
