"""Refunds on both databases: what is stored comes back, and the sum over a charge holds."""

from dataclasses import MISSING, fields, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import RefundTooMuchError
from pos_app.domain.money import Money
from pos_app.domain.refunds import (
    Decision,
    Refund,
    RefundKind,
    RefundStatus,
    Refusal,
    held_back,
    refunded,
)
from pos_app.storage.errors import ConflictError
from tests.fakes.ledger import NOON, PRICE, a_charge, a_refund, undone


def a_payment(unit):
    return a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON)


def full_refund(unit, charge):
    """A refund in which every field that has a default says something else."""
    return a_refund(
        unit,
        charge,
        kind=RefundKind.CANCEL,
        amount=PRICE,
        reason="Größe 茶",
        status=RefundStatus.REFUSED,
        answered_at=NOON + timedelta(microseconds=7),
        gateway_id="r" * 64,
        refusal=Refusal.NOT_IN_WINDOW,
        refusal_text="Not in cancellation window",
        decision=Decision.WENT_OUT,
        decided_at=NOON + timedelta(microseconds=9),
        decided_by=charge.cashier_id,
        note="seen",
        asked_at=NOON + timedelta(microseconds=11),
        watch_ended_at=NOON + timedelta(microseconds=13),
    )


def test_every_field_of_a_refund_comes_back(store):
    with store.write() as unit:
        refund = full_refund(unit, a_payment(unit))
    defaults = [f for f in fields(Refund) if f.default is not MISSING]
    assert all(getattr(refund, f.name) != f.default for f in defaults), "one field is not tested"
    with store.read() as unit:
        assert unit.refunds.get(refund.id) == refund


def test_every_field_that_changes_is_saved_and_no_other_refund(store):
    with store.write() as unit:
        charge = a_payment(unit)
        plain = a_refund(unit, charge)
        full = full_refund(unit, a_payment(unit))
    same = {"id", "reference", "charge_id", "kind", "amount", "requested_at"}
    changes = {f.name: getattr(full, f.name) for f in fields(Refund) if f.name not in same}
    changed = replace(plain, **changes)
    with store.write() as unit:
        assert unit.refunds.lock(plain.id) == plain
        unit.refunds.save(changed)
    with store.read() as unit:
        assert unit.refunds.get(plain.id) == changed
        assert unit.refunds.get(full.id) == full


@pytest.mark.parametrize("change", [{"amount": Money(1, "USD")}, {"kind": RefundKind.CANCEL}])
def test_a_refund_never_becomes_another(store, change):
    with store.write() as unit, pytest.raises(ValueError, match="another refund"):
        unit.refunds.save(replace(a_refund(unit, a_payment(unit)), **change))


def test_refunds_are_numbered_by_charge_and_come_newest_last(store):
    with store.write() as unit:
        one, other = a_payment(unit), a_payment(unit)
        refunds = [a_refund(unit, charge, amount=Money(1, "USD")) for charge in (one, other, one)]
    with store.read() as unit:
        assert unit.refunds.of_charge(one.id) == (refunds[0], refunds[2])
        assert unit.refunds.of_charge(other.id) == (refunds[1],)
    assert [one.reference[-3:] for one in refunds] == ["-R1", "-R1", "-R2"]


def test_the_longest_reference_fits(store):
    with store.write() as unit:
        charge = a_charge(unit, reference="ABCD-2607120087-K7QX", status=ChargeStatus.PAID)
        for _ in range(12):
            last = a_refund(unit, charge, amount=Money(1, "USD"))
    assert last.reference == "ABCD-2607120087-K7QX-R12"


def test_what_no_lock_protects_cannot_be_written(store):
    with store.write() as unit:
        charge = a_payment(unit)
        refund = a_refund(unit, charge)
    with store.write() as unit, pytest.raises(RuntimeError):
        a_refund(unit, charge)
    with store.write() as unit, pytest.raises(RuntimeError):
        unit.refunds.save(replace(refund, status=RefundStatus.UNKNOWN))


def test_more_than_is_left_is_not_written(store):
    with store.write() as unit:
        charge = a_payment(unit)
        a_refund(unit, charge, amount=Money(4000, "USD"))
        with pytest.raises(RefundTooMuchError) as caught:
            a_refund(unit, charge, amount=Money(251, "USD"))
        assert len(unit.refunds.of_charge(charge.id)) == 1
    assert caught.value.left_minor == 250


def test_a_refund_that_is_not_there_is_a_bug(store):
    with store.write() as unit:
        for question in (unit.refunds.get, unit.refunds.lock):
            with pytest.raises(KeyError):
                question(4711)


def test_unanswered_are_those_without_an_answer_or_decision_oldest_first(store):
    decided = {"decided_at": NOON}
    with store.write() as unit:
        charge = a_payment(unit)
        decided["decided_by"] = charge.cashier_id
        wanted = [
            a_refund(unit, charge, amount=Money(1, "USD"), **changes)
            for changes in (
                {"status": RefundStatus.UNKNOWN},
                {"status": RefundStatus.REQUESTED},
                {"status": RefundStatus.PENDING},
                {"status": RefundStatus.UNKNOWN, "decision": Decision.STILL_NOT_KNOWN, **decided},
            )
        ]
        a_refund(unit, charge, status=RefundStatus.DONE, amount=Money(1, "USD"))
        a_refund(unit, charge, status=RefundStatus.REFUSED, refusal=Refusal.OTHER)
        for decision in (Decision.WENT_OUT, Decision.DID_NOT_GO_OUT):
            a_refund(
                unit,
                charge,
                status=RefundStatus.UNKNOWN,
                amount=Money(1, "USD"),
                decision=decision,
                **decided,
            )
        assert unit.refunds.unanswered() == tuple(wanted)


statuses = st.tuples(
    st.integers(1, 1500), st.sampled_from(RefundStatus), st.none() | st.sampled_from(Decision)
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(statuses, max_size=6))
def test_the_database_and_the_program_add_up_alike(store, made):
    with undone(store) as unit:
        charge = a_payment(unit)
        for minor, status, decision in made:
            try:
                a_refund(
                    unit,
                    charge,
                    amount=Money(minor, "USD"),
                    status=status,
                    refusal=Refusal.OTHER if status is RefundStatus.REFUSED else None,
                    decision=decision,
                    decided_at=decision and NOON,
                    decided_by=decision and charge.cashier_id,
                )
            except RefundTooMuchError:
                continue
        refunds, sums = unit.refunds.of_charge(charge.id), unit.refunds.sums(charge.id)
        assert sums.count == len(refunds)
        assert sums.refunded_minor == refunded(charge, refunds).minor
        assert sums.held_back_minor == held_back(charge, refunds).minor
        assert sums.refunded_minor + sums.held_back_minor <= charge.amount.minor


@pytest.mark.parametrize(
    "change",
    [
        "status = 'returned'",
        "kind = 'gift'",
        "amount_minor = 0",
        "status = 'refused'",
        "refusal = 'other'",
        "decision = 'went_out'",
        "charge_id = 4711",
        "shift_id = 4711",
        "approved_by = 4711",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(store, change):
    with store.write() as unit:
        a_refund(unit, a_payment(unit))
    with pytest.raises(ConflictError), store.write() as unit:
        unit.refunds._connection.execute(text(f"UPDATE refunds SET {change}"))  # noqa: S608
