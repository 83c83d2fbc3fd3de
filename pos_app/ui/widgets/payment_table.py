"""What each state of a payment says and offers: the table of ux.md 6.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pos_app.services.payment_view import Screen


class Action(StrEnum):
    """What the cashier can do; the value is the button's object name (ux.md, section 11)."""

    CHECK = "checkNowButton"
    CHECK_AGAIN = "checkAgainButton"
    PUT_ASIDE = "putAsideButton"
    CANCEL = "cancelPaymentButton"
    CANCEL_AGAIN = "cancelAgainButton"
    STOP = "stopWaitingButton"
    KEEP_WAITING = "keepWaitingButton"
    RETRY_CREATE = "retryCreateButton"
    STOP_CREATE = "stopCreateButton"
    BACK_TO_SALE = "backToSaleButton"
    NEW_CODE = "newCodeButton"
    SCAN = "scanAgainButton"
    OTHER_METHOD = "otherMethodButton"
    END_SALE = "endSaleButton"
    NEW_SALE = "newSaleButton"
    PRINT = "printReceiptButton"
    PRINT_AGAIN = "printAgainButton"
    DONE = "doneButton"
    SETTLE = "settleButton"
    REFUND = "refundLateButton"
    PRINT_SLIP = "printSlipButton"


ASSERTIVE = frozenset({
    Screen.PAID,
    Screen.PAID_LATE,
    Screen.DECLINED,
    Screen.UNKNOWN,
    Screen.MISMATCH,
    Screen.CANCELLED_PAID,
})  # fmt: skip
"""States that a screen reader tells at once (ux.md, section 10)."""

SOUNDS: Mapping[Screen, str] = MappingProxyType({
    Screen.PAID: "paid",
    Screen.UNKNOWN: "attention",
    Screen.MISMATCH: "attention",
    Screen.PAID_LATE: "attention",
    Screen.CANCELLED_PAID: "attention",
    Screen.DECLINED: "no",
    Screen.CREATE_REFUSED: "no",
    Screen.CREATE_NOT_SET_UP: "no",
    Screen.EXPIRED: "no",
    Screen.CODE_EXPIRED: "no",
})  # fmt: skip
"""The sound with which a state begins (ux.md, section 7)."""

_A = Action

_WATCHED = (_A.CHECK, _A.PUT_ASIDE, _A.CANCEL)
AGAIN = (_A.NEW_CODE, _A.OTHER_METHOD, _A.END_SALE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; title and text are English, with the facts of the payment in braces."""

    title: object
    text: object
    tone: str
    icon: str
    actions: tuple[Action, ...] = ()
    is_calm: bool = False


TABLE: Mapping[Screen, Row] = MappingProxyType({
    Screen.CREATING: Row(
        QT_TRANSLATE_NOOP("Payment", "Making the code…"),
        QT_TRANSLATE_NOOP("Payment", "Usually a second or two."),
        "info", "clock", is_calm=True,
    ),
    Screen.CREATE_UNREACHABLE: Row(
        QT_TRANSLATE_NOOP("Payment", "Couldn’t reach {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "The code wasn’t made, so nobody can have paid. Check the "
                                     "network, then try again."),
        "warn", "wifi-off", (_A.RETRY_CREATE, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_LOST: Row(
        QT_TRANSLATE_NOOP("Payment", "We couldn’t tell if the code was made"),
        QT_TRANSLATE_NOOP("Payment", "No code was shown, so nobody can have paid."),
        "warn", "question", (_A.RETRY_CREATE, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_REFUSED: Row(
        QT_TRANSLATE_NOOP("Payment", "{gateway} didn’t accept this payment"),
        QT_TRANSLATE_NOOP("Payment", "No money was taken. Choose another method, or call a "
                                     "manager if it happens again."),
        "bad", "circle-close", (_A.OTHER_METHOD, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_NOT_SET_UP: Row(
        QT_TRANSLATE_NOOP("Payment", "This register isn’t signed in to {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "No money was taken. Call a manager to check the connection "
                                     "settings."),
        "bad", "key", (_A.BACK_TO_SALE,),
    ),
    Screen.WAITING: Row(
        QT_TRANSLATE_NOOP("Payment", "Waiting for the customer to pay"),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "phone", _WATCHED, is_calm=True,
    ),
    Screen.WAITING_LOW: Row(
        QT_TRANSLATE_NOOP("Payment", "Still waiting. The code closes in {left}."),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "clock", _WATCHED, is_calm=True,
    ),
    Screen.NO_ANSWER: Row(
        QT_TRANSLATE_NOOP("Payment", "No answer from {gateway}. Still trying."),
        QT_TRANSLATE_NOOP("Payment", "The customer can still pay, and the payment is safe. This "
                                     "screen can’t see it until the connection is back. Don’t "
                                     "start another code for this customer."),
        "warn", "wifi-off", _WATCHED, is_calm=True,
    ),
    Screen.LAST_CHECK: Row(
        QT_TRANSLATE_NOOP("Payment", "Time’s up. Checking one last time…"),
        QT_TRANSLATE_NOOP("Payment", "This takes ten seconds at most."),
        "info", "clock",
    ),
    Screen.STILL_OPEN: Row(
        QT_TRANSLATE_NOOP("Payment", "Time’s up, but the code is still open at {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "The customer could still pay with it."),
        "warn", "clock", (_A.KEEP_WAITING, _A.CANCEL),
    ),
    Screen.PAID: Row(
        QT_TRANSLATE_NOOP("Payment", "Paid"),
        QT_TRANSLATE_NOOP("Payment", "Confirmed by {gateway}. You can hand over the goods."),
        "ok", "check", (_A.NEW_SALE, _A.PRINT),
    ),
    Screen.PAID_LATE: Row(
        QT_TRANSLATE_NOOP("Payment", "This payment came through after all"),
        QT_TRANSLATE_NOOP("Payment", "{amount} by {method}, paid {paid}. If the customer paid "
                                     "another way too, refund one of them."),
        "ok", "check", (_A.PRINT, _A.REFUND, _A.DONE),
    ),
    Screen.DECLINED_HINT: Row(
        QT_TRANSLATE_NOOP("Payment", "{method} said no. The same code still works."),
        QT_TRANSLATE_NOOP("Payment", "The customer can try again with it, or you cancel it "
                                     "first."),
        "warn", "warning", _WATCHED, is_calm=True,
    ),
    Screen.DECLINED: Row(
        QT_TRANSLATE_NOOP("Payment", "Declined"),
        QT_TRANSLATE_NOOP("Payment", "{method} said no. No money was taken. The customer can try "
                                     "again or pay another way."),
        "bad", "circle-close", AGAIN,
    ),
    Screen.EXPIRED: Row(
        QT_TRANSLATE_NOOP("Payment", "The code has expired"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} confirms it wasn’t paid. No money was taken."),
        "info", "clock", AGAIN,
    ),
    Screen.CANCELLING: Row(
        QT_TRANSLATE_NOOP("Payment", "Cancelling…"),
        QT_TRANSLATE_NOOP("Payment", "Waiting for {gateway} to confirm. Don’t take another "
                                     "payment yet."),
        "info", "clock",
    ),
    Screen.CANCELLED: Row(
        QT_TRANSLATE_NOOP("Payment", "Payment cancelled"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} confirmed it. No money was taken."),
        "info", "circle-close", (_A.BACK_TO_SALE, _A.NEW_CODE, _A.END_SALE),
    ),
    Screen.CANCELLED_PAID: Row(
        QT_TRANSLATE_NOOP("Payment", "Cancelled, but the customer had just paid"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} is returning the full {amount}. Don’t hand over "
                                     "the goods on this payment."),
        "warn", "undo", (_A.BACK_TO_SALE, _A.SETTLE),
    ),
    Screen.CANCEL_REFUSED: Row(
        QT_TRANSLATE_NOOP("Payment", "Couldn’t cancel"),
        QT_TRANSLATE_NOOP("Payment", "Cancelling failed. The payment is unchanged and may still "
                                     "be paid."),
        "warn", "warning", (_A.KEEP_WAITING, _A.PUT_ASIDE, _A.CANCEL_AGAIN),
    ),
    Screen.STOPPED: Row(
        QT_TRANSLATE_NOOP("Payment", "You stopped waiting"),
        QT_TRANSLATE_NOOP("Payment", "The code stays open until it expires. If it is paid, we’ll "
                                     "tell you. Don’t charge this customer again before then."),
        "info", "pause", (_A.NEW_SALE,),
    ),
    Screen.MISMATCH: Row(
        QT_TRANSLATE_NOOP("Payment", "The paid amount doesn’t match"),
        QT_TRANSLATE_NOOP("Payment", "Sale {amount}, {gateway} says {received}. Don’t hand over "
                                     "the goods yet. Call a manager."),
        "warn", "warning", (_A.SETTLE, _A.PUT_ASIDE),
    ),
    Screen.UNKNOWN: Row(
        QT_TRANSLATE_NOOP("Payment", "We don’t know yet if this was paid"),
        QT_TRANSLATE_NOOP("Payment", "Don’t charge this customer again until it is settled."),
        "warn", "question", (_A.CHECK_AGAIN, _A.PUT_ASIDE, _A.SETTLE),
    ),
    Screen.RESUMED: Row(
        QT_TRANSLATE_NOOP("Payment", "Picking up where we left off"),
        QT_TRANSLATE_NOOP("Payment", "1 payment was open when the app closed. Checking it now."),
        "info", "clock", (_A.PUT_ASIDE,), is_calm=True,
    ),
    Screen.CUSTOMER_CONFIRMING: Row(
        QT_TRANSLATE_NOOP("Payment", "The customer needs to confirm on the phone."),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "phone", _WATCHED, is_calm=True,
    ),
    Screen.CODE_EXPIRED: Row(
        QT_TRANSLATE_NOOP("Payment", "That code is too old."),
        QT_TRANSLATE_NOOP("Payment", "Ask the customer to refresh it."),
        "warn", "clock", AGAIN,
    ),
    Screen.SETTLED: Row(
        QT_TRANSLATE_NOOP("Payment", "Settled: the customer paid"),
        QT_TRANSLATE_NOOP("Payment", "A manager decided so at {decided}. You can hand over the "
                                     "goods. If {gateway} says otherwise, we’ll tell you."),
        "info", "key", (_A.NEW_SALE,),
    ),
})  # fmt: skip
