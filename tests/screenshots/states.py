"""Every state that has a picture: its page, its name, and the way there."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pos_app.domain.errors import (
    ChargeStillOpenError,
    DiskFullError,
    LockedOutError,
    NewerSchemaError,
    WrongPinError,
)
from pos_app.domain.events import ChargeChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Item
from pos_app.services.payment_view import CancelRefusal, Screen
from pos_app.services.printing import PrintResult, PrintTrouble
from pos_app.services.receiving import ReceiverView, Reception
from pos_app.ui.errors import explain
from pos_app.ui.widgets.error_details import ErrorDetails
from pos_app.ui.widgets.trouble_page import TroublePage
from tests.fakes.payments import NOW, charge
from tests.fakes.till_for_sell import MEI_LIN
from tests.screenshots import money_back
from tests.screenshots.customers import CUSTOMERS
from tests.screenshots.reconciling import RECONCILING
from tests.screenshots.scanning import SCANNING
from tests.screenshots.services import SERVICES
from tests.screenshots.settings import SETTINGS
from tests.screenshots.settling import (
    CONTRADICTED,
    FULL_DISK,
    NOT_PAID,
    PAID_AFTER_ALL,
    decided,
    only_pin,
    settling,
)
from tests.screenshots.state import State
from tests.screenshots.till import PRINTED, SHELF
from tests.screenshots.transactions import TRANSACTIONS

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
NOT_PRINTED = PrintResult(False, None, PrintTrouble.NOT_ANSWERING)
NO_RIGHT = "Can't listen on 127.0.0.1 port 80: Permission denied."
SAVED = PrintResult(False, Path("HSG1-0087.pdf"), PrintTrouble.NO_PRINTER)


# Lock


def idle_lock(stage):
    stage.connect()
    stage.keys("11")


def starting(stage):
    stage.settle()


def wrong_pin(stage):
    stage.till.people.trouble = WrongPinError(4)
    stage.connect()
    stage.keys("1234")


def locked_out(stage):
    stage.till.people.trouble = LockedOutError(NOW + timedelta(minutes=5))
    stage.connect()
    stage.keys("1234")


def one_person(stage):
    stage.till.people.people = (MEI_LIN,)
    stage.connect()


def first_manager(stage):
    stage.till.people.people = ()
    stage.connect()


def needs_answer(stage):
    stage.till.answers.waiting = 1
    idle_lock(stage)


# Sell


def sale_of_the_pictures(stage):
    stage.till.answers.waiting = 1
    stage.sign_in()
    add_lines(stage)
    stage.keys("400")


def add_lines(stage):
    stage.click("entryModeItems")
    for tile in (1, 1, 2):
        stage.click(f"itemTile_{tile}")
    stage.click("entryModeKeypad")


def idle_sell(stage):
    stage.sign_in()


def typing(stage):
    stage.sign_in()
    stage.keys("4250")


def plain_decimals(stage):
    stage.sign_in()
    stage.keys("42.")


def opened_line(stage):
    sale_of_the_pictures(stage)
    stage.click("saleLine_1")


def items(stage):
    stage.sign_in()
    stage.click("entryModeItems")
    stage.click("itemTile_1")


def no_items(stage):
    stage.till.catalogue.shown = ()
    stage.sign_in()
    stage.click("entryModeItems")


def many_lines(stage):
    long_name = "A hand-painted porcelain teapot with two cups"
    stage.till.catalogue.shown = (Item(long_name, Money.parse("1200", "USD")), *SHELF)
    stage.sign_in()
    stage.click("entryModeItems")
    for tile in range(1, 7):
        stage.click(f"itemTile_{tile}")
    for amount in ("100+", "250+", "375+", "4200+"):
        stage.keys(amount)


def method_off(stage):
    """GCash takes pesos only, and the sale has dollars in it."""
    stage.till.catalogue.chosen = tuple(
        replace(choice, currency="PHP") if choice.method is PaymentMethod.GCASH else choice
        for choice in stage.till.catalogue.chosen
    )
    sale_of_the_pictures(stage)


def other_method(method):
    def show(stage):
        stage.sign_in()
        stage.click(f"methodTile_{method}")
        stage.keys("4250")

    return show


def large_amount(stage):
    stage.sign_in()
    stage.keys("2425000", ENTER)


def same_customer(stage):
    stage.till.checkout.trouble = ChargeStillOpenError(87, charge().reference)
    typing(stage)
    stage.keys(ENTER)


def note(stage):
    typing(stage)
    stage.click("noteButton")


def clear_question(stage):
    stage.sign_in()
    add_lines(stage)
    stage.keys(ESCAPE)


def cleared(stage):
    sale_of_the_pictures(stage)
    stage.click("clearSaleButton")


def no_shift(stage):
    stage.till.shifts.shift = None
    typing(stage)


def no_connection(stage):
    stage.till.connection.state = stage.till.connection_is(is_answering=False, has_network=False)
    sale_of_the_pictures(stage)


def not_answering(stage):
    stage.till.connection.state = stage.till.connection_is(is_answering=False)
    typing(stage)


def cannot_save(stage):
    stage.till.checkout.trouble = DiskFullError("The disk is full.")
    typing(stage)
    stage.keys(ENTER)


def cannot_save_details(stage):
    cannot_save(stage)
    stage.click("sellDetailsButton")


def focus_ring(stage):
    typing(stage)
    stage.keys(TAB, TAB)


def training_sell(stage):
    sale_of_the_pictures(stage)


# Scanning the customer's code


def sell_with_scan(stage):
    stage.till.taking.is_there = True
    sale_of_the_pictures(stage)


# Payment

_SPECIAL = {
    Screen.CREATING: {"can_stop_create": True},
    Screen.NO_ANSWER: {"last_check_at": NOW - timedelta(seconds=14)},
}
_NO_CONNECTION = frozenset({Screen.NO_ANSWER, Screen.UNKNOWN, Screen.CREATE_LOST})


def payment(state, method=PaymentMethod.ALIPAY, **changes):
    """Return the way to the payment page in `state`."""

    def show(stage):
        stage.till.answers.waiting = 1
        if state in _NO_CONNECTION and not stage.till.is_training:
            stage.till.connection.state = stage.till.connection_is(is_answering=False)
        stage.pay(state, method=method, **{**_SPECIAL.get(state, {}), **changes})
        if state is Screen.CREATING:
            code = stage.widget("qrCode")
            stage.settle(lambda: code._is_placeholder)

    return show


def paid(result):
    def show(stage):
        stage.till.receipts.result = result
        stage.pay(Screen.PAID)

    return show


def details(state, **changes):
    def show(stage):
        payment(state, **changes)(stage)
        stage.widget("paymentPage").findChild(ErrorDetails).findChild(QPushButton).click()

    return show


def big_code(stage):
    stage.pay(Screen.WAITING)
    stage.click("showLargerButton")


def cancel_question(stage):
    stage.pay(Screen.WAITING)
    stage.keys(ESCAPE)


def stop_question(stage):
    stage.pay(Screen.WAITING, method=PaymentMethod.GCASH)
    stage.keys(ESCAPE)


# Frame


def attention(state, method=PaymentMethod.ALIPAY):
    """Return the way to the bar that tells of a payment put aside earlier."""

    def show(stage):
        sale_of_the_pictures(stage)
        before = charge(Screen.WAITING, method, put_aside_at=NOW)
        stage.till.events.publish(ChargeChanged(before, charge(state, method)))
        bar = stage.widget("attentionBar")
        stage.settle(bar.isVisible)

    return show


def closing(stage):
    typing(stage)
    stage.till.events.publish(ChargeChanged(None, charge(Screen.WAITING)))
    stage.settle()
    stage.window.close()


def shortcuts(stage):
    typing(stage)
    stage.keys(Qt.Key.Key_F12)


def connection(stage):
    not_answering(stage)
    stage.click("connectionStatus")


def receiving(reception, **more):
    def show(stage):
        stage.till.receiver = ReceiverView(reception, 8299, **more)
        typing(stage)
        stage.click("connectionStatus")

    return show


def failure(stage):
    typing(stage)
    stage.window.show_failure()


def newer_database(stage):
    TroublePage(stage.window, explain(NewerSchemaError("The database has revision 0042."))).open()


STATES = (
    State("lock", "starting", starting),
    State("lock", "idle", idle_lock),
    State("lock", "wrong-pin", wrong_pin),
    State("lock", "locked-out", locked_out),
    State("lock", "one-person", one_person),
    State("lock", "first-manager", first_manager),
    State("lock", "needs-answer", needs_answer),
    State("lock", "training", idle_lock, is_training=True),
    State("sell", "idle", idle_sell),
    State("sell", "typing", typing),
    State("sell", "plain-decimals", plain_decimals),
    State("sell", "lines", sale_of_the_pictures),
    State("sell", "opened-line", opened_line),
    State("sell", "items", items),
    State("sell", "no-items", no_items),
    State("sell", "many-lines", many_lines),
    State("sell", "method-off", method_off),
    State("sell", "card", other_method("cc")),
    State("sell", "gcash", other_method("gcash")),
    State("sell", "large-amount", large_amount),
    State("sell", "same-customer", same_customer),
    State("sell", "note", note),
    State("sell", "clear-question", clear_question),
    State("sell", "cleared", cleared),
    State("sell", "no-shift", no_shift),
    State("sell", "no-connection", no_connection),
    State("sell", "not-answering", not_answering),
    State("sell", "cannot-save", cannot_save),
    State("sell", "cannot-save-details", cannot_save_details),
    State("sell", "focus-ring", focus_ring),
    State("sell", "training", training_sell, is_training=True),
    State("sell", "with-scan", sell_with_scan),
    *(State("payment", state.value, payment(state)) for state in Screen),
    *(
        State("payment", f"{state.value}-training", payment(state), is_training=True)
        for state in Screen
    ),
    State("payment", "waiting-gcash", payment(Screen.WAITING, PaymentMethod.GCASH)),
    State("payment", "waiting-card", payment(Screen.WAITING, PaymentMethod.CC)),
    State("payment", "refused-details", details(Screen.CREATE_REFUSED)),
    State(
        "payment",
        "cancelRefused-failed",
        payment(Screen.CANCEL_REFUSED, cancel_refusal=CancelRefusal.FAILED),
    ),
    State(
        "payment",
        "cancelRefused-planned",
        payment(
            Screen.CANCEL_REFUSED,
            PaymentMethod.WECHATPAY,
            cancel_again_at=NOW + timedelta(minutes=5),
        ),
    ),
    State("payment", "cancelledPaid-in-doubt", payment(Screen.CANCELLED_PAID, returned=None)),
    State("payment", "settled-not-paid", decided(NOT_PAID)),
    State("payment", "mismatch-contradicted", decided(CONTRADICTED)),
    State("payment", "paidLate-contradicted", decided(PAID_AFTER_ALL)),
    State("payment", "big-code", big_code),
    State("payment", "cancel-question", cancel_question),
    State("payment", "stop-question", stop_question),
    State("payment", "paid-not-printed", paid(NOT_PRINTED)),
    State("payment", "paid-saved", paid(SAVED)),
    State("payment", "paid-printed", paid(PRINTED)),
    *TRANSACTIONS,
    *(State(*one) for one in money_back.STATES),
    *(State(*one, is_training=True) for one in money_back.IN_TRAINING),
    State("settle", "pin", only_pin),
    State("settle", "charge", settling("charge")),
    State("settle", "charge-paid", settling("charge", "settlePaidRadio", "settleNote_1")),
    State("settle", "charge-not-paid", settling("charge", "settleNotPaidRadio")),
    State("settle", "charge-looked-at", settling("looked-at", "settleUnknownRadio")),
    State("settle", "charge-contradicted", settling("contradicted", "settleNotPaidRadio")),
    State("settle", "refund", settling("refund", "settleNotPaidRadio", "settleNote_2")),
    State("settle", "cancel", settling("cancel", "settlePaidRadio")),
    State("settle", "return", settling("return", "settlePaidRadio")),
    State("settle", "refund-contradicted", settling("refund-contradicted")),
    State("settle", "list-disagrees", settling("list")),
    *(State("reconcile", name, show) for name, show in RECONCILING.items()),
    State(
        "settle",
        "not-recorded",
        settling("contradicted", "settlePaidRadio", "settleNote_1", trouble=FULL_DISK),
    ),
    State("frame", "attention-unknown", attention(Screen.UNKNOWN)),
    State("frame", "attention-paid", attention(Screen.PAID)),
    State("frame", "attention-expired", attention(Screen.EXPIRED)),
    *(State("settings", name, show) for name, show in SETTINGS.items()),
    *CUSTOMERS,
    *SERVICES,
    *SCANNING,
    State("frame", "closing", closing),
    State("frame", "shortcuts", shortcuts),
    State("frame", "connection", connection),
    State("frame", "connection-receiving", receiving(Reception.RUNNING, last_notice_at=NOW)),
    State("frame", "connection-port-taken", receiving(Reception.PORT_TAKEN)),
    State("frame", "connection-receiver-down", receiving(Reception.DOWN, trouble=NO_RIGHT)),
    State("frame", "failure", failure),
    State("frame", "newer-database", newer_database),
)
