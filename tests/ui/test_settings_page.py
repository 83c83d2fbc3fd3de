"""The Settings page: its sections, and the people of a real ledger changed in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from pos_app.domain.errors import SignInError
from pos_app.domain.people import Role
from pos_app.ui import theme
from pos_app.ui.background import EventBridge
from pos_app.ui.pages.settings.page import SettingsPage
from pos_app.ui.pages.settings.people import PeopleSection
from pos_app.ui.pages.settings.section import SettingsSection
from pos_app.ui.widgets.dialog import open_dialog
from tests.fakes.staff import MEIS_PIN, PRIYAS_PIN, Staff
from tests.fakes.till_for_sell import MEI_LIN, PRIYA, InlineBackground

UP, DOWN, TAB = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def window(qapp, qtbot):
    theme.load_fonts()
    theme.apply(qapp, theme.Look(is_motion_reduced=True))
    window = QWidget()
    window.resize(1270, 712)
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield window
    theme.apply(qapp, theme.Look())


class PlainSection(SettingsSection):
    """Notes what it is told."""

    def __init__(self, name):
        type(self).name, type(self).icon = name, "key"
        super().__init__()
        self.own_name, self.visits, self.keys = name, [], []

    title = property(lambda self: self.own_name.title())
    purpose = property(lambda self: f"What {self.own_name} is for.")

    def connect_till(self, till, background):
        self.till = till

    def load(self, visit):
        self.visits.append(visit)

    def handle_key(self, event):
        self.keys.append(event.key())
        return True


class TestFrame:
    @pytest.fixture
    def sections(self):
        return PlainSection("store"), PlainSection("people")

    @pytest.fixture
    def page(self, window, sections):
        for section, name in zip(sections, ("store", "people"), strict=True):
            section.name = name
        page = SettingsPage(window, sections)
        window.layout().addWidget(page)
        page.connect_till("a till", None, None)
        page.set_person(MEI_LIN)
        return page

    def come_in(self, page):
        page.admit(PRIYA)
        page.shown()
        page.focus_first()

    def heads(self, page):
        return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}

    def test_it_starts_with_the_first_section_and_says_what_it_is_for(self, page, sections):
        self.come_in(page)
        assert page.section is sections[0]
        assert {"Store", "What store is for."} <= self.heads(page)
        assert [(one.person, one.manager) for one in sections[0].visits] == [(MEI_LIN, PRIYA)]
        assert sections[0].till == "a till"

    def test_a_press_opens_another_section(self, page, sections, qtbot):
        self.come_in(page)
        item = page.findChild(QPushButton, "settingsItem_people")
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)
        assert page.section is sections[1]
        assert "What people is for." in self.heads(page)
        assert len(sections[1].visits) == 1

    def test_arrows_in_the_list_open_sections(self, page, sections):
        self.come_in(page)
        QTest.keyClick(QApplication.focusWidget(), DOWN)
        assert page.section is sections[1]
        assert QApplication.focusWidget().objectName() == "settingsItem_people"
        QTest.keyClick(QApplication.focusWidget(), UP)
        assert page.section is sections[0]

    def test_coming_again_loads_again_and_begins_anew(self, page, sections):
        self.come_in(page)
        page.findChild(QPushButton, "settingsItem_people").click()
        page.hidden()
        self.come_in(page)
        assert page.section is sections[0]
        assert len(sections[0].visits) == 2

    def test_nobody_is_shown_anything_who_was_not_admitted(self, page, sections):
        page.shown()
        assert sections[0].visits == []
        self.come_in(page)
        page.hidden()
        page.shown()
        assert len(sections[0].visits) == 1


@pytest.fixture
def staff(tmp_path):
    staff = Staff(tmp_path)
    yield staff
    staff.close()


class Desk:
    """The page with Mei Lin at it, let in by Priya."""

    def __init__(self, qtbot, window, staff):
        self._qtbot, self.window, self.staff = qtbot, window, staff
        self.background = InlineBackground()
        self.page = SettingsPage(window, [PeopleSection()])
        window.layout().addWidget(self.page)
        self.page.connect_till(staff.till, self.background, EventBridge(window))
        self.toasts, self.asked = [], []
        self.page.toast_requested.connect(self.toasts.append)
        self.page.lock_requested.connect(lambda: self.asked.append("lock"))
        self.page.sell_requested.connect(lambda: self.asked.append("sell"))
        self.come_in(staff.mei, staff.priya)

    def come_in(self, person, manager):
        self.page.set_person(person)
        self.page.admit(manager)
        self.page.shown()
        self.page.focus_first()

    def find(self, name):
        return self.window.findChild(QWidget, name)

    def click(self, *names):
        for name in names:
            self._wait_until_taps_count()
            self._qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def _wait_until_taps_count(self):
        dialog = open_dialog(self.window)
        if dialog is not None:
            self._qtbot.waitUntil(lambda: not dialog._guard.is_holding)

    def tap(self, digits):
        self._wait_until_taps_count()
        for digit in digits:
            key = self.window.findChild(QToolButton, f"newPinPadButton_{digit}")
            self._qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def key_pin(self, pin):
        self.tap(pin)
        self.click("newPinRepeatEdit")
        self.tap(pin)
        self.click("confirmNewPinButton")

    def press(self, *keys):
        """Keys as the window routes them: to the page first, Enter on a walked-to button last."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    @property
    def lines(self):
        rows = self.find("peopleTable").rows
        return [row.accessibleName() for row in rows]

    @property
    def selected(self):
        return self.find("peopleTable").person.name


@pytest.fixture
def desk(qtbot, window, staff):
    return Desk(qtbot, window, staff)


def lock_out(staff, person):
    for _ in range(5):
        with pytest.raises(SignInError):
            staff.people.sign_in(person.id, "0000")


class TestPeople:
    def test_everybody_is_listed_with_role_and_state(self, desk):
        assert desk.lines == ["Priya, Manager, 6 digits", "Mei Lin, Cashier, 4 digits, Signed in"]

    def test_who_is_locked_out_is_marked_until_when(self, desk, staff):
        jonas = staff.people.add("Jonas", "2222", Role.CASHIER, staff.approval)
        lock_out(staff, jonas)
        desk.come_in(staff.mei, staff.priya)
        assert desk.lines[-1].startswith("Jonas, Cashier, 4 digits, Locked until ")

    def test_the_mouse_alone_resets_a_pin(self, desk, staff):
        desk.click("personRow_2", "resetPinButton")
        desk.key_pin("729184")
        assert staff.people.sign_in(staff.mei.id, "729184")
        assert desk.lines[1] == "Mei Lin, Cashier, 6 digits, Signed in"
        assert desk.toasts == ["Saved"]
        assert desk.asked == []

    def test_the_mouse_alone_makes_a_manager_and_the_journal_says_who_approved(self, desk, staff):
        jonas = staff.people.add("Jonas", "2222", Role.CASHIER, staff.approval)
        desk.come_in(staff.mei, staff.priya)
        desk.click("personRow_3")
        assert desk.find("changeRoleButton").text() == "Make manager…"
        desk.click("changeRoleButton")
        desk.key_pin("729184")
        assert staff.people.approve(jonas.id, "729184")
        entry = staff.last_entry()
        assert (entry.kind, entry.who) == ("person_role_changed", staff.mei.id)
        assert f'"approved_by":{staff.priya.id}' in entry.body
        assert desk.selected == "Jonas"
        assert desk.find("changeRoleButton").text() == "Make cashier…"

    def test_the_mouse_alone_retires_somebody(self, desk, staff):
        staff.people.add("Jonas", "2222", Role.CASHIER, staff.approval)
        desk.come_in(staff.mei, staff.priya)
        desk.click("personRow_3", "retirePersonButton", "confirmRetireButton")
        assert [one.name for one in staff.people.everyone()] == ["Priya", "Mei Lin"]
        assert len(desk.lines) == 2

    def test_keeping_somebody_changes_nothing(self, desk, staff):
        desk.click("personRow_2", "retirePersonButton", "keepPersonButton")
        assert len(staff.people.everyone()) == 2
        assert desk.toasts == []

    def test_a_person_is_added_and_selected(self, desk, staff):
        desk.click("addPersonButton")
        QTest.keyClicks(QApplication.focusWidget(), "Anna")
        desk.click("newPinEdit")
        desk.key_pin("7291")
        assert desk.selected == "Anna"
        anna = staff.people.named("Anna")
        assert staff.people.sign_in(anna.id, "7291")

    @pytest.mark.parametrize("name", ["changeRoleButton", "retirePersonButton"])
    def test_the_last_manager_can_neither_go_nor_change(self, desk, staff, name):
        desk.click("personRow_1")
        assert not desk.find(name).isEnabled()
        assert "Keep at least one manager." in desk.find(name).accessibleName()
        assert desk.find("resetPinButton").isEnabled()
        staff.people.add("Ravi", "864209", Role.MANAGER, staff.approval)
        desk.come_in(staff.mei, staff.priya)
        desk.click("personRow_1")
        assert desk.find(name).isEnabled()

    def test_what_another_till_prevented_is_told(self, desk, staff):
        ravi = staff.people.add("Ravi", "864209", Role.MANAGER, staff.approval)
        desk.come_in(staff.mei, staff.priya)
        desk.click("personRow_3", "retirePersonButton")
        staff.people.retire(ravi.id, staff.approval)
        desk.click("confirmRetireButton")
        trouble = desk.find("peopleStatus")
        assert trouble.isVisible()
        assert "This person can’t sign in any more." in trouble.accessibleName()

    def test_who_retires_who_is_signed_in_locks_the_till(self, desk, staff):
        desk.click("personRow_2", "retirePersonButton", "confirmRetireButton")
        assert desk.asked == ["lock"]

    def test_a_signed_in_cashier_who_becomes_manager_signs_in_anew(self, desk, staff):
        desk.click("personRow_2", "changeRoleButton")
        desk.key_pin("729184")
        assert desk.asked == ["lock"]

    def test_a_manager_who_has_opened_it_and_is_none_any_more_leaves(self, desk, staff):
        staff.people.add("Ravi", "864209", Role.MANAGER, staff.approval)
        desk.come_in(staff.mei, staff.priya)
        desk.click("personRow_1", "changeRoleButton")
        desk.key_pin("7291")
        assert desk.asked == ["sell"]

    def test_a_manager_who_is_signed_in_asks_and_approves(self, desk, staff):
        desk.come_in(staff.priya, staff.priya)
        desk.click("personRow_2", "resetPinButton")
        desk.key_pin("7291")
        entry = staff.last_entry()
        assert (entry.who, f'"approved_by":{staff.priya.id}' in entry.body) == (
            staff.priya.id,
            True,
        )
        assert PRIYAS_PIN not in entry.body
        assert MEIS_PIN not in entry.body

    def test_tab_goes_through_list_lines_and_buttons(self, desk):
        desk.click("personRow_2")
        desk.page.focus_first()
        seen = []
        for _ in range(6):
            seen.append(QApplication.focusWidget().objectName())
            desk.press(TAB)
        assert seen == [
            "settingsItem_people", "personRow_2", "resetPinButton", "changeRoleButton",
            "retirePersonButton", "addPersonButton",
        ]  # fmt: skip

    @pytest.mark.parametrize("is_narrow", [True, False])
    def test_a_narrow_window_leaves_the_length_of_pins_out(self, desk, is_narrow):
        desk.page.set_narrow(is_narrow)
        shown = {one.text() for one in desk.page.findChildren(QLabel) if one.isVisible()}
        assert ("4 digits" in shown) is not is_narrow
        assert desk.lines[0] == "Priya, Manager, 6 digits"
