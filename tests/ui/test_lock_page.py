"""Lock: who is selling, their PIN, and what stands between them and the till."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from pos_app.domain.errors import LockedOutError, WrongPinError
from pos_app.ui.background import EventBridge
from pos_app.ui.format import clock_text
from pos_app.ui.pages.lock import LockPage
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till_for_sell import (
    JONAS,
    MEI_LIN,
    PRIYA,
    FakeAnswers,
    FakePeople,
    FakeTill,
    FakeTraining,
    InlineBackground,
)  # fmt: skip

NOW = datetime(2025, 7, 12, 14, 41, tzinfo=UTC)


class Clock:
    """Monotonic milliseconds that a test moves."""

    def __init__(self):
        self.ms = 1_000

    def __call__(self):
        return self.ms


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def background():
    return InlineBackground()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def page(window, clock):
    page = LockPage(window, now=lambda: NOW, now_ms=clock)
    page.resize(1366, 768)
    window.show()
    return page


def connect(page, till, background):
    page.connect_till(till, background, EventBridge(page))
    page.shown()
    return till


def press(page, clock, keys, gap_ms=120):
    """Key as the window hands keys over, one every `gap_ms`."""
    for text in keys:
        clock.ms += gap_ms
        key = text if isinstance(text, Qt.Key) else 0
        words = "" if isinstance(text, Qt.Key) else text
        page.handle_key(
            QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, words)
        )


def tap(qtbot, page, pin):
    for digit in pin:
        key = page.findChild(QToolButton, f"pinButton_{digit}")
        qtbot.mousePress(key, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(key, Qt.MouseButton.LeftButton)


def message(page):
    return page.findChild(QLabel, "pinMessage").text()


def test_it_can_be_painted_before_the_services_are_there(page, clock):
    page.show_store("Harbour Street Gifts", "Register 1")
    press(page, clock, "1234")
    assert not page.grab().isNull()
    assert page.findChildren(QPushButton, "personItem_1") == []


def test_the_register_stands_beside_the_day_at_once(page):
    page.show_store("Harbour Street Gifts", "Register 1")
    days = [label.text() for label in page.findChildren(QLabel)]
    assert [day for day in days if day.endswith(" · Register 1")]


@pytest.mark.parametrize(
    ("width", "panel"), [(1600, 560), (1366, 520), (1138, 398), (1080, 340), (1000, 0)]
)
def test_people_and_pad_always_have_their_room(qtbot, page, background, width, panel):
    connect(page, FakeTill(), background)
    page.resize(width, 768)
    page.show()
    shown = page._panel.width() if page._panel.isVisible() else 0
    assert shown == panel
    keys = [page.findChild(QWidget, f"pinButton_{digit}") for digit in "123"]
    places = [key.mapTo(page, key.rect().topLeft()).x() for key in keys]
    assert places[2] + keys[2].width() <= width
    assert all(right - left >= 88 + 8 for left, right in pairwise(places))


def test_the_last_digit_of_the_chosen_persons_pin_signs_in(qtbot, page, clock, background):
    connect(page, FakeTill(), background)
    with qtbot.waitSignal(page.signed_in, timeout=1_000) as signed_in:
        press(page, clock, "1111")
    assert signed_in.args == [MEI_LIN]


def hint(page):
    return page.findChild(QLabel, "trainingPinHint")


def test_only_training_says_the_pins_that_nobody_has_replaced(qtbot, page, background):
    connect(page, FakeTill(), background)
    assert hint(page).text() == ""
    training = FakeTraining()
    connect(page, FakeTill(training=training), background)
    qtbot.waitUntil(hint(page).isVisible)
    assert " ".join(hint(page).text().split()) == "Training PINs: Mei Lin 1111 · Jonas 2222"
    training.known = ()
    page.shown()
    assert hint(page).text() == ""


def test_the_pins_make_room_for_what_went_wrong(qtbot, page, clock, background):
    till = FakeTill(training=FakeTraining())
    till.people.trouble = WrongPinError(4)
    connect(page, till, background)
    press(page, clock, "1234")
    qtbot.waitUntil(lambda: bool(message(page)))
    assert not hint(page).isVisible()
    press(page, clock, "1")
    assert hint(page).isVisible()


def test_touch_alone_is_enough(qtbot, page, background):
    connect(page, FakeTill(), background)
    qtbot.mouseClick(page.findChild(QPushButton, "personItem_3"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.signed_in, timeout=1_000) as signed_in:
        tap(qtbot, page, "999999")
    assert signed_in.args == [PRIYA]


def test_arrows_choose_the_person_and_their_pin_has_its_own_length(qtbot, page, clock, background):
    till = connect(page, FakeTill(), background)
    press(page, clock, [Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up])
    press(page, clock, "2222")
    assert till.people.tried == [(JONAS.id, "2222")]


def test_a_wrong_pin_is_told_and_forgotten(qtbot, page, clock, background):
    connect(page, FakeTill(), background)
    with qtbot.waitSignal(page.sound_requested, timeout=1_000):
        press(page, clock, "1234")
    assert message(page) == "That PIN isn’t right. 4 tries left."
    assert page.findChild(QWidget, "pinDots").is_wrong
    assert page._typing.keyed == 0


def test_too_many_tries_say_until_when(page, clock, background):
    until = NOW + timedelta(minutes=5)
    connect(page, FakeTill(people=FakePeople(trouble=LockedOutError(until))), background)
    press(page, clock, "1111")
    assert message(page) == f"Too many tries. You can try again at {clock_text(until)}."


def test_escape_forgets_what_was_keyed(page, clock, background):
    till = connect(page, FakeTill(), background)
    press(page, clock, [*"11", Qt.Key.Key_Escape, *"11"])
    assert till.people.tried == []
    press(page, clock, "11")
    assert till.people.tried == [(MEI_LIN.id, "1111")]


def test_backspace_takes_one_digit_back(page, clock, background):
    till = connect(page, FakeTill(), background)
    press(page, clock, [*"112", Qt.Key.Key_Backspace, *"11"])
    assert till.people.tried == [(MEI_LIN.id, "1111")]


def test_keys_pressed_while_a_pin_is_checked_are_not_taken(page, clock, background):
    till = connect(page, FakeTill(), background)
    background.is_held = True
    press(page, clock, "12345678")
    background.work()
    assert till.people.tried == [(MEI_LIN.id, "1234")]
    assert page._typing.keyed == 0


@pytest.mark.parametrize("ending", [[Qt.Key.Key_Return], []])
def test_a_barcode_is_never_tried_as_a_pin(page, clock, background, ending):
    till = connect(page, FakeTill(), background)
    press(page, clock, [*"4006381333931", *ending], gap_ms=5)
    QTest.qWait(150)  # longer than a fast PIN waits
    assert till.people.tried == []
    assert page._typing.keyed == 0


def test_a_pin_as_fast_as_a_scanner_is_tried_a_moment_later(qtbot, page, clock, background):
    till = connect(page, FakeTill(), background)
    press(page, clock, "1111", gap_ms=5)
    qtbot.waitUntil(lambda: till.people.tried == [(MEI_LIN.id, "1111")], timeout=2_000)


def test_nothing_on_the_page_says_the_pin(page, clock, background):
    connect(page, FakeTill(), background)
    press(page, clock, "729")
    for widget in page.findChildren(QWidget):
        assert "729" not in widget.accessibleName() + widget.accessibleDescription()
    assert not any("729" in label.text() for label in page.findChildren(QLabel))


def test_one_person_alone_needs_no_list(page, background):
    connect(page, FakeTill(people=FakePeople((MEI_LIN,))), background)
    assert not page.findChild(QWidget, "personList").isVisible()


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 payment needs an answer"), (3, "3 payments need an answer")]
)
def test_payments_that_need_an_answer_are_named(page, background, count, words):
    connect(page, FakeTill(answers=FakeAnswers(count)), background)
    note = page.findChild(QWidget, "lockAttentionNote")
    assert note.isVisible()
    assert note.accessibleName() == words


def test_no_note_when_nothing_needs_an_answer(page, background):
    connect(page, FakeTill(), background)
    assert not page.findChild(QWidget, "lockAttentionNote").isVisible()


def test_leaving_the_page_forgets_what_was_keyed(page, clock, background):
    connect(page, FakeTill(), background)
    press(page, clock, "11")
    page.hidden()
    assert page._typing.keyed == 0


class TestFirstManager:
    """Without people the first manager is added, and signed in."""

    @pytest.fixture
    def till(self, page, background):
        return connect(page, FakeTill(people=FakePeople(())), background)

    def fill(self, page, name, pin, again):
        self.find(page, "wizardManagerNameEdit").setText(name)
        for field, digits in (("wizardPinEdit", pin), ("wizardPinRepeatEdit", again)):
            self.find(page, field).setFocus()
            QTest.keyClicks(self.find(page, field), digits)
        self.done(page).click()

    def find(self, page, name):
        return page.window().findChild(QWidget, name)

    def done(self, page):
        return self.find(page, "wizardDoneButton")

    def test_the_new_manager_is_signed_in(self, qtbot, page, till):
        with qtbot.waitSignal(page.signed_in, timeout=1_000) as signed_in:
            self.fill(page, "Priya", "999999", "999999")
        assert signed_in.args[0].name == "Priya"
        assert signed_in.args[0].is_manager

    @pytest.mark.parametrize(
        "keyed",
        [(" ", "999999", "999999"), ("Priya", "1234", "1234"), ("Priya", "999999", "99999")],
    )
    def test_nobody_is_added_without_a_name_and_a_managers_pin_twice(self, page, till, keyed):
        self.fill(page, *keyed)
        assert not self.done(page).isEnabled()

    def test_two_pins_that_differ_are_told(self, page, till):
        self.fill(page, "Priya", "999999", "999998")
        error = page.window().findChild(QLabel, "newPinError").text()
        assert error == "The two PINs aren’t the same. Key them again."

    def test_it_stays_until_somebody_is_there_and_tells_no_pin(self, page, till):
        QTest.keyClicks(self.find(page, "wizardPinEdit"), "729184")
        assert places_that_tell("729184", page.window()) == []
        dialog = self.find(page, "firstManagerDialog")
        dialog.dismiss()
        assert dialog.isVisible()
        assert self.find(page, "wizardPinEdit").accessibleName() == "New PIN, 0 digits"
