"""Exports: stable columns, exact values, flat memory."""

import tracemalloc
from dataclasses import replace

import pytest
from sqlalchemy import text

from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus, UnknownReason
from pos_app.domain.money import Money
from pos_app.domain.people import Role
from pos_app.domain.refunds import Decision, RefundStatus, Refusal
from pos_app.storage.exports import (
    CHARGE_COLUMNS,
    JOURNAL_COLUMNS,
    REFUND_COLUMNS,
    SHIFT_COLUMNS,
)
from tests.fakes.ledger import NOON, SECOND, a_charge, a_person, a_refund, a_shift


def as_dicts(columns, rows):
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_columns_keep_their_names_and_places():
    assert ",".join(CHARGE_COLUMNS[:30]) == (
        "id,reference,sale_id,till_code,shift_id,cashier_id,cashier,method,status,amount_minor,"
        "amount,currency,received_minor,received,received_currency,gateway,credentials,"
        "gateway_id,transaction_id,gateway_time,created_at,paid_at,closed_at,refusal,"
        "unknown_reason,attention,decision,decided_by,decided_by_name,decided_at"
    )
    assert ",".join(JOURNAL_COLUMNS[:9]) == (
        "writer,number,at,kind,subject,who,body,previous,hash"
    )
    assert ",".join(REFUND_COLUMNS[:26]) == (
        "id,reference,charge_id,charge_reference,kind,method,status,amount_minor,amount,currency,"
        "gateway,gateway_id,till_code,shift_id,asked_by,asked_by_name,approved_by,"
        "approved_by_name,requested_at,answered_at,refusal,refusal_text,decision,decided_by,"
        "decided_by_name,decided_at"
    )
    assert ",".join(SHIFT_COLUMNS[:7]) == (
        "id,till_code,number,opened_at,opened_by,opened_by_name,closed_at"
    )


def test_a_charge_is_exported_with_words_and_plain_decimals(store):
    with store.write() as unit:
        charge = a_charge(
            unit,
            amount=Money(1_284_60, "USD"),
            received=Money(1_300, "KRW"),
            status=ChargeStatus.UNKNOWN,
            unknown_reason=UnknownReason.DISAGREES,
            decision=ChargeDecision.STILL_NOT_KNOWN,
            decision_note="called +49 30 1234",
            decided_at=NOON + SECOND,
            decided_by=a_person(unit, "Priya", Role.MANAGER).id,
            gateway_id="q1",
            tip=Money(84_60, "USD"),
            attention=frozenset({Attention.STOPPED, Attention.MISMATCH}),
        )
    with store.read() as unit:
        [row] = as_dicts(CHARGE_COLUMNS, unit.exports.charges())
    assert row == {
        "id": charge.id,
        "reference": charge.reference,
        "sale_id": charge.sale_id,
        "till_code": "T1",
        "shift_id": charge.shift_id,
        "cashier_id": charge.cashier_id,
        "cashier": "Mei Lin",
        "method": "alipay",
        "status": "unknown",
        "amount_minor": 128460,
        "amount": "1284.60",
        "currency": "USD",
        "received_minor": 1300,
        "received": "1300",
        "received_currency": "KRW",
        "gateway": "citcon_chop",
        "credentials": "citcon_chop",
        "gateway_id": "q1",
        "transaction_id": None,
        "gateway_time": None,
        "created_at": "2026-07-12T10:21:33.123456Z",
        "paid_at": None,
        "closed_at": None,
        "refusal": None,
        "unknown_reason": "disagrees",
        "attention": "mismatch,stopped",
        "decision": "still_not_known",
        "decided_by": charge.decided_by,
        "decided_by_name": "Priya",
        "decided_at": "2026-07-12T10:21:34.123456Z",
        "tip_minor": 8460,
        "tip": "84.60",
    }


def test_bounds_take_the_first_instant_and_leave_the_last(store):
    with store.write() as unit:
        first = a_charge(unit, created_at=NOON)
        second = a_charge(unit, created_at=NOON + SECOND)
        unit.journal.append("test", "x", NOON, None, {})
    with store.read() as unit:
        exports = unit.exports
        assert [row[0] for row in exports.charges()] == [first.id, second.id]
        assert [row[0] for row in exports.charges(NOON, NOON + SECOND)] == [first.id]
        assert [row[0] for row in exports.charges(NOON + SECOND)] == [second.id]
        assert list(exports.journal(NOON + SECOND)) == []
        assert len(list(exports.shifts(None, NOON + SECOND))) == 1


def test_a_refund_is_exported_with_its_people_and_without_free_texts(store):
    with store.write() as unit:
        charge = a_charge(unit, status=ChargeStatus.PAID)
        manager = a_person(unit, "Priya")
        refund = a_refund(
            unit,
            charge,
            approved_by=manager.id,
            status=RefundStatus.UNKNOWN,
            decision=Decision.WENT_OUT,
            decided_by=manager.id,
            decided_at=NOON + SECOND,
            note="Mr Kim showed his app",
            reason="Mr Kim",
        )
        a_refund(unit, charge, status=RefundStatus.REFUSED, refusal=Refusal.TOO_MUCH,
                 refusal_text="4071 no", answered_at=NOON, requested_at=NOON + SECOND)  # fmt: skip
    with store.read() as unit:
        row, refused = as_dicts(REFUND_COLUMNS, unit.exports.refunds())
        assert [one[0] for one in unit.exports.refunds(None, NOON + SECOND)] == [refund.id]
        assert [one[0] for one in unit.exports.refunds(NOON + SECOND)] == [refused["id"]]
    assert row == {
        "id": refund.id,
        "reference": f"{charge.reference}-R1",
        "charge_id": charge.id,
        "charge_reference": charge.reference,
        "kind": "refund",
        "method": "alipay",
        "status": "unknown",
        "amount_minor": 1250,
        "amount": "12.50",
        "currency": "USD",
        "gateway": "citcon_chop",
        "gateway_id": None,
        "till_code": "T1",
        "shift_id": charge.shift_id,
        "asked_by": charge.cashier_id,
        "asked_by_name": "Mei Lin",
        "approved_by": manager.id,
        "approved_by_name": "Priya",
        "requested_at": "2026-07-12T10:21:33.123456Z",
        "answered_at": None,
        "refusal": None,
        "refusal_text": None,
        "decision": "went_out",
        "decided_by": manager.id,
        "decided_by_name": "Priya",
        "decided_at": "2026-07-12T10:21:34.123456Z",
    }
    told = {name: refused[name] for name in ("refusal", "refusal_text", "decided_by_name")}
    assert told == {"refusal": "too_much", "refusal_text": "4071 no", "decided_by_name": None}


def test_a_shift_is_exported_with_who_opened_it(store):
    with store.write() as unit:
        shift = a_shift(unit)
        unit.shifts.save(replace(shift, closed_at=NOON + SECOND))
    with store.read() as unit:
        [row] = as_dicts(SHIFT_COLUMNS, unit.exports.shifts())
    assert row == {
        "id": shift.id,
        "till_code": "T1",
        "number": 1,
        "opened_at": "2026-07-12T10:21:33.123456Z",
        "opened_by": shift.opened_by,
        "opened_by_name": "Mei Lin",
        "closed_at": "2026-07-12T10:21:34.123456Z",
    }


def test_the_journal_is_exported_with_the_text_that_was_hashed(store):
    with store.write() as unit:
        unit.journal.append("charge.paid", "charge:1", NOON, 7, {"b": [1, None], "a": "é"})
    with store.read() as unit:
        [row] = as_dicts(JOURNAL_COLUMNS, unit.exports.journal())
        [entry] = unit.journal.entries()
    assert row["body"] == '{"a":"é","b":[1,null]}'
    assert (row["at"], row["who"]) == ("2026-07-12T10:21:33.123456Z", 7)
    assert (row["previous"], row["hash"]) == (entry.previous, entry.hash)


@pytest.mark.parametrize("rows", [10_000])
def test_an_export_holds_a_part_of_the_rows_in_memory(store, rows):
    with store.write() as unit:
        for number in range(rows):
            unit.journal.append("test", f"charge:{number}", NOON, None, {"text": "x" * 200})
    with store.read() as unit:
        list(unit.exports.shifts())  # what is made once, such as compiled statements
        tracemalloc.start()
        assert sum(1 for _ in unit.exports.journal()) == rows
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000, "all rows together are more than 8 MB"


def test_postgresql_keeps_the_rows_that_are_not_wanted_yet(store, ledger):
    if ledger.is_sqlite:
        return  # SQLite finds each row when it is asked for
    with store.write() as unit:
        for number in range(3):
            unit.journal.append("test", f"charge:{number}", NOON, None, {})
    with store.read() as unit:
        exported = unit.exports.journal()
        next(exported)
        cursors = text("SELECT count(*) FROM pg_cursors")
        assert unit.exports._connection.execute(cursors).scalar() == 1
