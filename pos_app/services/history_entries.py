"""A payment's history, told from its journal entries: pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pos_app.domain.charges import Attention, Charge, ChargeStatus
from pos_app.domain.history import HistoryEntry, HistoryKind
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundStatus
from pos_app.services.ledger import journal_value

if TYPE_CHECKING:
    from pos_app.storage.journal import JournalEntry

_K = HistoryKind
_BY_KIND_ALONE = {
    "charge_created": _K.CREATED,
    "charge_settled": _K.SETTLED,
    "attention_answered": _K.SEEN,
    "receipt_printed": _K.PRINTED,
    "slip_printed": _K.SLIP_PRINTED,
    "refund_settled": _K.REFUND_SETTLED,
}
"""Entries that say by their kind what happened, whatever else they say."""

_BY_KIND = {
    "charge_sent_again": _K.SENT_AGAIN,
    "charge_left": _K.LEFT,
    "charge_declined_hint": _K.DECLINED_HINT,
    "charge_stopped": _K.STOPPED,
    "charge_put_aside": _K.PUT_ASIDE,
    "charge_picked_up": _K.PICKED_UP,
    "cancel_requested": _K.CANCEL_ASKED,
    "cancel_refused": _K.CANCEL_REFUSED,
    "watch_ended": _K.WATCH_ENDED,
    "list_disagrees": _K.LIST_DISAGREES,
}
"""Entries that say so where neither an attention nor a status says more."""

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
    teller = _Teller(charge, refunds, names)
    told = [entry for one in journal for entry in teller.tell(one)]
    return tuple(reversed(told))


class _Teller:
    """Tells one payment's entries, oldest first."""

    def __init__(
        self, charge: Charge, refunds: Iterable[Refund], names: Mapping[int, str]
    ) -> None:
        self._charge = charge
        self._refunds = {refund.reference: refund for refund in refunds}
        self._names = names
        self._attention: frozenset[str] = frozenset()

    def tell(self, entry: JournalEntry) -> Iterator[HistoryEntry]:
        """Yield what an entry tells, if it is for people."""
        body = json.loads(entry.body)
        raised = frozenset(body.get("attention", self._attention)) - self._attention
        self._attention = frozenset(body.get("attention", self._attention))
        refund = self._refunds.get(body.get("refund", ""))
        if refund is None:
            kind = _kind(entry.kind, body, raised)
            if kind is _K.CODE_SHOWN and self._charge.code is None:
                return  # a customer's code or a keyed card was sent: ours was never there
            if kind is not None:
                yield self._of_charge(entry, body, kind)
        else:
            kind = _refund_kind(entry.kind, body)
            if kind is not None:
                yield self._of_refund(entry, body, kind, refund)

    def _of_charge(
        self, entry: JournalEntry, body: Mapping[str, Any], kind: HistoryKind
    ) -> HistoryEntry:
        who, amount = self._name(entry.who), None
        if kind is _K.SETTLED:
            return self._of_decision(entry, body, who)
        if kind is _K.MISMATCH:
            amount = _money(body.get("received"))
        elif kind in _ABOUT_ITS_AMOUNT:
            amount = self._charge.amount
        return HistoryEntry(entry.at, kind, amount, who)

    def _of_decision(self, entry: JournalEntry, body: Mapping[str, Any], who: str) -> HistoryEntry:
        charge = self._charge
        is_the_last = body.get("decided_at") == journal_value(charge.decided_at)
        return HistoryEntry(
            at=entry.at,
            kind=_K.SETTLED,
            who=who,
            approved_by=self._name(body.get("decided_by", charge.decided_by)),
            words=charge.decision_note or "" if is_the_last else "",
            code=body.get("decision", charge.decision) or "",
        )

    def _of_refund(
        self, entry: JournalEntry, body: Mapping[str, Any], kind: HistoryKind, refund: Refund
    ) -> HistoryEntry:
        if kind is _K.SLIP_PRINTED:
            return HistoryEntry(entry.at, kind, who=self._name(entry.who), refund=refund)
        words, code = refund.reason, body.get("refusal") or ""
        if kind is _K.REFUND_SETTLED:
            is_the_last = body.get("decided_at") == journal_value(refund.decided_at)
            words = refund.note if is_the_last else ""
            code = body.get("decision", refund.decision) or ""
        return HistoryEntry(
            at=entry.at,
            kind=kind,
            amount=refund.amount,
            who=self._name(entry.who),
            approved_by=self._name(refund.approved_by),
            words=words,
            code=code,
            refund=refund,
        )

    def _name(self, person_id: int | None) -> str:
        return "" if person_id is None else self._names.get(person_id, "")


def _kind(kind: str, body: Mapping[str, Any], raised: frozenset[str]) -> HistoryKind | None:
    if kind in _BY_KIND_ALONE:
        return _BY_KIND_ALONE[kind]
    for attention, meaning in _BY_ATTENTION.items():
        if attention in raised:
            return meaning
    told = _BY_STATUS.get(body.get("status", ""), _BY_KIND.get(kind))
    return _K.CODE_SHOWN if told is None and body.get("shown_at") else told


def _refund_kind(kind: str, body: Mapping[str, Any]) -> HistoryKind | None:
    status = body.get("status", "")
    if kind in _BY_KIND_ALONE:
        return _BY_KIND_ALONE[kind]
    if kind == "refund_requested":  # else it is the record of a return that a manager settles
        return _K.REFUND_ASKED if status == RefundStatus.REQUESTED else None
    return _BY_REFUND_STATUS.get(status)


def _money(text: str | None) -> Money | None:
    if not text:
        return None
    minor, currency = text.split()
    return Money(int(minor), currency)
