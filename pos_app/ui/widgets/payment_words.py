"""What the payment page says and offers in each of its states: the table of ux.md 6.3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.gateways import bank_answers, can_cancel
from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import CancelRefusal, PaymentView, Screen
from pos_app.ui.format import amount_text, clock_text, left_text
from pos_app.ui.widgets.settled_words import is_settled_unpaid, settled_text, settled_title


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


@dataclass(frozen=True, slots=True)
class StateWords:
    """What one state says.

    Attributes:
        tone: info, ok, warn or bad: colours of banner and picture.
        icon: name of the icon that goes with the words.
        actions: the first is the primary one, on Enter.
        is_calm: nothing has to be done, so no button is filled.
    """

    title: str
    text: str
    tone: str
    icon: str
    actions: tuple[Action, ...] = ()
    is_calm: bool = False


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
_AGAIN = (_A.NEW_CODE, _A.OTHER_METHOD, _A.END_SALE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table; title and text are English, with the names of `_facts` in braces."""

    title: object
    text: object
    tone: str
    icon: str
    actions: tuple[Action, ...] = ()
    is_calm: bool = False


_TABLE: Mapping[Screen, _Row] = MappingProxyType({
    Screen.CREATING: _Row(
        QT_TRANSLATE_NOOP("Payment", "Making the code…"),
        QT_TRANSLATE_NOOP("Payment", "Usually a second or two."),
        "info", "clock", is_calm=True,
    ),
    Screen.CREATE_UNREACHABLE: _Row(
        QT_TRANSLATE_NOOP("Payment", "Couldn’t reach {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "The code wasn’t made, so nobody can have paid. Check the "
                                     "network, then try again."),
        "warn", "wifi-off", (_A.RETRY_CREATE, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_LOST: _Row(
        QT_TRANSLATE_NOOP("Payment", "We couldn’t tell if the code was made"),
        QT_TRANSLATE_NOOP("Payment", "No code was shown, so nobody can have paid."),
        "warn", "question", (_A.RETRY_CREATE, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_REFUSED: _Row(
        QT_TRANSLATE_NOOP("Payment", "{gateway} didn’t accept this payment"),
        QT_TRANSLATE_NOOP("Payment", "No money was taken. Choose another method, or call a "
                                     "manager if it happens again."),
        "bad", "circle-close", (_A.OTHER_METHOD, _A.BACK_TO_SALE),
    ),
    Screen.CREATE_NOT_SET_UP: _Row(
        QT_TRANSLATE_NOOP("Payment", "This register isn’t signed in to {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "No money was taken. Call a manager to check the connection "
                                     "settings."),
        "bad", "key", (_A.BACK_TO_SALE,),
    ),
    Screen.WAITING: _Row(
        QT_TRANSLATE_NOOP("Payment", "Waiting for the customer to pay"),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "phone", _WATCHED, is_calm=True,
    ),
    Screen.WAITING_LOW: _Row(
        QT_TRANSLATE_NOOP("Payment", "Still waiting. The code closes in {left}."),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "clock", _WATCHED, is_calm=True,
    ),
    Screen.NO_ANSWER: _Row(
        QT_TRANSLATE_NOOP("Payment", "No answer from {gateway}. Still trying."),
        QT_TRANSLATE_NOOP("Payment", "The customer can still pay, and the payment is safe. This "
                                     "screen can’t see it until the connection is back. Don’t "
                                     "start another code for this customer."),
        "warn", "wifi-off", _WATCHED, is_calm=True,
    ),
    Screen.LAST_CHECK: _Row(
        QT_TRANSLATE_NOOP("Payment", "Time’s up. Checking one last time…"),
        QT_TRANSLATE_NOOP("Payment", "This takes ten seconds at most."),
        "info", "clock",
    ),
    Screen.STILL_OPEN: _Row(
        QT_TRANSLATE_NOOP("Payment", "Time’s up, but the code is still open at {gateway}"),
        QT_TRANSLATE_NOOP("Payment", "The customer could still pay with it."),
        "warn", "clock", (_A.KEEP_WAITING, _A.CANCEL),
    ),
    Screen.PAID: _Row(
        QT_TRANSLATE_NOOP("Payment", "Paid"),
        QT_TRANSLATE_NOOP("Payment", "Confirmed by {gateway}. You can hand over the goods."),
        "ok", "check", (_A.NEW_SALE, _A.PRINT),
    ),
    Screen.PAID_LATE: _Row(
        QT_TRANSLATE_NOOP("Payment", "This payment came through after all"),
        QT_TRANSLATE_NOOP("Payment", "{amount} by {method}, paid {paid}. If the customer paid "
                                     "another way too, refund one of them."),
        "ok", "check", (_A.PRINT, _A.REFUND, _A.DONE),
    ),
    Screen.DECLINED_HINT: _Row(
        QT_TRANSLATE_NOOP("Payment", "{method} said no. The same code still works."),
        QT_TRANSLATE_NOOP("Payment", "The customer can try again with it, or you cancel it "
                                     "first."),
        "warn", "warning", _WATCHED, is_calm=True,
    ),
    Screen.DECLINED: _Row(
        QT_TRANSLATE_NOOP("Payment", "Declined"),
        QT_TRANSLATE_NOOP("Payment", "{method} said no. No money was taken. The customer can try "
                                     "again or pay another way."),
        "bad", "circle-close", _AGAIN,
    ),
    Screen.EXPIRED: _Row(
        QT_TRANSLATE_NOOP("Payment", "The code has expired"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} confirms it wasn’t paid. No money was taken."),
        "info", "clock", _AGAIN,
    ),
    Screen.CANCELLING: _Row(
        QT_TRANSLATE_NOOP("Payment", "Cancelling…"),
        QT_TRANSLATE_NOOP("Payment", "Waiting for {gateway} to confirm. Don’t take another "
                                     "payment yet."),
        "info", "clock",
    ),
    Screen.CANCELLED: _Row(
        QT_TRANSLATE_NOOP("Payment", "Payment cancelled"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} confirmed it. No money was taken."),
        "info", "circle-close", (_A.BACK_TO_SALE, _A.NEW_CODE, _A.END_SALE),
    ),
    Screen.CANCELLED_PAID: _Row(
        QT_TRANSLATE_NOOP("Payment", "Cancelled, but the customer had just paid"),
        QT_TRANSLATE_NOOP("Payment", "{gateway} is returning the full {amount}. Don’t hand over "
                                     "the goods on this payment."),
        "warn", "undo", (_A.BACK_TO_SALE, _A.SETTLE),
    ),
    Screen.CANCEL_REFUSED: _Row(
        QT_TRANSLATE_NOOP("Payment", "Couldn’t cancel"),
        QT_TRANSLATE_NOOP("Payment", "Cancelling failed. The payment is unchanged and may still "
                                     "be paid."),
        "warn", "warning", (_A.KEEP_WAITING, _A.PUT_ASIDE, _A.CANCEL_AGAIN),
    ),
    Screen.STOPPED: _Row(
        QT_TRANSLATE_NOOP("Payment", "You stopped waiting"),
        QT_TRANSLATE_NOOP("Payment", "The code stays open until it expires. If it is paid, we’ll "
                                     "tell you. Don’t charge this customer again before then."),
        "info", "pause", (_A.NEW_SALE,),
    ),
    Screen.MISMATCH: _Row(
        QT_TRANSLATE_NOOP("Payment", "The paid amount doesn’t match"),
        QT_TRANSLATE_NOOP("Payment", "Sale {amount}, {gateway} says {received}. Don’t hand over "
                                     "the goods yet. Call a manager."),
        "warn", "warning", (_A.SETTLE, _A.PUT_ASIDE),
    ),
    Screen.UNKNOWN: _Row(
        QT_TRANSLATE_NOOP("Payment", "We don’t know yet if this was paid"),
        QT_TRANSLATE_NOOP("Payment", "Don’t charge this customer again until it is settled."),
        "warn", "question", (_A.CHECK_AGAIN, _A.PUT_ASIDE, _A.SETTLE),
    ),
    Screen.RESUMED: _Row(
        QT_TRANSLATE_NOOP("Payment", "Picking up where we left off"),
        QT_TRANSLATE_NOOP("Payment", "1 payment was open when the app closed. Checking it now."),
        "info", "clock", (_A.PUT_ASIDE,), is_calm=True,
    ),
    Screen.CUSTOMER_CONFIRMING: _Row(
        QT_TRANSLATE_NOOP("Payment", "The customer needs to confirm on the phone."),
        QT_TRANSLATE_NOOP("Payment", "You don’t need to do anything. This screen changes by "
                                     "itself."),
        "info", "phone", _WATCHED, is_calm=True,
    ),
    Screen.CODE_EXPIRED: _Row(
        QT_TRANSLATE_NOOP("Payment", "That code is too old."),
        QT_TRANSLATE_NOOP("Payment", "Ask the customer to refresh it."),
        "warn", "clock", _AGAIN,
    ),
    Screen.SETTLED: _Row(
        QT_TRANSLATE_NOOP("Payment", "Settled: the customer paid"),
        QT_TRANSLATE_NOOP("Payment", "A manager decided so at {decided}. You can hand over the "
                                     "goods. If {gateway} says otherwise, we’ll tell you."),
        "info", "key", (_A.NEW_SALE,),
    ),
})  # fmt: skip


def words_of(view: PaymentView) -> StateWords:
    """Return what the page says and offers for `view`."""
    row = _TABLE[view.state]
    facts = _facts(view)
    lost = _LOST if _is_lost(view) else None
    if view.charge.is_customer_presented:
        lost = _OF_THEIR_CODE.get(view.state)
    return StateWords(
        title=_said(settled_title(view) or _title(view, row), facts),
        text=_said(settled_text(view) or lost or _text(view, row), facts),
        tone=row.tone,
        icon=row.icon,
        actions=_actions(view, row),
        is_calm=row.is_calm,
    )


def scan_title(view: PaymentView) -> str:
    """Return the line over the code: how the customer scans it."""
    if METHODS[view.charge.method].is_card:
        return QCoreApplication.translate("Payment", "Scan with the phone camera")
    return _said(QT_TRANSLATE_NOOP("Payment", "Scan with {method}"), _facts(view))


def _title(view: PaymentView, row: _Row) -> object:
    if view.state is Screen.DECLINED_HINT and METHODS[view.charge.method].is_card:
        return QT_TRANSLATE_NOOP("Payment", "The bank said no. The same code still works.")
    if view.state is Screen.WAITING and bank_answers(view.charge.gateway):
        return QT_TRANSLATE_NOOP("Payment", "Waiting for the bank’s answer")
    if _is_lost(view):
        return QT_TRANSLATE_NOOP("Payment", "The code was lost on its way")
    return row.title


_OF_THEIR_CODE: Mapping[Screen, object] = MappingProxyType({
    Screen.CREATE_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment",
        "The code wasn’t sent, so nobody can have paid. Check the network, then try again.",
    ),
    Screen.CREATE_REFUSED: QT_TRANSLATE_NOOP(
        "Payment",
        "No money was taken. Ask the customer to refresh the code in the app, then scan it again. "
        "Or choose another method.",
    ),
})  # fmt: skip
"""What a charge by the customer's own code says instead of the text of the table."""


def _text(view: PaymentView, row: _Row) -> object:
    is_card = METHODS[view.charge.method].is_card
    match view.state:
        case Screen.CANCEL_REFUSED if view.cancel_again_at is not None:
            return _PLANNED.get(view.cancel_refusal, row.text)
        case Screen.CANCEL_REFUSED:
            return _REFUSALS.get(view.cancel_refusal, row.text)
        case Screen.CANCELLED_PAID if view.returned is None:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "{gateway} may be returning the full {amount}. We’re finding out. Don’t hand over "
                "the goods on this payment.",
            )
        case Screen.MISMATCH if view.charge.received is None:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "{gateway}’s answer doesn’t fit this sale. Don’t hand over the goods yet. Call a "
                "manager.",
            )
        case Screen.DECLINED if is_card:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "The bank said no. No money was taken. The customer can try again or pay another "
                "way.",
            )
        case _:
            return row.text


_LOST = QT_TRANSLATE_NOOP(
    "Payment",
    "Nobody has seen it, and {gateway} confirms that it wasn’t paid. No money was taken.",
)


def _is_lost(view: PaymentView) -> bool:
    """Tell whether the answer with the code never came, and it was asked about instead."""
    is_ours = not view.charge.is_customer_presented
    return is_ours and view.state is Screen.EXPIRED and view.charge.code is None


_REFUSALS: Mapping[CancelRefusal | None, object] = MappingProxyType({
    CancelRefusal.WINDOW: QT_TRANSLATE_NOOP(
        "Payment", "Not in the cancelling window. The payment is unchanged and may still be paid."
    ),
    CancelRefusal.UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment", "{gateway} couldn’t be reached. The payment is unchanged and may still be paid."
    ),
})  # fmt: skip
_PLANNED: Mapping[CancelRefusal | None, object] = MappingProxyType({
    CancelRefusal.WINDOW: QT_TRANSLATE_NOOP(
        "Payment",
        "Not in the cancelling window. The payment is unchanged and may still be paid. We’ll try "
        "again at {again}.",
    ),
    CancelRefusal.UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment",
        "{gateway} couldn’t be reached. The payment is unchanged and may still be paid. We’ll try "
        "again at {again}.",
    ),
})  # fmt: skip
"""The same while the cancel is tried again by itself."""


def _actions(view: PaymentView, row: _Row) -> tuple[Action, ...]:
    if view.state is Screen.CREATING and view.can_stop_create:
        return (Action.STOP_CREATE,)
    if is_settled_unpaid(view):
        return _AGAIN
    if view.state is Screen.CANCELLED_PAID and view.returned is not None:
        slip = (_A.PRINT_SLIP,) if view.returned.has_slip else ()
        return (*slip, _A.BACK_TO_SALE)
    if view.charge.is_customer_presented:
        return _by_their_code(view, row)
    return _possible(view, row)


def _by_their_code(view: PaymentView, row: _Row) -> tuple[Action, ...]:
    """Return what can be done about a charge by the customer's code: it is scanned afresh."""
    if view.charge.is_unanswered:
        return ()
    if view.state is Screen.CREATE_REFUSED:
        return (_A.SCAN, *row.actions)
    again = {_A.NEW_CODE: _A.SCAN, _A.RETRY_CREATE: _A.SCAN}
    return tuple(again.get(action, action) for action in _possible(view, row))


def _possible(view: PaymentView, row: _Row) -> tuple[Action, ...]:
    if can_cancel(view.charge.gateway, view.charge.method):
        return row.actions
    return tuple(Action.STOP if action is Action.CANCEL else action for action in row.actions)


def _facts(view: PaymentView) -> dict[str, str]:
    charge = view.charge
    return {
        "gateway": view.gateway_name,
        "method": METHODS[charge.method].name,
        "amount": amount_text(charge.amount),
        "received": amount_text(charge.received) if charge.received else "",
        "left": left_text(view.seconds_left or 0),
        "again": clock_text(view.cancel_again_at) if view.cancel_again_at else "",
        "paid": clock_text(charge.paid_at) if charge.paid_at else "",
        "decided": clock_text(charge.decided_at) if charge.decided_at else "",
    }


def _said(source: object, facts: dict[str, str]) -> str:
    return QCoreApplication.translate("Payment", str(source)).format(**facts)
