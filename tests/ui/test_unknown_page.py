"""Unknown: three answers, no way to charge again, the customer's contact, the checks."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pos_app.services.payment_view import Screen
from pos_app.ui import theme
from pos_app.ui.widgets.check_log import CheckLog
from tests.fakes.payment_desk import PaymentDesk
from tests.fakes.payments import NOW, charge, view


def unknown_desk(qtbot):
    desk = PaymentDesk(qtbot, view(Screen.UNKNOWN))
    desk.settle()
    return desk


def test_it_says_what_happened_what_is_safe_and_what_to_do(qtbot):
    desk = unknown_desk(qtbot)
    assert desk.find("unknownWhatHappened").text() == (
        "Citcon stopped answering after the code was shown, so we can’t see the result."
    )
    assert desk.find("unknownWhatIsSafe").text().startswith("The sale is saved.")
    assert "customer’s Alipay app" in desk.find("unknownWhatToDo").text()


def test_it_offers_nothing_that_charges_again(qtbot):
    assert unknown_desk(qtbot).buttons() == {"Check again", "Put aside", "Settle with manager"}


def test_f5_and_enter_check_again(qtbot):
    desk = unknown_desk(qtbot)
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_Return)
    assert desk.commands() == ["check_now", "check_now"]


def test_it_can_be_put_aside(qtbot):
    desk = unknown_desk(qtbot)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.commands() == ["put_aside"]
    assert desk.new_sales == [True]


@pytest.mark.parametrize(("size", "is_narrow"), [((1138, 789), True), ((1366, 642), False)])
def test_the_contact_field_is_seen_beside_the_training_strip(qtbot, qapp, size, is_narrow):
    theme.apply(qapp, theme.Look())
    unknown = view(Screen.UNKNOWN, is_training=True)
    desk = PaymentDesk(qtbot, unknown, size=size, is_training=True)
    desk.page.set_narrow(is_narrow)
    contact = desk.find("customerContactEdit")
    qtbot.waitUntil(lambda: contact.visibleRegion().boundingRect() == contact.rect())


def test_the_contact_is_kept_when_the_field_is_left(qtbot):
    desk = unknown_desk(qtbot)
    contact = desk.find("customerContactEdit")
    qtbot.keyClicks(contact, "Ana 555-0134")
    contact.editingFinished.emit()
    assert desk.asked[-1] == ("save_contact", 87, "Ana 555-0134")


def test_a_contact_being_typed_is_not_overwritten(qtbot):
    desk = unknown_desk(qtbot)
    contact = desk.find("customerContactEdit")
    qtbot.keyClicks(contact, "An")
    desk.page._stage.unknown.show_contact("from the ledger")
    assert contact.text() == "An"


def test_the_contact_of_one_payment_never_shows_at_another(qtbot):
    desk = unknown_desk(qtbot)
    qtbot.keyClicks(desk.find("customerContactEdit"), "Ana")
    other = view(Screen.UNKNOWN, charge=charge(Screen.UNKNOWN, id=90))
    desk.till.payments.shown = other
    desk.page.show_charge(90)
    assert desk.find("customerContactEdit").text() == ""


def test_what_was_typed_is_saved_for_its_own_payment_when_the_page_is_left(qtbot):
    desk = unknown_desk(qtbot)
    qtbot.keyClicks(desk.find("customerContactEdit"), "Ana")
    desk.page.hidden()
    assert ("save_contact", 87, "Ana") in desk.asked


def test_the_checks_are_listed_newest_first_with_the_next_one(qtbot):
    desk = unknown_desk(qtbot)
    lines = desk.find("checkLog", CheckLog).lines
    assert [line.split(" ", 1)[1] for line in lines] == ["No answer"] * 4 + ["Not paid yet"] * 2
    assert desk.find("nextCheckLabel").text() == "Next check in 21 s"


def test_a_far_check_is_told_in_minutes(qtbot):
    desk = unknown_desk(qtbot)
    desk.become(view(Screen.UNKNOWN, next_check_at=NOW + timedelta(minutes=15)))
    assert desk.find("nextCheckLabel").text() == "Next check in 15 min"


def test_an_answer_takes_its_place(qtbot):
    desk = unknown_desk(qtbot)
    desk.become(view(Screen.PAID))
    assert desk.find("unknownPanel") is None
    assert desk.find("newSaleButton") is not None
