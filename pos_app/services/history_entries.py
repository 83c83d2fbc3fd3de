"""A payment's history, told from its journal entries: pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pos_app.domain.charges import Attention, Charge, ChargeStatus
from pos_app.domain.history import HistoryEntry, HistoryKind
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundStatus

if TYPE_CHECKING:
    from pos_app.storage.journal import JournalEntry

_K = HistoryKind
_BY_KIND = {
    "charge_created": _K.CREATED,
    "charge_sent_again": _K.SENT_AGAIN,
    "charge_left": _K.LEFT,
    "charge_declined_hint": _K.DECLINED_HINT,
    "charge_stopped": _K.STOPPED,
    "charge_put_aside": _K.PUT_ASIDE,
    "charge_picked_up": _K.PICKED_UP,
    "cancel_requested": _K.CANCEL_ASKED,
    "cancel_refused": _K.CANCEL_REFUSED,
    "watch_ended": _K.WATCH_ENDED,
    "attention_answered": _K.SEEN,
    "receipt_printed": _K.PRINTED,
}
"""Entries that say by their kind what happened."""

_BY_STATUS = {
    ChargeStatus.PAID: _K.PAID,
    ChargeStatus.UNKNOWN: _K.UNKNOWN,
    ChargeStatus.REFUSED: _K.REFUSED,
    ChargeStatus.DECLINED: _K.DECLINED,
    ChargeStatus.EXPIRED: _K.EXPIRED,
    ChargeStatus.CANCELLED: _K.CANCELLED,
}
_BY_ATTENTION = {
    Attention.MISMATCH: _K.MISMATCH,
    Attention.REUSED_REFERENCE: _K.REUSED_REFERENCE,
    Attention.MAYBE_RETURNED: _K.PAID_AND_CANCELLED,
    Attention.PAID_LATE: _K.PAID_LATE,
}
"""What an answer of the gateway raised, the gravest first."""
_BY_REFUND_STATUS = {
    RefundStatus.DONE: _K.REFUND_DONE,
    RefundStatus.PENDING: _K.REFUND_PENDING,
    RefundStatus.REFUSED: _K.REFUND_REFUSED,
    RefundStatus.UNKNOWN: _K.REFUND_UNKNOWN,
}
_ABOUT_ITS_AMOUNT = {_K.CREATED, _K.PAID, _K.PAID_LATE, _K.PAID_AND_CANCELLED}


def history_entries(
    charge: Charge,
    refunds: Iterable[Refund],
    journal: Iterable[JournalEntry],
    names: Mapping[int, str],
) -> tuple[HistoryEntry, ...]:
    """Return what happened to `charge`, newest first; what only the program cares for is left out.

    Args:
        charge: as it is on disk.
        refunds: all of it.
        journal: the entries about it, oldest first.
        names: of people, by id.
    """
    by_reference = {refund.reference: refund for refund in refunds}
    told = []
    for entry in journal:
        body = json.loads(entry.body)
        refund = by_reference.get(body.get("refund", ""))
        if refund is not None:
            told.append(_of_refund(entry, body, refund, names))
        else:
            told.append(_of_charge(entry, body, charge, names))
    return tuple(entry for entry in reversed(told) if entry is not None)


def _of_charge(
    entry: JournalEntry, body: dict[str, Any], charge: Charge, names: Mapping[int, str]
) -> HistoryEntry | None:
    kind = _kind(entry.kind, body)
    if kind is None:
        return None
    amount = charge.amount if kind in _ABOUT_ITS_AMOUNT else None
    if kind is _K.MISMATCH:
        amount = _money(body.get("received"))
    code = body["decision"] if kind is _K.SETTLED else ""
    return HistoryEntry(entry.at, kind, amount, _name(entry.who, names), code=code)


def _kind(kind: str, body: dict[str, Any]) -> HistoryKind | None:
    if kind == "charge_created":
        return _K.CREATED
    if kind != "attention_answered":
        raised = set(body.get("attention", ()))
        for attention, meaning in _BY_ATTENTION.items():
            if attention in raised:
                return meaning
    if body.get("decision"):
        return _K.SETTLED
    if body.get("shown_at"):
        return _K.CODE_SHOWN
    return _BY_STATUS.get(body.get("status", ""), _BY_KIND.get(kind))


def _of_refund(
    entry: JournalEntry, body: dict[str, Any], refund: Refund, names: Mapping[int, str]
) -> HistoryEntry | None:
    decision = body.get("decision")
    is_wish = entry.kind == "refund_requested"
    kind = _BY_REFUND_STATUS.get(body.get("status", ""))
    if is_wish:
        kind = _K.REFUND_ASKED if body.get("status") == RefundStatus.REQUESTED else None
    elif decision:
        kind = _K.REFUND_SETTLED
    if kind is None:
        return None
    return HistoryEntry(
        at=entry.at,
        kind=kind,
        amount=refund.amount,
        who=_name(entry.who, names),
        approved_by=_name(refund.approved_by, names),
        words=refund.note if kind is _K.REFUND_SETTLED else refund.reason,
        code=decision or body.get("refusal") or "",
        refund=refund,
    )


def _name(person_id: int | None, names: Mapping[int, str]) -> str:
    return "" if person_id is None else names.get(person_id, "")


def _money(text: str | None) -> Money | None:
    if not text:
        return None
    minor, currency = text.split()
    return Money(int(minor), currency)
