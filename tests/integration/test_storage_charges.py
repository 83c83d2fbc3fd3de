"""Charges on both databases: what is stored comes back, and the ledger's own rules hold."""

from dataclasses import MISSING, fields, replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from pos_app.domain.charges import (
    CLOSED_UNPAID,
    LIVING,
    Attention,
    Charge,
    ChargeDecision,
    ChargeStatus,
)
from pos_app.domain.charges import UnknownReason as Why
from pos_app.domain.errors import ChargeStillOpenError
from pos_app.domain.money import Money
from pos_app.domain.people import Role
from pos_app.storage.errors import ConflictError
from tests.fakes.ledger import NOON, SECOND, a_charge, a_person, a_sale

HUGE = Money(9_999_999_999, "IDR")


def full_charge(unit):
    """A charge in which every field that has a default says something else."""
    instants = {
        field.name: NOON + number * timedelta(seconds=1, microseconds=7)
        for number, field in enumerate(fields(Charge))
        if field.name.endswith("_at") or field.name == "code_expires_at"
    }
    return a_charge(
        unit,
        amount=HUGE,
        status=ChargeStatus.UNKNOWN,
        gateway_id="3bfa" * 16,
        transaction_id="20260712221001",
        code="https://uat.example/pay?q=支付&x=1",
        gateway_time="2026-07-12 18:21:33",
        received=Money(1, "KRW"),
        refusal="4071 Ungültig",
        is_not_set_up=True,
        is_customer_presented=True,
        is_card_keyed=True,
        tip=Money(7, HUGE.currency),
        unknown_reason=Why.CANCEL_LOST,
        decision=ChargeDecision.NOT_PAID,
        decision_note="seen in the app 支付",
        decided_by=a_person(unit, "Priya", Role.MANAGER).id,
        attention=frozenset(Attention),
        **instants,
    )


def test_every_field_of_a_charge_comes_back(store):
    with store.write() as unit:
        charge = full_charge(unit)
    defaults = [f for f in fields(Charge) if f.default is not MISSING]
    assert all(getattr(charge, f.name) != f.default for f in defaults), "one field is not tested"
    with store.read() as unit:
        assert unit.charges.get(charge.id) == charge


def test_every_field_that_changes_is_saved(store):
    with store.write() as unit:
        plain = a_charge(unit)
        full = full_charge(unit)
    same = {"id", "reference", "sale_id", "amount", "tip"}
    changes = {f.name: getattr(full, f.name) for f in fields(Charge) if f.name not in same}
    changed = replace(plain, **changes)
    with store.write() as unit:
        unit.charges.lock(plain.id)
        unit.charges.save(changed)
    with store.read() as unit:
        assert unit.charges.get(plain.id) == changed
        assert unit.charges.get(full.id) == full


@pytest.mark.parametrize("status", sorted(LIVING))
def test_a_sale_has_one_living_charge(store, status):
    with store.write() as unit:
        first = a_charge(unit, status=status)
    with pytest.raises(ChargeStillOpenError) as caught, store.write() as unit:
        a_charge(unit, sale_id=first.sale_id)
    assert (caught.value.charge_id, caught.value.reference) == (first.id, first.reference)


def test_the_database_itself_refuses_a_second_living_charge(store):
    with store.write() as unit:
        first = a_charge(unit, status=ChargeStatus.EXPIRED)
        a_charge(unit, sale_id=first.sale_id)
    with pytest.raises(ConflictError), store.write() as unit:
        unit.charges.save(replace(unit.charges.lock(first.id), status=ChargeStatus.WAITING))


@pytest.mark.parametrize("status", sorted(CLOSED_UNPAID))
def test_a_sale_may_be_charged_again_when_the_first_charge_is_closed(store, status):
    with store.write() as unit:
        first = a_charge(unit, status=status)
        assert a_charge(unit, sale_id=first.sale_id).id > first.id


def test_a_reference_is_recorded_once(store):
    with store.write() as unit:
        first = a_charge(unit)
    with pytest.raises(ConflictError), store.write() as unit:
        a_charge(unit, reference=first.reference)


def test_a_charge_of_nothing_is_refused(store):
    with pytest.raises(ConflictError), store.write() as unit:
        a_charge(unit, amount=Money(0, "USD"))


def test_a_charge_of_a_sale_that_is_not_there_is_refused(store):
    with pytest.raises(ConflictError), store.write() as unit:
        a_charge(unit, sale_id=4711)


def test_a_status_that_does_not_exist_is_refused_by_the_database(store):
    with store.write() as unit:
        a_charge(unit)
    with pytest.raises(ConflictError), store.write() as unit:
        unit.charges._connection.execute(text("UPDATE charges SET status = 'refunded'"))


def test_a_charge_that_was_not_locked_cannot_be_saved(store):
    with store.write() as unit:
        charge = a_charge(unit)
    with pytest.raises(RuntimeError), store.write() as unit:
        unit.charges.save(replace(unit.charges.get(charge.id), status=ChargeStatus.PAID))


def test_a_charge_never_becomes_another_amount(store):
    with store.write() as unit:
        charge = a_charge(unit)
        with pytest.raises(ValueError, match="another charge"):
            unit.charges.save(replace(charge, amount=Money(1, "USD")))


def test_a_charge_that_is_not_there_is_a_bug(store):
    with store.read() as unit, pytest.raises(KeyError):
        unit.charges.get(4711)


def test_a_charge_is_found_by_its_reference(store):
    with store.write() as unit:
        charge = a_charge(unit)
    with store.read() as unit:
        assert unit.charges.by_reference(charge.reference) == charge
        assert unit.charges.by_reference(charge.reference.lower()) is None


def test_a_gateway_id_is_taken_only_by_another_charge_at_the_same_gateway(store):
    with store.write() as unit:
        charge = a_charge(unit, gateway_id="q1")
    with store.read() as unit:
        assert not unit.charges.is_gateway_id_taken("citcon_chop", "q1", charge.id)
        assert unit.charges.is_gateway_id_taken("citcon_chop", "q1", charge.id + 1)
        assert not unit.charges.is_gateway_id_taken("jpay", "q1", charge.id + 1)


def test_a_sale_is_paid_once_one_of_its_charges_is(store):
    with store.write() as unit:
        charge = a_charge(unit)
        assert not unit.charges.has_paid(charge.sale_id)
        unit.charges.save(replace(charge, status=ChargeStatus.PAID, paid_at=NOON))
        assert unit.charges.has_paid(charge.sale_id)
        assert not unit.charges.has_paid(a_sale(unit).id)


def test_the_same_amount_is_asked_about_only_while_it_may_be_this_customer(store):
    with store.write() as unit:
        charge = a_charge(unit)

        def found(minor=4250, currency="USD", since=NOON):
            return unit.charges.recent_open(Money(minor, currency), since)

        assert found() == charge
        assert found(minor=4251) is found(currency="HKD") is found(since=NOON + SECOND) is None
        expired = replace(charge, status=ChargeStatus.EXPIRED)
        unit.charges.save(expired)
        assert found() is None
        stopped = replace(expired, stopped_at=NOON)
        unit.charges.save(stopped)
        assert found() == stopped
        unit.charges.save(replace(stopped, status=ChargeStatus.PAID))
        assert found() is None


def test_an_open_charge_with_a_tip_is_found_by_what_its_sale_costs(store):
    with store.write() as unit:
        tipped = a_charge(unit, amount=Money(4675, "USD"), tip=Money(425, "USD"))
        assert unit.charges.recent_open(Money(4250, "USD"), NOON) == tipped
        assert unit.charges.recent_open(Money(4675, "USD"), NOON) is None
        unit.charges.save(replace(tipped, status=ChargeStatus.PAID))
        assert unit.charges.recent_open(Money(4250, "USD"), NOON) is None


def test_a_tip_never_changes(store):
    with store.write() as unit:
        charge = a_charge(unit)
        with pytest.raises(ValueError, match="another charge"):
            unit.charges.save(replace(charge, tip=Money(1, "USD")))


def test_the_newest_of_the_same_amount_is_named(store):
    with store.write() as unit:
        a_charge(unit)
        newer = a_charge(unit)
        assert unit.charges.recent_open(newer.amount, NOON) == newer


def test_charges_needing_an_answer_are_counted_once_each(store):
    with store.write() as unit:
        a_charge(unit)
        a_charge(
            unit,
            status=ChargeStatus.PAID,
            attention=frozenset({Attention.PAID_LATE, Attention.REFUND_UNKNOWN}),
        )
        a_charge(unit, status=ChargeStatus.UNKNOWN)
        a_charge(unit, status=ChargeStatus.UNKNOWN, attention=frozenset({Attention.MISMATCH}))
    with store.read() as unit:
        assert unit.charges.count_needing_answer() == 3


def test_living_charges_are_counted_by_till(store):
    with store.write() as unit:
        mine = a_charge(unit)
        other = a_charge(unit, till_code="T2")
        a_charge(unit, status=ChargeStatus.PAID)
        assert unit.charges.living() == (other, mine)
        assert unit.charges.living("T1") == (mine,)
        assert (unit.charges.count_living(), unit.charges.count_living("T2")) == (2, 1)


def test_the_last_payment_is_the_one_learned_of_last_at_this_till(store):
    with store.write() as unit:
        assert unit.charges.last_paid("T1") is None
        last = a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON + SECOND)
        a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON)
        a_charge(unit, status=ChargeStatus.PAID, paid_at=NOON + 2 * SECOND, till_code="T2")
        assert unit.charges.last_paid("T1") == last


def attention_rows(store):
    query = "SELECT kind, raised_at, answered_at, answered_by FROM attentions"
    with store.read() as unit:
        found = unit.charges._connection.execute(text(query))
        return [tuple(row) for row in found]


def test_who_answered_an_attention_and_when_is_kept(store):
    with store.write() as unit:
        charge = a_charge(unit, attention=frozenset({Attention.STOPPED}))
        unit.charges.save(replace(charge, attention=frozenset()), by=charge.cashier_id)
    [(kind, raised_at, answered_at, answered_by)] = attention_rows(store)
    assert (kind, answered_by) == ("stopped", charge.cashier_id)
    assert raised_at == answered_at is not None


def test_an_attention_may_come_again_after_it_was_answered(store):
    with store.write() as unit:
        charge = a_charge(unit, attention=frozenset({Attention.STOPPED}))
        unit.charges.save(replace(charge, attention=frozenset()))
        unit.charges.save(charge)
        assert unit.charges.get(charge.id) == charge
    assert len(attention_rows(store)) == 2
