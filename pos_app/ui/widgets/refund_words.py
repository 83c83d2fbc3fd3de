"""What the refund and cancel dialogs say of what became of the money: the table of ux.md 6.5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.charges import Charge
from pos_app.domain.errors import (
    CannotCancelPaidError,
    GatewayNotSetUp,
    OutcomeUnknown,
    PosAppError,
)
from pos_app.domain.gateways import gateway_support, has_open_balance
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundKind, RefundStatus, Refusal
from pos_app.services.printing import PrintResult
from pos_app.ui.background import UnforeseenError
from pos_app.ui.errors import explain
from pos_app.ui.format import amount_text, clock_text
from pos_app.ui.widgets.method_words import method_name

translate = QCoreApplication.translate


class ReturnState(StrEnum):
    """The states of ux.md 6.5; the value is the property `state` of `refundMessage`."""

    SENDING = "refundSending"
    DONE = "refundDone"
    NO_BALANCE = "refundNoBalance"
    TOO_MUCH = "refundTooMuch"
    REFUSED = "refundRefused"
    UNREACHABLE = "refundUnreachable"
    UNKNOWN = "refundUnknown"
    PENDING = "refundPending"
    """The service has accepted it and will carry it out, or fail to."""
    TOO_LATE = "cancelTooLate"
    """A cancel outside its window or after settlement: a refund is still possible."""
    NOT_ALLOWED = "refundNotAllowed"
    """This register's own rules or its storage said no before anything was sent."""


class ReturnAction(StrEnum):
    """What can be done about it; the value is the button's object name."""

    PRINT = "printRefundSlipButton"
    CLOSE = "closeRefundButton"
    SETTLE = "settleRefundButton"
    CHANGE = "changeRefundButton"
    CHECK_STATUS = "checkRefundStatusButton"
    CHECK = "checkRefundButton"
    RETRY = "retryRefundButton"
    REFUND = "refundInsteadButton"


_A = ReturnAction
PRIMARY: Mapping[ReturnState, ReturnAction] = MappingProxyType({
    ReturnState.NO_BALANCE: _A.CHANGE,
    ReturnState.TOO_MUCH: _A.CHECK_STATUS,
    ReturnState.REFUSED: _A.CHANGE,
    ReturnState.UNKNOWN: _A.CHECK,
    ReturnState.PENDING: _A.CHECK,
    ReturnState.TOO_LATE: _A.REFUND,
})  # fmt: skip
"""What is on Enter; Close where nothing is named. "Try again" moves money and so never is."""

SOUNDS: Mapping[ReturnState, str] = MappingProxyType({
    ReturnState.UNKNOWN: "attention",
    ReturnState.NO_BALANCE: "no",
    ReturnState.TOO_MUCH: "no",
    ReturnState.REFUSED: "no",
    ReturnState.TOO_LATE: "no",
})  # fmt: skip
"""The sound with which a state begins (ux.md, section 7)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a refund or cancel, as the dialog says it.

    Attributes:
        amount: what went back, or would have.
        text: what is safe and what to do.
        actions: beside Close, in the order in which they stand.
        details: the gateway's own words, for the fold; may be empty.
        refund_id: the record that it is about; 0 when nothing was written down.
    """

    state: ReturnState
    amount: Money
    title: str
    text: str
    tone: str
    icon: str
    actions: tuple[ReturnAction, ...] = ()
    details: str = ""
    refund_id: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    title: object
    text: object
    tone: str
    icon: str
    actions: tuple[ReturnAction, ...] = ()


_REFUNDS: Mapping[ReturnState, _Row] = MappingProxyType({
    ReturnState.SENDING: _Row(
        QT_TRANSLATE_NOOP("Refund", "Sending the refund…"),
        QT_TRANSLATE_NOOP("Refund", "Don’t close this window."),
        "info", "clock",
    ),
    ReturnState.DONE: _Row(
        QT_TRANSLATE_NOOP("Refund", "Refund sent."),
        QT_TRANSLATE_NOOP("Refund", "{amount} goes back to the customer’s {method}. When it shows "
                                    "there depends on the {payer}."),
        "ok", "check", (_A.PRINT,),
    ),
    ReturnState.NO_BALANCE: _Row(
        QT_TRANSLATE_NOOP("Refund", "{gateway} refused: not enough balance today."),
        QT_TRANSLATE_NOOP("Refund", "No money moved. Refunds are paid from today’s sales, and "
                                    "that balance starts again each day. Try again after more "
                                    "sales today, refund a smaller amount, or ask {support}."),
        "warn", "warning", (_A.CHANGE,),
    ),
    ReturnState.TOO_MUCH: _Row(
        QT_TRANSLATE_NOOP("Refund", "{gateway} says this is more than can be refunded."),
        QT_TRANSLATE_NOOP("Refund", "No money moved. It may have been refunded elsewhere. Check "
                                    "the status, then try the amount that is left."),
        "bad", "close", (_A.CHECK_STATUS,),
    ),
    ReturnState.REFUSED: _Row(
        QT_TRANSLATE_NOOP("Refund", "{gateway} refused the refund."),
        QT_TRANSLATE_NOOP("Refund", "No money moved. The details say what {gateway} answered."),
        "bad", "close", (_A.CHANGE,),
    ),
    ReturnState.UNREACHABLE: _Row(
        QT_TRANSLATE_NOOP("Refund", "Couldn’t reach {gateway}."),
        QT_TRANSLATE_NOOP("Refund", "The refund was not sent. No money moved."),
        "warn", "wifi-off", (_A.RETRY,),
    ),
    ReturnState.UNKNOWN: _Row(
        QT_TRANSLATE_NOOP("Refund", "We don’t know if the refund went through."),
        QT_TRANSLATE_NOOP("Refund", "Don’t send it again: the customer could be paid twice. "
                                    "{amount} is held back until this is settled."),
        "warn", "question", (_A.SETTLE, _A.CHECK),
    ),
    ReturnState.PENDING: _Row(
        QT_TRANSLATE_NOOP("Refund", "{gateway} has accepted the refund."),
        QT_TRANSLATE_NOOP("Refund", "{amount} is on its way and held back until {gateway} says "
                                    "that it went out. Don’t send it again. We keep asking, and "
                                    "we’ll tell you."),
        "info", "clock", (_A.CHECK,),
    ),
})  # fmt: skip

_CANCELS: Mapping[ReturnState, _Row] = MappingProxyType({
    ReturnState.SENDING: _Row(
        QT_TRANSLATE_NOOP("Refund", "Cancelling the payment…"),
        QT_TRANSLATE_NOOP("Refund", "Don’t close this window."),
        "info", "clock",
    ),
    ReturnState.DONE: _Row(
        QT_TRANSLATE_NOOP("Refund", "Payment cancelled."),
        _REFUNDS[ReturnState.DONE].text,
        "ok", "check", (_A.PRINT,),
    ),
    ReturnState.REFUSED: _Row(
        QT_TRANSLATE_NOOP("Refund", "{gateway} refused to cancel the payment."),
        QT_TRANSLATE_NOOP("Refund", "No money moved. A refund may still be possible. The details "
                                    "say what {gateway} answered."),
        "bad", "close", (_A.REFUND,),
    ),
    ReturnState.UNREACHABLE: _Row(
        QT_TRANSLATE_NOOP("Refund", "Couldn’t reach {gateway}."),
        QT_TRANSLATE_NOOP("Refund", "The cancel was not sent. No money moved."),
        "warn", "wifi-off", (_A.RETRY,),
    ),
    ReturnState.UNKNOWN: _Row(
        QT_TRANSLATE_NOOP("Refund", "We don’t know if the cancel went through."),
        QT_TRANSLATE_NOOP("Refund", "Don’t refund it as well: the customer could be paid twice. "
                                    "{amount} is held back until this is settled."),
        "warn", "question", (_A.SETTLE, _A.CHECK),
    ),
    ReturnState.TOO_LATE: _Row(
        QT_TRANSLATE_NOOP("Refund", "Too late to cancel."),
        QT_TRANSLATE_NOOP("Refund", "No money moved. Use Refund instead."),
        "warn", "warning", (_A.REFUND,),
    ),
})  # fmt: skip

_NO_BALANCE_ELSEWHERE = _Row(
    QT_TRANSLATE_NOOP("Refund", "{gateway} refused: not enough balance."),
    QT_TRANSLATE_NOOP("Refund", "No money moved. Refund a smaller amount, or ask {support}."),
    "warn", "warning", (_A.CHANGE,),
)  # fmt: skip
"""Of a service whose rules about its balance are not published."""

_REFUSALS: Mapping[Refusal, ReturnState] = MappingProxyType({
    Refusal.TOO_MUCH: ReturnState.TOO_MUCH,
    Refusal.NO_BALANCE: ReturnState.NO_BALANCE,
    Refusal.NOT_IN_WINDOW: ReturnState.TOO_LATE,
    Refusal.NOT_SENT: ReturnState.UNREACHABLE,
    Refusal.OTHER: ReturnState.REFUSED,
})  # fmt: skip

_UNCERTAIN = (OutcomeUnknown, UnforeseenError)
"""After these nobody knows whether the request left."""


def sending(kind: RefundKind, charge: Charge, amount: Money, gateway: str) -> Outcome:
    """Return what is said while the request is on its way."""
    return _outcome(ReturnState.SENDING, kind, charge, amount, gateway)


def outcome_of(refund: Refund, charge: Charge, gateway: str) -> Outcome:
    """Return what is said of a refund as it is on disk.

    Whatever is not done, refused or accepted is said to be unknown: it may have gone out.
    """
    if refund.status is RefundStatus.DONE:
        state = ReturnState.DONE
    elif refund.status is RefundStatus.REFUSED:
        state = _REFUSALS[refund.refusal or Refusal.OTHER]
    elif refund.status is RefundStatus.PENDING and not refund.needs_answer:
        state = ReturnState.PENDING
    else:
        state = ReturnState.UNKNOWN
    return _outcome(
        state, refund.kind, charge, refund.amount, gateway,
        details=_details(refund) if refund.status is RefundStatus.REFUSED else "",
        refund_id=refund.id,
    )  # fmt: skip


def trouble_of(
    error: PosAppError, kind: RefundKind, charge: Charge, amount: Money, gateway: str
) -> Outcome:
    """Return what is said when a call ended without saying what became of the refund."""
    if isinstance(error, _UNCERTAIN):
        return _outcome(ReturnState.UNKNOWN, kind, charge, amount, gateway, details=str(error))
    if isinstance(error, CannotCancelPaidError):
        return _outcome(ReturnState.TOO_LATE, kind, charge, amount, gateway)
    words = explain(error, gateway)
    text = words.text
    if isinstance(error, GatewayNotSetUp):
        text = f"{translate('Refund', 'Nothing was sent, and no money moved.')} {words.to_do}"
    return Outcome(
        ReturnState.NOT_ALLOWED, amount, words.happened, text, "bad", "warning",
        details=words.details,
    )  # fmt: skip


def wallet_words(charge: Charge, gateway: str) -> str:
    """Return where the money goes, out of what where that is known, and what of a tip."""
    words = _where_it_goes(charge, gateway)
    if charge.tip is None:
        return words
    tip = translate("Refund", "{tip} of the payment is a tip; it can go back like the rest.")
    return f"{words} {tip.format(tip=amount_text(charge.tip))}"


def _where_it_goes(charge: Charge, gateway: str) -> str:
    if not has_open_balance(charge.gateway):
        text = translate("Refund", "The money goes back to the customer’s {method}.")
        return text.format(method=_method(charge))
    text = translate(
        "Refund",
        "The money goes back to the customer’s {method}. Refunds use today’s balance at "
        "{gateway}.",
    )
    return text.format(method=_method(charge), gateway=gateway)


def cancel_words(charge: Charge, gateway: str) -> str:
    """Return what cancelling a paid payment does, and when it works."""
    text = translate(
        "Refund",
        "This returns the full {amount}. It only works before {gateway} has settled the payment.",
    )
    return text.format(amount=amount_text(charge.amount), gateway=gateway)


def _outcome(
    state: ReturnState, kind: RefundKind, charge: Charge, amount: Money, gateway: str,
    *, details: str = "", refund_id: int = 0,
) -> Outcome:  # fmt: skip
    own = _CANCELS if kind is RefundKind.CANCEL else _REFUNDS
    row = own.get(state) or _REFUNDS[state]
    if state is ReturnState.NO_BALANCE and not has_open_balance(charge.gateway):
        row = _NO_BALANCE_ELSEWHERE
    facts = {
        "gateway": gateway,
        "method": _method(charge),
        "payer": _payer(charge),
        "support": _support(charge, gateway),
        "amount": amount_text(amount),
    }
    is_known = refund_id or state is not ReturnState.UNKNOWN
    return Outcome(
        state=state,
        amount=amount,
        title=translate("Refund", str(row.title)).format(**facts),
        text=translate("Refund", str(row.text)).format(**facts),
        tone=row.tone,
        icon=row.icon,
        actions=row.actions if is_known else (),
        details=details,
        refund_id=refund_id,
    )


def _details(refund: Refund) -> str:
    at = clock_text(refund.answered_at, with_seconds=True) if refund.answered_at else ""
    return " · ".join(part for part in (refund.refusal_text, refund.short_reference, at) if part)


def _method(charge: Charge) -> str:
    traits = METHODS[charge.method]
    return translate("Refund", "card") if traits.is_card else method_name(traits)


def _payer(charge: Charge) -> str:
    if METHODS[charge.method].is_card:
        return translate("Refund", "bank")
    return translate("Refund", "wallet")


def _support(charge: Charge, gateway: str) -> str:
    address = gateway_support(charge.gateway)
    return f"{gateway}: {address}" if address else gateway


def slip_text(result: PrintResult) -> str:
    """Return what became of printing a slip."""
    if result.is_printed:
        return translate("Refund", "Slip printed.")
    if result.saved_to is not None:
        return translate("Refund", "Slip saved as PDF.")
    return translate("Refund", "Slip not printed. The refund is safe.")
