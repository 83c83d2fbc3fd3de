"""What the detail panel says: what a payment's state means, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.charges import Attention, Charge, ChargeDecision, ChargeStatus
from pos_app.domain.history import HistoryEntry, HistoryKind
from pos_app.domain.refunds import Decision, RefundKind, Refusal
from pos_app.ui.format import amount_text, clock_text, date_text

_MEANINGS: Mapping[Attention, object] = MappingProxyType({
    Attention.MAYBE_RETURNED: QT_TRANSLATE_NOOP(
        "History", "It was paid and cancelled at the same moment. Don’t hand over the goods on "
                   "this payment."
    ),
    Attention.PAID_LATE: QT_TRANSLATE_NOOP(
        "History", "It was paid after it had been given up. If the customer paid another way too, "
                   "refund one of them."
    ),
    Attention.MISMATCH: QT_TRANSLATE_NOOP(
        "History", "The paid amount doesn’t match. Don’t hand over the goods yet. Call a manager."
    ),
    Attention.LIST_DISAGREES: QT_TRANSLATE_NOOP(
        "History",
        "The payment service’s own list says something else about it. Call a manager.",
    ),
    Attention.REUSED_REFERENCE: QT_TRANSLATE_NOOP(
        "History", "The answer was about an earlier payment. Call a manager."
    ),
    Attention.REFUND_UNKNOWN: QT_TRANSLATE_NOOP(
        "History", "We don’t know if a refund went through. Don’t send it again: the customer "
                   "could be paid twice."
    ),
    Attention.WATCH_ENDED: QT_TRANSLATE_NOOP(
        "History", "There was no final answer for seven days. Call a manager."
    ),
    Attention.STOPPED: QT_TRANSLATE_NOOP(
        "History", "You stopped waiting, and the code is still open. Don’t charge this customer "
                   "again before it has expired."
    ),
})  # fmt: skip
"""The gravest first: the first that applies is said."""

_UNKNOWN = QT_TRANSLATE_NOOP(
    "History",
    "We don’t know yet if this was paid. Don’t charge this customer again until it is settled. "
    "We keep checking.",
)
_DECIDED: Mapping[ChargeDecision, object] = MappingProxyType({
    ChargeDecision.PAID: QT_TRANSLATE_NOOP(
        "History", "Settled by a manager: the customer paid. The gateway hasn’t confirmed it."
    ),
    ChargeDecision.NOT_PAID: QT_TRANSLATE_NOOP(
        "History", "Settled by a manager: the customer did not pay. The gateway hasn’t confirmed "
                   "it."
    ),
})  # fmt: skip


_CONTRADICTED = QT_TRANSLATE_NOOP(
    "History",
    "A manager had settled it, and the payment service says otherwise now. Call a manager.",
)


def meaning_of(charge: Charge) -> str:
    """Return why a payment calls for a person and what to do; empty where it does not."""
    if charge.is_contradicted and charge.needs_answer:
        return _said(_CONTRADICTED)
    for attention, words in _MEANINGS.items():
        if attention in charge.attention:
            return _said(words)
    decided = _DECIDED.get(charge.decision) if charge.decision and charge.is_living else None
    if decided is not None:
        return _said(decided)
    return _said(_UNKNOWN) if charge.status is ChargeStatus.UNKNOWN else ""


class EntryLook(NamedTuple):
    """How one thing that happened is shown.

    Attributes:
        tone: of its mark.
        icon: in it.
        title: what happened.
        below: when, why and by whom.
        amount: signed; empty where it is about none.
    """

    tone: str
    icon: str
    title: str
    below: str
    amount: str


_K = HistoryKind
_ENTRIES: Mapping[HistoryKind, tuple[str, str, object]] = MappingProxyType({
    _K.CREATED: ("mute", "plus", QT_TRANSLATE_NOOP("History", "Charged")),
    _K.CODE_SHOWN: ("info", "phone", QT_TRANSLATE_NOOP("History", "Code shown")),
    _K.SENT_AGAIN: ("mute", "refresh", QT_TRANSLATE_NOOP("History", "Sent again")),
    _K.LEFT: ("mute", "close", QT_TRANSLATE_NOOP("History", "Sale left")),
    _K.DECLINED_HINT: ("warn", "warning", QT_TRANSLATE_NOOP("History", "The wallet said no")),
    _K.PAID: ("ok", "check", QT_TRANSLATE_NOOP("History", "Paid")),
    _K.PAID_LATE: ("ok", "check", QT_TRANSLATE_NOOP("History", "Paid late")),
    _K.PAID_AND_CANCELLED: (
        "warn", "warning", QT_TRANSLATE_NOOP("History", "Paid around the cancel")
    ),
    _K.UNKNOWN: ("warn", "question", QT_TRANSLATE_NOOP("History", "No answer")),
    _K.MISMATCH: ("warn", "warning", QT_TRANSLATE_NOOP("History", "The answer doesn’t match")),
    _K.REUSED_REFERENCE: (
        "warn", "warning", QT_TRANSLATE_NOOP("History", "The answer was about an earlier payment")
    ),
    _K.EXPIRED: ("mute", "clock", QT_TRANSLATE_NOOP("History", "Expired")),
    _K.DECLINED: ("bad", "close", QT_TRANSLATE_NOOP("History", "Declined")),
    _K.REFUSED: ("bad", "close", QT_TRANSLATE_NOOP("History", "Not accepted")),
    _K.CANCELLED: ("mute", "circle-close", QT_TRANSLATE_NOOP("History", "Cancelled")),
    _K.CANCEL_ASKED: ("mute", "circle-close", QT_TRANSLATE_NOOP("History", "Cancel asked for")),
    _K.CANCEL_REFUSED: ("warn", "warning", QT_TRANSLATE_NOOP("History", "Couldn’t cancel")),
    _K.STOPPED: ("warn", "stop", QT_TRANSLATE_NOOP("History", "Stopped waiting")),
    _K.PUT_ASIDE: ("mute", "pause", QT_TRANSLATE_NOOP("History", "Put aside")),
    _K.PICKED_UP: ("mute", "external", QT_TRANSLATE_NOOP("History", "Picked up again")),
    _K.LIST_DISAGREES: (
        "warn", "warning", QT_TRANSLATE_NOOP("History", "The list of payments differs"),
    ),
    _K.WATCH_ENDED: ("warn", "clock", QT_TRANSLATE_NOOP("History", "No answer for seven days")),
    _K.SEEN: ("mute", "check", QT_TRANSLATE_NOOP("History", "Seen")),
    _K.SETTLED: ("info", "shield", QT_TRANSLATE_NOOP("History", "Settled by hand")),
    _K.REFUND_ASKED: ("mute", "undo", QT_TRANSLATE_NOOP("History", "Refund asked for")),
    _K.REFUND_DONE: ("info", "undo", QT_TRANSLATE_NOOP("History", "Refund")),
    _K.REFUND_PENDING: ("info", "clock", QT_TRANSLATE_NOOP("History", "Refund on its way")),
    _K.REFUND_REFUSED: ("bad", "close", QT_TRANSLATE_NOOP("History", "Refund refused")),
    _K.REFUND_UNKNOWN: ("warn", "question", QT_TRANSLATE_NOOP("History", "Refund unknown")),
    _K.REFUND_SETTLED: ("info", "shield", QT_TRANSLATE_NOOP("History", "Refund settled by hand")),
    _K.PRINTED: ("mute", "printer", QT_TRANSLATE_NOOP("History", "Receipt printed")),
    _K.SLIP_PRINTED: ("mute", "printer", QT_TRANSLATE_NOOP("History", "Slip printed")),
})  # fmt: skip

_CANCELS: Mapping[HistoryKind, object] = MappingProxyType({
    _K.REFUND_ASKED: QT_TRANSLATE_NOOP("History", "Cancel of the whole asked for"),
    _K.REFUND_DONE: QT_TRANSLATE_NOOP("History", "Whole payment cancelled"),
    _K.REFUND_PENDING: QT_TRANSLATE_NOOP("History", "Whole payment on its way back"),
    _K.REFUND_REFUSED: QT_TRANSLATE_NOOP("History", "Cancel of the whole refused"),
    _K.REFUND_UNKNOWN: QT_TRANSLATE_NOOP("History", "Cancel of the whole unknown"),
    _K.REFUND_SETTLED: QT_TRANSLATE_NOOP("History", "Return settled by hand"),
})  # fmt: skip
"""The same of a refund that returns the whole by a cancel."""

_CODES: Mapping[str, object] = MappingProxyType({
    Refusal.TOO_MUCH: QT_TRANSLATE_NOOP("History", "More than can be refunded"),
    Refusal.NO_BALANCE: QT_TRANSLATE_NOOP("History", "Not enough balance today"),
    Refusal.NOT_IN_WINDOW: QT_TRANSLATE_NOOP("History", "Too late to cancel"),
    Refusal.NOT_SENT: QT_TRANSLATE_NOOP("History", "Not sent"),
    Decision.WENT_OUT: QT_TRANSLATE_NOOP("History", "It went out"),
    Decision.DID_NOT_GO_OUT: QT_TRANSLATE_NOOP("History", "It did not go out"),
    Decision.STILL_NOT_KNOWN: QT_TRANSLATE_NOOP("History", "Still not known"),
    ChargeDecision.PAID: QT_TRANSLATE_NOOP("History", "The customer paid"),
    ChargeDecision.NOT_PAID: QT_TRANSLATE_NOOP("History", "The customer did not pay"),
})  # fmt: skip

_MONEY_CAME = frozenset({_K.PAID, _K.PAID_LATE})
_GOES_BACK = frozenset({_K.REFUND_DONE, _K.REFUND_PENDING, _K.REFUND_SETTLED})


def look_of(entry: HistoryEntry, charge: Charge, gateway: str) -> EntryLook:
    """Return how one thing that happened to `charge` is shown.

    Args:
        entry: what happened.
        charge: to which payment; times of another day than its own say which.
        gateway: the payment service's own name.
    """
    tone, icon, words = _ENTRIES[entry.kind]
    if entry.refund is not None and entry.refund.kind is RefundKind.CANCEL:
        words = _CANCELS.get(entry.kind, words)
    is_exact = entry.kind in _MONEY_CAME
    when = clock_text(entry.at, with_seconds=is_exact)
    if date_text(entry.at) != date_text(charge.created_at):
        when = f"{date_text(entry.at)} {when}"
    told = [when, *_reasons(entry, gateway), *_people(entry)]
    return EntryLook(
        tone, icon, _said(words), " · ".join(one for one in told if one), _amount(entry, charge)
    )


def _reasons(entry: HistoryEntry, gateway: str) -> tuple[str, ...]:
    if entry.kind in _MONEY_CAME:
        words = QCoreApplication.translate("History", "Confirmed by {gateway}")
        return (words.format(gateway=gateway),)
    code = _CODES.get(entry.code)
    return (_said(code) if code else "", entry.words)


def _people(entry: HistoryEntry) -> tuple[str, ...]:
    manager = QCoreApplication.translate("History", "{name} (manager)")
    approved = manager.format(name=entry.approved_by) if entry.approved_by else ""
    who = "" if entry.who == entry.approved_by else entry.who
    return who, approved


def _amount(entry: HistoryEntry, charge: Charge) -> str:
    amount = entry.amount
    if amount is None:
        return ""
    is_same = amount.currency == charge.amount.currency
    text = amount.grouped if is_same else amount_text(amount)
    return f"−{text}" if entry.kind in _GOES_BACK and _is_gone(entry) else text


def _is_gone(entry: HistoryEntry) -> bool:
    return entry.kind is not _K.REFUND_SETTLED or entry.code == Decision.WENT_OUT


def _said(source: object) -> str:
    return QCoreApplication.translate("History", str(source))
