"""The way to the settings and back, locking and unlocking, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pos_app.compose import Parts
from pos_app.domain.people import Approval
from pos_app.ui.widgets.dialog import open_dialog
from pos_app.ui.widgets.late_key_guard import is_held
from pos_app.ui.widgets.toast import Toast
from tests.fakes.at_the_till import (
    PRIYAS_PIN,
    RETURN,
    come_to_rest,
    control,
    dialog_of,
    go_into_settings,
    open_people,
    sign_in,
    type_pin,
)
from tests.fakes.command import NOWHERE
from tests.fakes.gateway import FakeGateway
from tests.fakes.till import CHEAP
from tests.fakes.whole_window import whole_window

JONAS_PIN = "2222"


@pytest.fixture
def shown(qtbot, tmp_path):
    parts = Parts(factories=[FakeGateway().factory()], hasher=CHEAP)
    with whole_window(qtbot, tmp_path, parts=parts, POS_APP_CITCON_CHOP_BASE_URL=NOWHERE) as shown:
        yield shown


def pill(shown):
    found = shown.find("managerPill")
    return found and found.accessibleName()


def toasts(shown):
    return {one.accessibleName() for one in shown.window.findChildren(Toast) if one.isVisible()}


def sit_idle(shown):
    shown.window._on_idle()


def manager_idle(shown):
    shown.window._parts.input.manager_idle.emit()


def test_the_keyboard_alone_leads_a_cashier_in_by_a_managers_pin_and_out_again(shown):
    sign_in(shown)
    go_into_settings(shown)
    assert pill(shown) == "Priya · manager"
    assert shown.find("navSettings").isChecked()
    assert shown.window.findChild(QLabel, "cashierLabel").text() == "Mei Lin"
    assert QApplication.focusWidget().objectName() == "settingsItem_methods"
    control(shown, Qt.Key.Key_1)
    assert shown.page == "sellPage"
    assert pill(shown) is None
    control(shown, Qt.Key.Key_Comma)
    assert dialog_of(shown, "managerPinDialog")


def test_the_mouse_alone_does_too_and_a_tap_on_the_pill_ends_it(shown):
    sign_in(shown)
    shown.click("navSettings")
    dialog_of(shown, "managerPinDialog")
    for digit in PRIYAS_PIN:
        shown.click(f"managerPinPadButton_{digit}")
    shown.click("confirmManagerPinButton")
    shown.wait(lambda: shown.page == "settingsPage")
    shown.click("managerPill")
    assert shown.page == "sellPage"
    assert pill(shown) is None


def test_who_gives_up_at_the_door_stays_where_they_were(shown):
    sign_in(shown)
    shown.click("navTransactions")
    page = shown.page
    control(shown, Qt.Key.Key_Comma)
    dialog_of(shown, "managerPinDialog")
    shown.press(Qt.Key.Key_9, Qt.Key.Key_Escape)
    assert open_dialog(shown.window) is None
    assert shown.page == page
    assert pill(shown) is None


def test_a_manager_who_is_signed_in_needs_no_second_pin(shown):
    sign_in(shown, 3, PRIYAS_PIN)
    control(shown, Qt.Key.Key_Comma)
    assert shown.page == "settingsPage"
    assert pill(shown) == "Priya · manager"


def test_after_unlocking_nobody_is_in_the_settings(shown):
    sign_in(shown)
    go_into_settings(shown)
    control(shown, Qt.Key.Key_L)
    assert shown.window.is_locked
    sign_in(shown, 2, JONAS_PIN)
    assert shown.page == "sellPage"
    assert pill(shown) is None


def test_a_visit_ends_when_nobody_touches_the_till_and_its_dialog_saves_nothing(shown):
    sign_in(shown)
    go_into_settings(shown)
    timer = shown.window._parts.input._manager_timer
    assert timer.isActive()
    assert timer.interval() == 5 * 60_000
    open_people(shown)
    shown.click("resetPinButton")
    dialog = open_dialog(shown.window)
    shown.wait(lambda: not dialog._guard.is_holding)
    shown.press(Qt.Key.Key_7, Qt.Key.Key_7)
    manager_idle(shown)
    assert open_dialog(shown.window) is None
    assert shown.page == "sellPage"
    assert pill(shown) is None
    assert not timer.isActive()


def test_touching_the_till_keeps_a_visit_going(shown, qtbot):
    sign_in(shown)
    go_into_settings(shown)
    timer = shown.window._parts.input._manager_timer
    timer.setInterval(1_000)
    for _ in range(2):
        shown.wait(lambda: timer.remainingTime() < 800)
        shown.press(Qt.Key.Key_Down)
        assert timer.remainingTime() >= 800
    assert shown.page == "settingsPage"
    shown.wait(lambda: shown.page == "sellPage")


def test_it_locks_by_itself_over_a_half_keyed_approval_and_another_cashier_goes_on(shown):
    sign_in(shown)
    for digit in "4250":
        shown.press(Qt.Key(ord(digit)))
    shown.press(Qt.Key.Key_Plus)
    control(shown, Qt.Key.Key_Comma)
    dialog_of(shown, "managerPinDialog")
    shown.press(Qt.Key.Key_9, Qt.Key.Key_9)
    sit_idle(shown)
    assert shown.window.is_locked
    assert open_dialog(shown.window) is None
    sign_in(shown, 2, JONAS_PIN)
    assert shown.find("saleLine_1") is not None
    assert shown.window.findChild(QLabel, "cashierLabel").text() == "Jonas"
    shown.wait(lambda: shown.find("chargeButton").isEnabled() and not is_held(shown.window))
    shown.press(RETURN)
    shown.wait(lambda: shown.page == "paymentPage")
    charge = shown.till.payments.view(shown.window._navigator.charge_id).charge
    assert charge.cashier_id == shown.till.people.named("Jonas").id


def test_an_open_payment_keeps_the_settings_and_the_lock_away(shown):
    sign_in(shown)
    shown.press(Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_0)
    shown.wait(lambda: shown.find("chargeButton").isEnabled())
    shown.press(RETURN)
    shown.wait(lambda: shown.page == "paymentPage")
    control(shown, Qt.Key.Key_Comma)
    sit_idle(shown)
    assert shown.page == "paymentPage"
    assert open_dialog(shown.window) is None
    assert toasts(shown) == {"Finish or put aside this payment first."}


def test_it_does_not_lock_while_a_pin_is_checked(shown):
    sign_in(shown)
    control(shown, Qt.Key.Key_Comma)
    dialog = dialog_of(shown, "managerPinDialog")
    dialog.set_busy("Checking the PIN.")
    sit_idle(shown)
    assert not shown.window.is_locked
    assert dialog.is_open


def test_five_wrong_pins_at_the_door_lock_the_manager_everywhere(shown):
    sign_in(shown)
    control(shown, Qt.Key.Key_Comma)
    dialog = dialog_of(shown, "managerPinDialog")
    for _ in range(5):
        for _ in PRIYAS_PIN:
            shown.press(Qt.Key.Key_0)
        shown.press(RETURN)
        shown.wait(lambda: not dialog.is_busy and shown.window.background.is_idle)
    words = dialog.findChild(QLabel, "managerPinError").text()
    assert words.startswith("Too many tries. You can try again at ")
    shown.press(Qt.Key.Key_Escape)
    control(shown, Qt.Key.Key_L)
    shown.click("personItem_3")
    type_pin(shown, PRIYAS_PIN)
    shown.wait(lambda: shown.window.findChild(QLabel, "pinMessage").text() == words)
    assert shown.window.is_locked


def test_who_is_retired_leaves_the_lock_page_and_cannot_sign_in_there(shown):
    people = shown.till.people
    jonas, priya = people.named("Jonas"), people.named("Priya")
    shown.click("personItem_2")
    people.retire(jonas.id, Approval(priya.id, priya.id))  # at another till, meanwhile
    type_pin(shown, JONAS_PIN)
    message = shown.window.findChild(QLabel, "pinMessage")
    shown.wait(lambda: message.text() == "This person can’t sign in any more. Ask a manager.")
    shown.wait(lambda: shown.find("personItem_3") is None)
    buttons = [one for one in shown.window.findChildren(QPushButton) if one.isVisible()]
    assert not [one for one in buttons if "Jonas" in one.accessibleName()]


def test_a_pin_that_was_reset_behind_a_locked_till_is_taken_after_one_wrong_try(shown):
    people = shown.till.people
    people.reset_pin_by_administrator("Priya", "75319862")
    shown.click("personItem_3")
    type_pin(shown, PRIYAS_PIN)
    message = shown.window.findChild(QLabel, "pinMessage")
    shown.wait(lambda: bool(message.text()) and shown.window.background.is_idle)
    dots = shown.window.findChild(QWidget, "pinDots")
    assert dots.accessibleName() == "PIN, 0 of 8 digits"
    type_pin(shown, "75319862")
    shown.wait(lambda: shown.page == "sellPage")


def test_retiring_who_is_signed_in_locks_the_till(shown):
    sign_in(shown)
    go_into_settings(shown)
    open_people(shown)
    shown.click("personRow_1")
    shown.click("retirePersonButton")
    dialog = open_dialog(shown.window)
    shown.wait(lambda: not dialog._guard.is_holding)
    shown.click("confirmRetireButton")
    shown.wait(lambda: shown.window.is_locked)
    shown.wait(lambda: shown.find("personItem_1") and not shown.find("personItem_3"))
    assert shown.find("personItem_1").accessibleName() == "Jonas, Cashier"


def test_the_keyboard_alone_gives_somebody_a_new_pin_and_adds_somebody(shown):
    people, tab = shown.till.people, Qt.Key.Key_Tab
    sign_in(shown)
    go_into_settings(shown)
    open_people(shown)
    shown.press(tab, Qt.Key.Key_Down, tab, RETURN)
    assert dialog_of(shown, "newPinDialog").accessibleName() == "New PIN for Jonas"
    shown.press(*"729184", tab, *"729184", RETURN)
    shown.wait(lambda: people.named("Jonas").pin_length == 6 and open_dialog(shown.window) is None)
    come_to_rest(shown)
    control(shown, Qt.Key.Key_Comma)  # being there, it does nothing
    shown.press(Qt.Key.Key_Up, tab, tab, tab, tab, RETURN)
    dialog_of(shown, "newPersonDialog")
    QTest.keyClicks(QApplication.focusWidget(), "Anna")
    shown.press(
        tab, Qt.Key.Key_Right, Qt.Key.Key_Space, tab, *"86429137", tab, *"86429137", RETURN
    )
    shown.wait(lambda: open_dialog(shown.window) is None)
    anna = people.named("Anna")
    assert anna.is_manager
    assert people.sign_in(anna.id, "86429137")
    assert toasts(shown) == {"Saved"}
