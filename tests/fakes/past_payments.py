"""A ledger with payments of every kind, and the plain way to find some of them again."""

import random
import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from pos_app.domain import refund_transitions
from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus, UnknownReason
from pos_app.domain.currencies import mark
from pos_app.domain.errors import AmountError, RefundTooMuchError
from pos_app.domain.history import HistoryRow, history_status
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import RefundDone, RefundRefusalKind, RefundRefused
from pos_app.domain.refunds import Decision, RefundKind, refunded
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.ledger import NOON, a_charge, a_refund, a_shift

NOTES = (
    "",
    "",
    "blue umbrella",
    "Café, table 12",
    "gift 红色雨伞",
    "0087",
    "Umbrella blue",
    "blue blueberries",
)
AMOUNTS = (Money(4250, "USD"), Money(42, "KRW"), Money(4250, "KRW"), Money(700, "HKD"),
           Money(42_500, "KWD"), Money(4200, "USD"))  # fmt: skip
METHODS = (PaymentMethod.ALIPAY, PaymentMethod.WECHATPAY, PaymentMethod.UPOP)


def furnish(store, number=120):
    """Fill an empty ledger with payments, most of which changed after they were recorded."""
    dice = random.Random(7)
    for index in range(number):
        with store.write() as unit:
            charge = unit.charges.lock(_charged(unit, index, dice).id)
            unit.charges.save(_later(charge, dice))
        for _ in range(dice.choice((0, 0, 1, 2))):
            with store.write() as unit:
                _refund(unit, charge.id, dice)


def _charged(unit, index, dice):
    till, at = ("T2", "T1")[index % 2], NOON + timedelta(hours=7 * (index // 3))
    amount, shift = dice.choice(AMOUNTS), a_shift(unit, till)
    sale = Sale((SaleLine("", 1, amount),), note=dice.choice(NOTES))
    recorded = unit.sales.add(
        sale,
        amount.currency,
        till_code=till,
        cashier_id=shift.opened_by,
        shift_id=shift.id,
        at=at,
    )
    return a_charge(
        unit,
        till_code=till,
        sale_id=recorded.id,
        reference=f"{till}-{at:%y%m%d}{index + 60:04d}-{dice.choice(('K7QX', 'AAAA'))}",
        amount=amount,
        method=dice.choice(METHODS),
        created_at=at,
    )


def _later(charge, dice):
    status = dice.choice((ChargeStatus.PAID, ChargeStatus.PAID, *ChargeStatus))
    is_odd = dice.random() < 0.2
    return replace(
        charge,
        status=status,
        gateway_id=f"q{charge.id}",
        transaction_id=f"U{charge.id}",
        paid_at=NOON if status is ChargeStatus.PAID else None,
        stopped_at=NOON if is_odd else None,
        cancel_requested_at=NOON if dice.random() < 0.1 else None,
        unknown_reason=UnknownReason.NO_ANSWER if status is ChargeStatus.UNKNOWN else None,
        attention=frozenset({dice.choice(tuple(Attention))} if is_odd else ()),
        **_decision(charge),
    )


def _decision(charge):
    """What a manager has settled by hand; mostly nothing."""
    if charge.id % 3:
        return {}
    return {
        "decision": tuple(ChargeDecision)[charge.id // 3 % 3],
        "decision_note": "seen",
        "decided_at": NOON,
        "decided_by": charge.cashier_id,
    }


def _refund(unit, charge_id, dice):
    charge = unit.charges.lock(charge_id)
    if not charge.is_paid:
        return
    part = Money(max(1, charge.amount.minor // dice.choice((1, 2, 4))), charge.amount.currency)
    kind = dice.choice((RefundKind.REFUND, RefundKind.REFUND, RefundKind.CANCEL))
    try:
        refund = a_refund(unit, charge, amount=part, kind=kind)
    except RefundTooMuchError:
        return
    unit.refunds.save(dice.choice(_ENDS)(refund))


def _settled(decision):
    def end(refund):
        unknown = refund_transitions.lost(refund)
        return refund_transitions.settled(unknown, decision, "seen", refund.asked_by, NOON)

    return end


_ENDS = (
    lambda refund: refund_transitions.answered(refund, RefundDone("r"), NOON),
    lambda refund: refund_transitions.answered(
        refund, RefundRefused(RefundRefusalKind.TOO_MUCH, "too much", "4071"), NOON
    ),
    refund_transitions.lost,
    lambda refund: refund,
    _settled(Decision.WENT_OUT),
    _settled(Decision.DID_NOT_GO_OUT),
)


def plain_rows(store, number=120):
    """All payments as the domain tells them, newest first, with what only the search sees."""
    with store.read() as unit:
        names = {person.id: person.name for person in unit.people.all()}
        rows = [_plain_row(unit, key, names) for key in range(1, number + 1)]
    rows.sort(key=lambda found: (found[0].created_at, found[0].charge_id), reverse=True)
    return rows


def _plain_row(unit, key, names):
    charge, refunds = unit.charges.get(key), unit.refunds.of_charge(key)
    row = HistoryRow(
        charge_id=key,
        created_at=charge.created_at,
        reference=charge.reference,
        short_reference=charge.short_reference,
        method=charge.method,
        amount=charge.amount,
        refunded=refunded(charge, refunds) if charge.is_paid else Money(0, charge.amount.currency),
        status=history_status(charge, refunds),
        cashier=names[charge.cashier_id],
        note=unit.sales.get(charge.sale_id).note,
        needs_answer=charge.needs_answer,
    )
    return row, {charge.gateway_id, charge.transaction_id}


def meets(row, ids, wanted):
    """Tell the plain way whether a payment meets a filter."""
    return (
        (wanted.since is None or row.created_at >= wanted.since)
        and (wanted.until is None or row.created_at < wanted.until)
        and (not wanted.methods or row.method in wanted.methods)
        and (not wanted.statuses or row.status in wanted.statuses)
        and (row.needs_answer or not wanted.needs_answer)
        and (not wanted.text.strip() or _says(row, ids, wanted.text.strip()))
    )


def _says(row, ids, text):
    plain = text.upper()
    for sign in (mark(row.amount.currency), row.amount.currency):
        plain = plain.removeprefix(sign).strip()
    try:
        if Money.parse(plain.replace(",", ""), row.amount.currency) == row.amount:
            return True
    except AmountError:
        pass
    begin = re.sub(r"-R\d+$", "", text.upper())  # of a refund: its payment
    is_reference = row.reference.startswith(begin) and not (text.isdigit() and "-" not in text)
    is_number = row.short_reference in {begin, f"{row.reference.split('-')[0]}-{text}"}
    return is_reference or is_number or text in ids or _has_words(row.note, text)


def _has_words(note, text):
    sought = _folded(text).replace("-", " ").replace(".", " ").replace(",", " ").split()
    kept = _folded(note).replace(",", " ").split()
    return bool(sought) and all(_has_word(kept, word) for word in sought)


def _has_word(kept, word):
    if len(word) == 1 and word.isascii():
        return word in kept
    return any(
        one.startswith(word) if one.isascii() else word in one or one.startswith(word)
        for one in kept
    )


def _folded(text):
    return unicodedata.normalize("NFKD", text).casefold().replace("\u0301", "")
