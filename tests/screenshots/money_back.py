"""The dialogs with which money goes back, in every state."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pos_app.domain.advice import Way, Why
from pos_app.domain.errors import GatewayNotSetUp, WrongPinError
from pos_app.domain.refunds import RefundStatus, Refusal
from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog
from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.widgets.error_details import ErrorDetails
from tests.fakes.money_back import (
    D,
    FakeLooking,
    FakeRefunding,
    FakeRefundTraining,
    FakeSlips,
    U,
    advice,
    paid,
    refused,
    standing,
)
from tests.fakes.refunds import a_refund
from tests.fakes.till_for_sell import MEI_LIN, PRIYA

ANNA = replace(PRIYA, id=4, name="Anna", pin_length=8)
PIN = "999999"


def manager_pin(keys="", *, people=(), is_pressed=False):
    """Return the way to the question for a manager's PIN."""

    def show(stage):
        stage.till.people.people += people
        stage.sign_in()
        dialog = ManagerPinDialog(
            stage.window,
            stage.till.people,
            stage.window.background,
            purpose="Managers change prices, people and the connection to Citcon.",
        )
        dialog.open()
        stage.settle()
        stage.keys(keys)
        if is_pressed:
            stage.click("confirmManagerPinButton")

    return show


def _open(stage, kind, **changes):
    till = stage.till
    till.refunding = FakeRefunding(**changes)
    till.receipts.print_slip = FakeSlips().print_slip
    if till.is_training:
        till.training = FakeRefundTraining()
    stage.sign_in()
    money_back = MoneyBack(stage.window.page)
    money_back.connect_till(till, stage.window.background)
    money_back.tell_person(MEI_LIN)
    (money_back.refund if kind == "refundDialog" else money_back.cancel_paid)(85)
    stage.settle(lambda: stage.window.findChild(QWidget, kind) is not None)


def refund(keys="1250", pin="", *, people=(), reason="returned", **changes):
    """Return the way to the refund dialog, filled in as far as it is wanted."""

    def show(stage):
        stage.till.people.people += people
        _open(stage, "refundDialog", **changes)
        stage.keys(keys)
        if reason:
            stage.click(f"refundReason_{reason}")
        if pin:
            stage.widget("managerPinEdit").setFocus()
            stage.keys(pin)

    return show


def refunded(result, click="", **more):
    """Return the way to what became of a refund."""

    def show(stage):
        refund(pin=PIN, result=result, **more)(stage)
        stage.click("confirmRefundButton")
        if click:
            stage.click(click)

    return show


def checked_elsewhere(stage):
    """The gateway had refused it, and was asked what went back."""
    refunded(TOO_MUCH)(stage)
    till = stage.till
    till.looking = FakeLooking(till.refunding, gone="121.00")
    stage.click("checkRefundStatusButton")


def details(result):
    """Return the way to the gateway's own words."""

    def show(stage):
        refunded(result)(stage)
        fold = stage.widget("refundDialog").findChild(ErrorDetails)
        fold.findChild(QWidget, "refundDetailsToggle").click()

    return show


def sending(stage):
    """While the request is on its way."""
    refund(pin=PIN)(stage)
    stage.widget("refundDialog").show_sending()


def wrong_pin(stage):
    """The PIN was wrong; everything else is kept."""
    refund(pin="123456")(stage)
    stage.till.people.trouble = WrongPinError(4)
    stage.click("confirmRefundButton")


def cancel(pin="", *, way=Way.CANCEL, why=Why.NOT_SETTLED, **changes):
    """Return the way to the cancel dialog."""

    def show(stage):
        whole = standing("0.00", of=paid("42.50"))
        _open(stage, "cancelPaidDialog", shown=whole, advised=advice(why, way), **changes)
        stage.click("refundReason_chargedTwice")
        if pin:
            stage.widget("managerPinEdit").setFocus()
            stage.keys(pin)

    return show


def cancelled(result, **more):
    """Return the way to what became of a cancel."""

    def show(stage):
        cancel(PIN, result=result, **more)(stage)
        stage.click("confirmCancelPaidButton")

    return show


NO_BALANCE = refused(Refusal.NO_BALANCE, "4071 insufficient open balance")
TOO_MUCH = refused(Refusal.TOO_MUCH, "4071 refund amount greater than allowed")
NOT_SENT = refused(Refusal.NOT_SENT, "")
NOT_IN_WINDOW = refused(Refusal.NOT_IN_WINDOW, "Not in cancellation window")

STATES = (
    ("manager-pin", "typing", manager_pin("999")),
    ("manager-pin", "whose", manager_pin(people=(ANNA,))),
    ("manager-pin", "wrong", manager_pin("123456", is_pressed=True)),
    ("refund", "empty", refund("", reason="")),
    ("refund", "filled", refund(pin=PIN)),
    ("refund", "too-much", refund("9700")),
    ("refund", "other", refund(reason="other")),
    ("refund", "whose-pin", refund(people=(ANNA,))),
    ("refund", "wrong-pin", wrong_pin),
    ("refund", "held-back", refund(shown=standing("30.00", "12.50"))),
    ("refund", "forecast", refund("9600", advised=advice(balance="42.00"))),
    (
        "refund", "better-cancel",
        refund("", reason="", shown=standing("0.00", of=paid("96.00")),
               advised=advice(Why.NOT_SETTLED, Way.CANCEL)),
    ),
    ("refund", "sending", sending),
    ("refund", "done", refunded(a_refund(D))),
    ("refund", "slip-printed", refunded(a_refund(D), "printRefundSlipButton")),
    ("refund", "no-balance", refunded(NO_BALANCE)),
    ("refund", "refused-too-much", refunded(TOO_MUCH)),
    ("refund", "refused", refunded(refused())),
    ("refund", "refused-details", details(refused())),
    ("refund", "unreachable", refunded(NOT_SENT)),
    ("refund", "checked-elsewhere", checked_elsewhere),
    ("refund", "pending", refunded(a_refund(RefundStatus.PENDING))),
    ("refund", "unknown", refunded(a_refund(U))),
    ("refund", "unknown-checked", refunded(a_refund(U), "checkRefundButton")),
    ("refund", "not-set-up", refunded(GatewayNotSetUp("There is no token."))),
    ("cancel-paid", "filled", cancel(PIN)),
    ("cancel-paid", "late", cancel(way=Way.REFUND, why=Why.WINDOW_CLOSED)),
    ("cancel-paid", "done", cancelled(a_refund(D))),
    ("cancel-paid", "too-late", cancelled(NOT_IN_WINDOW)),
    ("cancel-paid", "unknown", cancelled(a_refund(U))),
)  # fmt: skip
"""Page, name, and the way there; `states.py` makes pictures of them."""


def _training(stage):
    refund(pin=PIN)(stage)
    stage.click("simRefundLoseAnswer")


IN_TRAINING = (("refund", "training", _training),)
