"""A manager's PIN: whose it is, dots instead of digits, and the approval of one action."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from pos_app.domain.errors import LockedOutError, NotAManagerError
from pos_app.domain.people import Role
from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog
from pos_app.ui.format import clock_text
from pos_app.ui.widgets.manager_pin import ManagerPinField
from tests.fakes.pin_leaks import places_that_tell
from tests.fakes.till_for_sell import AT, JONAS, MEI_LIN, PRIYA, FakePeople, InlineBackground

ANNA = replace(PRIYA, id=4, name="Anna", role=Role.MANAGER, pin_length=8)


@pytest.fixture
def window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    QVBoxLayout(window)
    window.show()
    window.activateWindow()
    return window


@pytest.fixture
def field(window):
    field = ManagerPinField(window)
    window.layout().addWidget(field)
    field.show_managers([MEI_LIN, JONAS, PRIYA])
    return field


def box(root):
    return root.findChild(QWidget, "managerPinEdit")


def names(root):
    return [one.text() for one in root.findChildren(QPushButton) if one.property("chip")]


class TestField:
    def test_the_only_manager_is_meant_without_a_question(self, field):
        assert field.person == PRIYA
        assert box(field).isVisible()
        assert not field.names.isVisible()

    def test_several_managers_are_asked_for_first(self, field):
        field.show_managers([MEI_LIN, PRIYA, ANNA])
        assert names(field) == ["Priya", "Anna"]
        assert not box(field).isVisible()
        field.key("1")
        assert not field.is_complete
        field.findChild(QPushButton, "managerPinPerson_2").click()
        assert field.person == ANNA
        assert QApplication.focusWidget() is box(field)
        QTest.keyClicks(box(field), "1234567")
        assert not field.is_complete
        QTest.keyClicks(box(field), "8")
        assert field.is_complete

    def test_the_manager_who_is_signed_in_is_meant_but_may_be_another(self, field):
        field.show_managers([PRIYA, ANNA], signed_in=ANNA)
        assert field.person == ANNA
        QTest.keyClicks(box(field), "12")
        field.findChild(QPushButton, "managerPinOtherButton").click()
        assert field.person is None
        assert field.names.isVisible()
        field.findChild(QPushButton, "managerPinPerson_1").click()
        assert box(field).accessibleName() == "Manager PIN, 0 of 6 digits"

    def test_a_cashier_who_is_signed_in_is_never_meant(self, field):
        field.show_managers([MEI_LIN, PRIYA, ANNA], signed_in=MEI_LIN)
        assert field.person is None

    def test_keys_and_pad_fill_it_and_take_back(self, field):
        box(field).setFocus()
        QTest.keyClicks(box(field), "99x9")
        field.key("9")
        field.take_back()
        assert box(field).accessibleName() == "Manager PIN, 3 of 6 digits"
        QTest.keyClicks(box(field), "8777")
        assert field.pin() == "999877"
        assert not field.is_complete
        assert field.pin() == ""

    def test_an_error_stays_until_the_next_digit(self, field):
        QTest.keyClicks(box(field), "999999")
        field.show_error("That PIN isn’t right. 4 tries left.")
        error = field.findChild(QLabel, "managerPinError")
        assert error.isVisible()
        assert box(field).accessibleDescription() == "That PIN isn’t right. 4 tries left."
        assert box(field).accessibleName() == "Manager PIN, 0 of 6 digits"
        QTest.keyClicks(box(field), "1")
        assert not error.isVisible()

    def test_nothing_tells_the_digits(self, field):
        field.show_managers([PRIYA, ANNA], signed_in=PRIYA)
        QTest.keyClicks(box(field), "729184")
        assert field.is_complete
        assert places_that_tell("729184", field) == []
        QLabel("The PIN is 729184", field)
        assert len(places_that_tell("729184", field)) == 1
        assert "7291" not in repr(vars(field))


class TestDialog:
    @pytest.fixture
    def background(self):
        return InlineBackground()

    @pytest.fixture
    def people(self):
        return FakePeople()

    @pytest.fixture
    def dialog(self, window, people, background, qtbot):
        dialog = ManagerPinDialog(window, people, background, purpose="Opens the settings.")
        dialog.approvals = []
        dialog.approved.connect(dialog.approvals.append)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog._guard.is_holding)
        return dialog

    def error(self, dialog):
        return dialog.findChild(QLabel, "managerPinError").text()

    def confirm(self, dialog):
        return dialog.findChild(QPushButton, "confirmManagerPinButton")

    def test_the_keyboard_alone_approves(self, dialog):
        assert not self.confirm(dialog).isEnabled()
        QTest.keyClicks(QApplication.focusWidget(), "999999")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert dialog.approvals == [PRIYA]
        assert not dialog.is_open

    def test_the_pad_alone_approves(self, dialog, qtbot):
        assert not dialog.findChild(QToolButton, "managerPinPadButton_00").isEnabled()
        key = dialog.findChild(QToolButton, "managerPinPadButton_9")
        for _ in range(6):
            qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(self.confirm(dialog), Qt.MouseButton.LeftButton)
        assert dialog.approvals == [PRIYA]

    def test_a_wrong_pin_is_told_and_can_be_keyed_again(self, dialog, qtbot):
        QTest.keyClicks(QApplication.focusWidget(), "123456")
        with qtbot.waitSignal(dialog.sound_wanted, timeout=1_000) as sound:
            self.confirm(dialog).click()
        assert sound.args == ["limit"]
        assert self.error(dialog) == "That PIN isn’t right. 4 tries left."
        assert dialog.approvals == []
        QTest.keyClicks(QApplication.focusWidget(), "999999")
        self.confirm(dialog).click()
        assert dialog.approvals == [PRIYA]

    @pytest.mark.parametrize(
        ("trouble", "words"),
        [
            (NotAManagerError("no"), "This PIN can’t approve this. A manager has to."),
            (
                LockedOutError(AT + timedelta(minutes=5)),
                f"Too many tries. You can try again at {clock_text(AT + timedelta(minutes=5))}.",
            ),
        ],
    )
    def test_who_may_not_approve_is_told_so(self, dialog, people, trouble, words):
        people.trouble = trouble
        QTest.keyClicks(QApplication.focusWidget(), "999999")
        self.confirm(dialog).click()
        assert self.error(dialog) == words

    def test_escape_approves_nothing(self, dialog, people):
        QTest.keyClicks(QApplication.focusWidget(), "999999")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not dialog.is_open
        assert dialog.approvals == []
        assert people.tried == []

    def test_one_press_checks_once(self, dialog, people, background):
        QTest.keyClicks(QApplication.focusWidget(), "999999")
        background.is_held = True
        self.confirm(dialog).click()
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        background.work()
        assert people.tried == [(PRIYA.id, "999999")]
