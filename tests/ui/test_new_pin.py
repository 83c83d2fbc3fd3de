"""A new PIN keyed twice, and the dialogs that ask for one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from pos_app.domain.errors import NameTakenError, StorageError
from pos_app.domain.people import Role
from pos_app.ui.dialogs.new_person import NewPersonDialog
from pos_app.ui.dialogs.new_pin import change_role_dialog, reset_pin_dialog
from pos_app.ui.dialogs.retire_person import retire_person_dialog
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till_for_sell import JONAS, MEI_LIN, InlineBackground

NOT_THE_SAME = "The two PINs aren’t the same. Key them again."
RETURN, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


@pytest.fixture
def window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    window.activateWindow()
    return window


class Asked:
    """A dialog on the screen, what it saved, and what can be done to it."""

    def __init__(self, qtbot, window, make):
        self.background = InlineBackground()
        self.saved, self.got, self.trouble = [], [], None
        self.dialog = make(window, self.background, self.saving)
        self.dialog.saved.connect(self.saved.append)
        self.dialog.open()
        qtbot.waitUntil(lambda: not self.dialog._guard.is_holding)

    def saving(self, pin):
        return lambda: self.save(pin)

    def save(self, *what):
        self.got.append(what)
        if self.trouble is not None:
            raise self.trouble
        return JONAS

    def type(self, *keys):
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(QApplication.focusWidget(), key)
            else:
                QTest.keyClick(QApplication.focusWidget(), key)

    def find(self, name, kind=QWidget):
        return self.dialog.findChild(kind, name)

    @property
    def confirm(self):
        return self.find("confirmNewPinButton", QPushButton)

    @property
    def error(self):
        return self.find("newPinError", QLabel).text()

    @property
    def names(self):
        """What a screen reader says of the two fields."""
        return [self.find(f"newPin{which}Edit").accessibleName() for which in ("", "Repeat")]


@pytest.fixture
def asked(qtbot, window):
    return Asked(qtbot, window, lambda *where: reset_pin_dialog(where[0], JONAS, *where[1:]))


def test_the_keyboard_alone_sets_it(asked):
    assert not asked.confirm.isEnabled()
    asked.type("7291", TAB, "7291", RETURN)
    assert asked.got == [("7291",)]
    assert asked.saved == [JONAS]
    assert not asked.dialog.is_open


def test_the_pad_alone_sets_it(asked, qtbot):
    def tap(digits):
        for digit in digits:
            key = asked.find(f"newPinPadButton_{digit}", QToolButton)
            qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    tap("7291")
    qtbot.mouseClick(asked.find("newPinRepeatEdit"), Qt.MouseButton.LeftButton)
    tap("7290")
    qtbot.mouseClick(asked.find("newPinPadButton_backspace"), Qt.MouseButton.LeftButton)
    tap("1")
    qtbot.mouseClick(asked.confirm, Qt.MouseButton.LeftButton)
    assert asked.got == [("7291",)]


def test_at_the_longest_pin_the_second_field_takes_over(asked):
    asked.type("729184", "729184")
    assert asked.names == ["New PIN, 6 digits", "The same PIN again, 6 digits"]
    asked.type("5", RETURN)
    assert asked.got == [("729184",)]


@pytest.mark.parametrize("keys", ["", "729", "7291"])
def test_an_incomplete_pin_cannot_be_saved(asked, keys):
    asked.type(keys, TAB, "729", RETURN)
    assert not asked.confirm.isEnabled()
    assert asked.got == []


def test_two_pins_that_differ_are_told_and_forgotten(asked):
    asked.type("7291", TAB, "7292", RETURN)
    assert asked.error == NOT_THE_SAME
    assert asked.got == []
    assert asked.names == ["New PIN, 0 digits", "The same PIN again, 0 digits"]
    asked.type("7")
    assert asked.error == ""
    assert asked.names[0] == "New PIN, 1 digits"


def test_delete_clears_the_field_and_backspace_takes_a_digit_back(asked):
    asked.type("7291", Qt.Key.Key_Backspace)
    assert asked.names[0] == "New PIN, 3 digits"
    asked.type(Qt.Key.Key_Delete)
    assert asked.names[0] == "New PIN, 0 digits"


def test_what_prevented_it_is_told_and_the_dialog_stays(asked):
    asked.trouble = StorageError("no")
    asked.type("7291", TAB, "7291", RETURN)
    assert asked.error.startswith("This register can’t save sales.")
    assert asked.dialog.is_open
    assert asked.saved == []


def test_it_cannot_be_closed_while_it_is_saved_and_saves_once(asked):
    asked.background.is_held = True
    asked.type("7291", TAB, "7291", RETURN, RETURN, ESCAPE)
    assert asked.dialog.is_open
    asked.background.work()
    assert asked.got == [("7291",)]
    assert not asked.dialog.is_open


def test_escape_saves_nothing(asked):
    asked.type("7291", TAB, "7291", ESCAPE)
    assert not asked.dialog.is_open
    assert asked.got == []


def test_nothing_tells_the_digits(asked, window):
    asked.type("7291", TAB, "7291")
    assert places_that_tell("7291", window) == []
    assert "7291" not in repr(vars(asked.dialog)) + repr(vars(asked.dialog.pin))


@pytest.mark.parametrize(
    ("role", "title", "digits"),
    [
        (Role.MANAGER, "Make Jonas a manager?", "6 to 8 digits"),
        (Role.CASHIER, "Make Jonas a cashier?", "4 to 6 digits"),
    ],
)
def test_another_role_asks_for_a_pin_of_its_length(qtbot, window, role, title, digits):
    asked = Asked(qtbot, window, lambda *to: change_role_dialog(to[0], JONAS, role, *to[1:]))
    assert asked.dialog.accessibleName() == title
    assert digits in {label.text() for label in asked.dialog.findChildren(QLabel)}


class TestNewPerson:
    @pytest.fixture
    def asked(self, qtbot, window):
        box = []

        def make(parent, background, saving):
            def add(*person):
                return box[0].save(*person)

            return NewPersonDialog(parent, background, add, [MEI_LIN.name])

        box.append(asked := Asked(qtbot, window, make))
        return asked

    def name_error(self, asked):
        return asked.find("personNameError", QLabel)

    def test_the_keyboard_alone_adds_a_cashier(self, asked):
        asked.type("Anna", TAB, TAB, "7291", TAB, "7291", RETURN)
        assert asked.got == [("Anna", "7291", Role.CASHIER)]
        assert not asked.dialog.is_open

    def test_a_managers_pin_is_longer_and_what_was_keyed_is_forgotten(self, asked):
        asked.type("Anna", TAB, TAB, "7291", TAB, "7291")
        assert asked.confirm.isEnabled()
        asked.find("personRole_manager", QPushButton).click()
        assert not asked.confirm.isEnabled()
        assert asked.names[0] == "New PIN, 0 digits"
        asked.find("newPinEdit").setFocus()
        asked.type("729184", TAB, "729184", RETURN)
        assert asked.got == [("Anna", "729184", Role.MANAGER)]

    @pytest.mark.parametrize("name", ["", "   "])
    def test_a_name_is_needed(self, asked, name):
        asked.type(name, TAB, TAB, "7291", TAB, "7291", RETURN)
        assert asked.got == []
        assert not asked.confirm.isEnabled()

    def test_a_name_that_somebody_has_is_told_before_any_pin(self, asked):
        asked.type("mei lin")
        assert self.name_error(asked).isVisible()
        assert self.name_error(asked).text().startswith("Somebody here has this name already.")
        asked.type("g", TAB, TAB, "7291", TAB, "7291", RETURN)
        assert not self.name_error(asked).isVisible()
        assert asked.got == [("mei ling", "7291", Role.CASHIER)]

    def test_a_name_given_meanwhile_at_another_till_is_told_under_it(self, asked):
        asked.trouble = NameTakenError()
        asked.type("Anna", TAB, TAB, "7291", TAB, "7291", RETURN)
        assert self.name_error(asked).isVisible()
        assert QApplication.focusWidget() is asked.find("personNameEdit", QLineEdit)
        assert asked.dialog.is_open
        assert asked.error == ""


def test_retiring_asks_with_the_safe_answer_first(qtbot, window):
    dialog = retire_person_dialog(window, JONAS)
    answers = []
    dialog.answered.connect(answers.append)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog._guard.is_holding)
    assert QApplication.focusWidget().objectName() == "keepPersonButton"
    QTest.keyClick(QApplication.focusWidget(), RETURN)
    assert answers == ["keep"]
