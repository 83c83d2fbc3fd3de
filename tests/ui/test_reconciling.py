"""Compare with Citcon: by keys alone, by mouse alone, and what it says."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pos_app.domain.errors import DiskFullError
from pos_app.ui.pages.reconciling import Reconciling
from pos_app.ui.widgets.dialog import open_dialog
from pos_app.ui.widgets.difference_row import DifferenceRow
from tests.fakes.payments import NOW, FakeClock
from tests.fakes.reconciling import (
    BEHIND,
    EVERY_KIND,
    FOUND,
    MORE,
    STRANGE,
    UNKNOWN,
    FakeReconciliation,
    report,
)
from tests.fakes.till_for_sell import PRIYA, InlineBackground

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
TODAY = NOW.astimezone().date()


class Desk:
    """A window over which a day is compared."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.fake = FakeReconciliation()
        self.till = SimpleNamespace(
            clock=FakeClock(), gateway_name="Citcon", reconciliation=self.fake
        )
        self.background = InlineBackground()
        self.reconciling = Reconciling(self.window)
        self.reconciling.connect_till(self.till, self.background)
        self.reconciling.tell_person(PRIYA)
        self.changes = []
        self.reconciling.changed.connect(lambda: self.changes.append(True))
        self.reconciling.open()
        self.dialog._guard.hold(0)
        qtbot.waitUntil(lambda: not self.dialog._guard.is_holding)

    @property
    def dialog(self):
        return open_dialog(self.window)

    def keys(self, *keys):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    def click(self, name):
        button = self.part(name)
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def part(self, name):
        return self.dialog.findChild(QWidget, name)

    def words(self, name):
        return self.dialog.findChild(QLabel, name).text()

    def rows(self):
        return [
            one.accessibleName()
            for one in self.dialog.findChildren(DifferenceRow)
            if one.isVisible()
        ]

    @property
    def said(self):
        banner = self.part("reconcileStatus")
        return (banner.title, banner.text) if banner.isVisible() else None


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def test_today_is_compared_by_keys_alone(desk):
    assert desk.said is None
    desk.keys(ENTER)
    assert desk.fake.asked == [(TODAY, PRIYA.id)]
    assert desk.said == ("Everything agrees.", "Payments compared: 143.")
    assert desk.changes == [True]
    desk.keys(ENTER)  # Close has the focus now
    assert desk.dialog is None


def test_an_earlier_day_is_compared_by_mouse_alone(desk):
    desk.click("reconcileDayBefore")
    desk.click("reconcileDayBefore")
    desk.click("reconcileDayAfter")
    desk.click("confirmReconcileButton")
    assert desk.fake.asked == [(TODAY - timedelta(days=1), PRIYA.id)]
    desk.click("closeReconcileButton")
    assert desk.dialog is None


def test_the_day_is_told_and_never_lies_ahead(desk):
    assert desk.words("reconcileDay").startswith("Today, ")
    assert not desk.part("reconcileDayAfter").isEnabled()
    desk.click("reconcileDayBefore")
    assert not desk.words("reconcileDay").startswith("Today")
    desk.part("reconcileDayAfter").setFocus()
    desk.keys(Qt.Key.Key_Space)
    assert desk.words("reconcileDay").startswith("Today, ")
    assert QApplication.focusWidget() is desk.part("reconcileDayBefore")


def test_another_day_takes_the_last_result_away(desk):
    desk.fake.report = report(UNKNOWN)
    desk.keys(ENTER)
    assert desk.rows()
    desk.click("reconcileDayBefore")
    assert (desk.said, desk.rows()) == (None, [])


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (report(), "Everything agrees."),
        (report(FOUND), "Everything agrees now. Repaired: 1."),
        (report(FOUND, UNKNOWN), "Not everything agrees."),
        (report(has_list=False), "Not everything could be compared."),
        (report(not_compared=3), "Not everything could be compared."),
    ],
)
def test_the_result_is_told_in_a_sentence(desk, found, title):
    desk.fake.report = found
    desk.keys(ENTER)
    assert desk.said[0] == title


def test_what_could_not_be_compared_is_told(desk):
    desk.fake.report = report(charges=9, not_compared=3, has_list=False)
    desk.keys(ENTER)
    assert desk.said[1] == (
        "Payments compared: 9. Citcon didn’t give its list, so refunds couldn’t be compared."
        " Compare again later. Not compared: 3."
    )


def test_every_difference_is_told_with_what_was_made_of_it(desk):
    desk.fake.report = report(FOUND, UNKNOWN, MORE, BEHIND, STRANGE)
    desk.keys(ENTER)
    assert desk.rows() == [
        (
            "HSG1-0087-R1: The refund went through. Its answer had been lost."
            " Here US$ 12.50 · Citcon US$ 12.50. Repaired"
        ),
        (
            "HSG1-0083-R2: We still don’t know if this refund went through. Don’t send it again."
            " Here US$ 12.50. Needs a person"
        ),
        (
            "HSG1-0086: More was refunded at Citcon than here."
            " Here US$ 0.00 · Citcon US$ 12.50. Needs a person"
        ),
        (
            "HSG1-0085: Less was refunded at Citcon than here. Its list may be behind."
            " Here US$ 42.50 · Citcon US$ 0.00. Compare again later"
        ),
        (
            "INV-2025-0000017: Citcon took money for a payment that isn’t in our records."
            " Citcon US$ 42.50. Needs a person"
        ),
    ]


def test_every_kind_of_difference_has_words(desk):
    desk.fake.report = EVERY_KIND
    desk.keys(ENTER)
    assert len(desk.rows()) == len(EVERY_KIND.differences)
    assert not [row for row in desk.rows() if "{" in row or ": ." in row]


def test_many_differences_are_cut_and_the_command_is_named(desk):
    desk.fake.report = report(*[UNKNOWN] * 130)
    desk.keys(ENTER)
    assert len(desk.rows()) == 100
    labels = [one.text() for one in desk.dialog.findChildren(QLabel)]
    assert "and 30 more: “pos-app reconcile” tells them all." in labels


def test_while_it_compares_no_other_is_begun_and_closing_stops_it(desk):
    desk.background.is_held = True
    desk.keys(ENTER)
    assert desk.said == ("Asking Citcon for its list…", "It only asks. Closing stops it.")
    assert not desk.part("confirmReconcileButton").isEnabled()
    assert not desk.part("reconcileDayBefore").isEnabled()
    desk.keys(ESCAPE)
    assert desk.dialog is None
    desk.background.work()
    assert desk.fake.went_on == [False, False]
    assert desk.changes == [True]


def test_it_says_how_far_it_is(desk):
    desk.background.is_held = True
    desk.keys(ENTER)
    desk.reconciling._run.goes_on(34, 143)
    desk.qtbot.waitUntil(lambda: desk.said[0] == "Comparing… 34 of 143")
    desk.background.work()
    assert desk.fake.went_on == [True, True]
    assert desk.said[0] == "Everything agrees."


def test_it_ends_when_the_program_closes(desk):
    desk.background.is_closed = True
    desk.keys(ENTER)
    assert desk.fake.went_on == [False, False]


def test_a_stopped_one_does_not_speak_in_the_next_dialog(desk):
    desk.background.is_held = True
    desk.keys(ENTER, ESCAPE)
    desk.reconciling.open()
    desk.background.work()
    assert desk.said is None


def test_a_trouble_is_told_and_it_can_be_tried_again(desk):
    desk.fake.trouble = DiskFullError("The disk is full.")
    desk.keys(ENTER)
    assert "disk is full" in desk.said[0].lower()
    desk.fake.trouble = None
    desk.click("confirmReconcileButton")
    assert desk.said[0] == "Everything agrees."


def test_a_day_of_another_year_says_so(desk):
    stepper = desk.part("reconcileDayBefore").parentWidget()
    before = datetime(TODAY.year, 1, 1).astimezone().date() - timedelta(days=1)
    stepper._choose(before)
    assert desk.words("reconcileDay").endswith(str(before.year))
    assert isinstance(stepper.day, date)


def test_tab_walks_over_everything(desk):
    desk.keys(TAB)
    names = [QApplication.focusWidget().objectName()]
    for _ in range(3):
        desk.keys(TAB)
        names.append(QApplication.focusWidget().objectName())
    assert set(names) == {
        "reconcileDialogClose",
        "reconcileDayBefore",
        "closeReconcileButton",
        "confirmReconcileButton",
    }
