"""Past payments in memory: what the Transactions page asks `History` for, done the plain way."""

from dataclasses import replace
from datetime import timedelta

from pos_app.domain.charges import Attention, Charge, ChargeDecision, ChargeStatus
from pos_app.domain.history import (
    HistoryEntry,
    HistoryKind,
    HistoryRow,
    HistoryStatus,
    HistoryTotals,
    history_status,
)
from pos_app.domain.methods import METHODS, PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import (
    Refund,
    RefundKind,
    RefundStatus,
    can_cancel_paid,
    held_back,
    refundable,
    refunded,
)
from pos_app.services.history import HistoryDetail
from pos_app.services.refund_book import Standing
from tests.fakes.payments import NOW

_S, _H = ChargeStatus, HistoryStatus
_CHARGE = {
    _H.WAITING: _S.WAITING,
    _H.STOPPED: _S.WAITING,
    _H.UNKNOWN: _S.UNKNOWN,
    _H.MISMATCH: _S.UNKNOWN,
    _H.EXPIRED: _S.EXPIRED,
    _H.CANCELLED: _S.CANCELLED,
    _H.DECLINED: _S.DECLINED,
    _H.REFUSED: _S.REFUSED,
}
_ATTENTION = {
    _H.STOPPED: {Attention.STOPPED},
    _H.MISMATCH: {Attention.MISMATCH},
    _H.RETURNING: {Attention.MAYBE_RETURNED},
    _H.REFUND_UNKNOWN: {Attention.REFUND_UNKNOWN},
}


def payment(
    status=_H.PAID,
    number=87,
    plain="42.50",
    method=PaymentMethod.ALIPAY,
    *,
    minutes=0,
    cashier="Mei Lin",
    refunds=(),
    note="",
    printed=0,
    currency="USD",
    **changes,
):
    """A payment as `History.detail` tells it, `minutes` before the pictures' time.

    Args:
        refunds: pairs of a plain amount and a `RefundStatus`.
    """
    is_paid = status not in _CHARGE
    at = NOW - timedelta(minutes=minutes)
    charge = Charge(
        id=number,
        reference=f"HSG1-250712{number:04d}-K7QX",
        sale_id=number,
        till_code="HSG1",
        shift_id=214,
        cashier_id=1,
        method=method,
        amount=Money.parse(plain, currency),
        gateway="citcon_chop",
        credentials="citcon_chop",
        created_at=at,
        status=_CHARGE.get(status, _S.PAID),
        gateway_id=f"q{number}",
        transaction_id=f"3bfa17f09c5e4d2ab8e{number:05d}" if is_paid else None,
        paid_at=at + timedelta(seconds=41) if is_paid else None,
        stopped_at=at if status is _H.STOPPED else None,
        attention=frozenset(_ATTENTION.get(status, ())),
    )
    charge = replace(charge, **changes)
    made = tuple(
        _refund(charge, place, amount, state) for place, (amount, state) in enumerate(refunds)
    )
    return detail_of(charge, made, cashier=cashier, note=note, printed=printed)


def detail_of(charge, refunds=(), *, cashier="Mei Lin", note="", printed=0):
    """Everything about a charge, with a history that its state implies."""
    standing = Standing(
        charge,
        refunds,
        refunded(charge, refunds),
        held_back(charge, refunds),
        refundable(charge, refunds),
        can_cancel_paid(charge, refunds, is_same_day=True),
    )
    return HistoryDetail(
        charge=charge,
        standing=standing,
        status=history_status(charge, refunds),
        cashier=cashier,
        note=note,
        printed=printed,
        entries=tuple(_entries(charge, refunds, cashier)),
    )


def _refund(charge, place, plain, state):
    return Refund(
        id=charge.id * 10 + place,
        reference=f"{charge.reference}-R{place + 1}",
        charge_id=charge.id,
        kind=RefundKind.REFUND,
        amount=Money.parse(plain, charge.amount.currency),
        reason="Wrong size",
        till_code="HSG1",
        shift_id=214,
        asked_by=1,
        approved_by=3,
        requested_at=charge.created_at + timedelta(minutes=4),
        status=state,
    )


_REFUND_KINDS = {
    RefundStatus.DONE: HistoryKind.REFUND_DONE,
    RefundStatus.UNKNOWN: HistoryKind.REFUND_UNKNOWN,
    RefundStatus.REFUSED: HistoryKind.REFUND_REFUSED,
    RefundStatus.PENDING: HistoryKind.REFUND_PENDING,
}
_ENDS = {
    _S.UNKNOWN: HistoryKind.UNKNOWN,
    _S.EXPIRED: HistoryKind.EXPIRED,
    _S.CANCELLED: HistoryKind.CANCELLED,
    _S.DECLINED: HistoryKind.DECLINED,
    _S.REFUSED: HistoryKind.REFUSED,
}


def _entries(charge, refunds, cashier):
    for one in reversed(refunds):
        kind = _REFUND_KINDS[one.status]
        yield HistoryEntry(one.requested_at, kind, one.amount, "", "Priya", one.reason, refund=one)
    if charge.is_paid:
        yield HistoryEntry(charge.paid_at, HistoryKind.PAID, charge.amount)
    elif charge.status in _ENDS:
        yield HistoryEntry(charge.created_at + timedelta(minutes=5), _ENDS[charge.status])
    yield HistoryEntry(charge.created_at, HistoryKind.CREATED, charge.amount, cashier)


def row_of(detail):
    """The line of a payment."""
    charge = detail.charge
    return HistoryRow(
        charge_id=charge.id,
        created_at=charge.created_at,
        reference=charge.reference,
        short_reference=charge.short_reference,
        method=charge.method,
        amount=charge.amount,
        refunded=detail.standing.refunded,
        status=detail.status,
        cashier=detail.cashier,
        note=detail.note,
        needs_answer=charge.needs_answer,
    )


class FakeHistory:
    """`payments` is the truth, by id; `trouble` is raised by every question while it is set."""

    def __init__(self, *payments):
        self.payments = {one.charge.id: one for one in payments}
        self.trouble = None
        self.asked = []

    def add(self, detail):
        """Put a payment in, or in place of what it was."""
        self.payments[detail.charge.id] = detail
        return detail

    def page(self, wanted, *, before=None, skip=0, limit=100):
        self.asked.append(("page", wanted, before, skip))
        rows = self._matching(wanted)
        ids = [row.charge_id for row in rows]
        start = (ids.index(before) + 1 if before is not None else 0) + skip
        return tuple(rows[start : start + limit])

    def row(self, charge_id, wanted):
        return next((row for row in self._matching(wanted) if row.charge_id == charge_id), None)

    def count(self, wanted):
        return len(self._matching(wanted))

    def anchors(self, wanted, *, every=1_000):
        rows = self._matching(wanted)
        return tuple(row.charge_id for row in rows[every - 1 :: every])

    def totals(self, wanted):
        rows = self._matching(wanted)
        charges = [self.payments[row.charge_id].charge for row in rows]
        taken = [row for row in rows if self.payments[row.charge_id].charge.is_paid]
        by_hand = [
            one for one in charges if one.decision is ChargeDecision.PAID and not one.is_paid
        ]
        return HistoryTotals(
            len(rows),
            _sums(row.amount for row in taken),
            _sums(row.refunded for row in taken),
            _sums(one.amount for one in by_hand),
        )

    def detail(self, charge_id):
        self._check()
        return self.payments[charge_id]

    def _matching(self, wanted):
        self._check()
        rows = (row_of(one) for one in self.payments.values())
        found = [row for row in rows if _meets(row, wanted)]
        return sorted(found, key=lambda row: (row.created_at, row.charge_id), reverse=True)

    def _check(self):
        if self.trouble is not None:
            raise self.trouble


def _meets(row, wanted):
    says = wanted.text.casefold() in f"{row.reference} {row.short_reference} {row.note}".casefold()
    return (
        (wanted.since is None or row.created_at >= wanted.since)
        and (wanted.until is None or row.created_at < wanted.until)
        and (not wanted.methods or row.method in wanted.methods)
        and (not wanted.statuses or row.status in wanted.statuses)
        and (row.needs_answer or not wanted.needs_answer)
        and (says or wanted.text in row.amount.plain)
    )


def _sums(amounts):
    sums = {}
    for one in amounts:
        if one:
            sums[one.currency] = sums.get(one.currency, Money.zero(one.currency)) + one
    return tuple(sums[currency] for currency in sorted(sums))


_DONE = RefundStatus.DONE
_METHODS = {traits.name: method for method, traits in METHODS.items()}
_LINES = (
    (87, "42.50", "Alipay", _H.UNKNOWN, 0, "Mei Lin", ()),
    (86, "18.00", "WeChat Pay", _H.PAID, 21, "Mei Lin", ()),
    (85, "126.00", "Alipay", _H.PART_REFUNDED, 34, "Mei Lin", (("30.00", _DONE),)),
    (84, "64.90", "Card", _H.DECLINED, 52, "Jonas", ()),
    (83, "9.80", "GCash", _H.PAID, 70, "Jonas", ()),
    (82, "240.00", "UnionPay", _H.PAID, 95, "Jonas", ()),
    (81, "32.00", "Alipay", _H.REFUNDED, 121, "Jonas", (("32.00", _DONE),)),
    (80, "15.50", "WeChat Pay", _H.EXPIRED, 148, "Mei Lin", ()),
    (79, "88.20", "Alipay", _H.PAID, 166, "Mei Lin", ()),
)


def pictured_payments():
    """The payments of mock-transactions."""
    return [
        payment(
            status,
            number,
            plain,
            _METHODS[method],
            minutes=minutes,
            cashier=cashier,
            refunds=refunds,
            note="Gift wrapping" if number in {86, 79} else "",
        )
        for number, plain, method, status, minutes, cashier, refunds in _LINES
    ]
