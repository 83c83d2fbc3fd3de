"""Cancelling a paid payment as a whole: its words, its endings, and the way to a refund."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos_app.domain.advice import Way, Why
from pos_app.domain.errors import CannotCancelPaidError
from pos_app.domain.refunds import RefundKind, Refusal
from pos_app.ui.format import clock_text
from tests.fakes.money_back import D, U, advice, paid, refused, standing
from tests.fakes.money_back_desk import PIN, MoneyBackDesk
from tests.fakes.payments import NOW
from tests.fakes.refunds import a_refund
from tests.fakes.till_for_sell import MEI_LIN, PRIYA

SENT = ("cancel", "Charged twice: twice at the till", MEI_LIN.id, PRIYA.id)


@pytest.fixture
def desk(qapp, qtbot):
    desk = MoneyBackDesk(qtbot)
    desk.refunding.shown = standing("0.00", of=paid("42.50"))
    desk.refunding.advised = advice(Why.NOT_SETTLED, Way.CANCEL)
    return desk


def fill(desk):
    desk.open_cancel()
    desk.click("refundReason_chargedTwice")
    desk.find("refundReasonEdit").setText("twice at the till")
    desk.key_pin()


def words(desk):
    return [label.text() for label in desk.dialog.findChildren(QLabel) if label.isVisible()]


def test_it_says_what_it_does_and_has_no_amount_to_key(desk):
    desk.open_cancel()
    assert (
        "This returns the full US$ 42.50. It only works before Citcon has settled the payment."
        in words(desk)
    )
    assert desk.find("refundAmountEdit") is None
    assert desk.confirm.accessibleName() == "Return US$ 42.50 Choose a reason"
    until = clock_text(NOW + timedelta(hours=1))
    hint = desk.find("refundHint").text()
    assert hint == f"That works until about {until} and needs no balance."
    assert desk.focused == "closeRefundButton"


def test_the_keyboard_alone_cancels_it(desk):
    desk.open_cancel()
    desk.keys(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert desk.focused == "refundReason_returned"
    desk.keys(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert desk.focused == "managerPinEdit"
    desk.keys(PIN, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert desk.refunding.asked == [("cancel", "Goods returned", MEI_LIN.id, PRIYA.id)]


def test_enter_after_a_tapped_reason_goes_on_to_the_pin_and_does_not_close(desk):
    desk.open_cancel()
    desk.click("refundReason_wrongAmount")
    assert desk.focused == "refundReason_wrongAmount"
    desk.keys(Qt.Key.Key_Return)
    assert desk.focused == "managerPinEdit"


def test_enter_never_chooses_the_reason_that_had_the_focus_before_another_was_tapped(desk):
    desk.open_cancel()
    desk.keys(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    desk.click("refundReason_wrongAmount")
    desk.keys(Qt.Key.Key_Return, PIN, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert desk.refunding.asked == [("cancel", "Wrong amount", MEI_LIN.id, PRIYA.id)]


ENDINGS = [
    (
        a_refund(D), "refundDone", "Payment cancelled.",
        ("US$ 42.50 goes back to the customer’s Alipay."
        " When it shows there depends on the wallet."),
        ["printRefundSlipButton", "closeRefundButton"], "closeRefundButton",
    ),
    (
        refused(Refusal.NOT_IN_WINDOW), "cancelTooLate", "Too late to cancel.",
        "No money moved. Use Refund instead.",
        ["closeRefundButton", "refundInsteadButton"], "refundInsteadButton",
    ),
    (
        CannotCancelPaidError("no"), "cancelTooLate", "Too late to cancel.",
        "No money moved. Use Refund instead.",
        ["closeRefundButton", "refundInsteadButton"], "refundInsteadButton",
    ),
    (
        refused(), "refundRefused", "Citcon refused to cancel the payment.",
        ("No money moved. A refund may still be possible. The details say what Citcon"
        " answered."),
        ["closeRefundButton", "refundInsteadButton"], "closeRefundButton",
    ),
    (
        refused(Refusal.NOT_SENT), "refundUnreachable", "Couldn’t reach Citcon.",
        "The cancel was not sent. No money moved.",
        ["closeRefundButton", "retryRefundButton"], "closeRefundButton",
    ),
    (
        a_refund(U), "refundUnknown", "We don’t know if the cancel went through.",
        ("Don’t refund it as well: the customer could be paid twice. US$ 42.50 is held back"
        " until this is settled."),
        ["closeRefundButton", "settleRefundButton", "checkRefundButton"],
        "checkRefundButton",
    ),
]  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending[1])
def test_each_ending_says_what_happened_and_offers_what_is_safe(desk, ending):
    result, state, title, text, buttons, focus = ending
    desk.refunding.result = result
    fill(desk)
    desk.send()
    assert (desk.state, desk.title, desk.text) == (state, title, text)
    assert desk.buttons == buttons
    assert desk.focused == focus
    assert desk.refunding.asked == [SENT]


def test_too_late_leads_straight_to_a_refund(desk):
    desk.refunding.result = refused(Refusal.NOT_IN_WINDOW)
    fill(desk)
    desk.send()
    desk.click("refundInsteadButton")
    assert desk.dialog.objectName() == "refundDialog"
    assert desk.amount == "US$ 0.00"


def test_checking_an_unknown_cancel_can_find_it_done(desk):
    desk.refunding.result = a_refund(U)
    desk.refunding.checked = a_refund(D, kind=RefundKind.CANCEL)
    fill(desk)
    desk.send()
    desk.click("checkRefundButton")
    assert desk.title == "Payment cancelled."


def test_what_will_probably_be_too_late_is_said_and_not_forbidden(desk):
    desk.refunding.advised = advice(Why.WINDOW_CLOSED, Way.REFUND)
    fill(desk)
    hint = desk.find("refundHint")
    assert hint.text() == "Citcon will probably say that it is too late to cancel."
    assert hint.property("tone") == "warn"
    assert desk.confirm.isEnabled()


def test_the_mouse_alone_cancels_it(desk):
    desk.open_cancel()
    desk.tap("refundReason_wrongAmount")
    desk.pad(*PIN)
    desk.tap("confirmCancelPaidButton")
    assert desk.state == "refundDone"
    assert desk.refunding.asked == [("cancel", "Wrong amount", MEI_LIN.id, PRIYA.id)]
