"""Decisions by hand about charges on both databases: kept, found, and what they set free."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, inspect, table

from pos_app.domain.charges import LIVING, Attention, ChargeDecision, ChargeStatus
from pos_app.domain.errors import ChargeStillOpenError
from pos_app.domain.history import HistoryFilter
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.people import Role
from pos_app.storage.charge_rows import WATCHED_AFTER_CLOSING
from pos_app.storage.errors import ConflictError
from pos_app.storage.schema import MIGRATIONS
from tests.fakes.ledger import NOON, SECOND, a_charge, a_person

S = ChargeStatus
D = ChargeDecision


def by_hand(unit, charge, decision):
    """`charge` as a manager has settled it; this unit holds it."""
    after = replace(
        charge,
        decision=decision,
        decision_note="seen in the app",
        decided_at=NOON + SECOND,
        decided_by=a_person(unit, "Priya", Role.MANAGER).id,
    )
    unit.charges.save(after)
    return after


@pytest.mark.parametrize("status", sorted(LIVING))
@pytest.mark.parametrize("decision", D)
def test_only_not_paid_lets_the_sale_be_charged_again(store, status, decision):
    with store.write() as unit:
        charge = by_hand(unit, a_charge(unit, status=status), decision)
        if decision is D.NOT_PAID:
            again = a_charge(unit, sale_id=charge.sale_id)
            assert unit.charges.keeping_sale(charge.sale_id) == again
            return
    with pytest.raises(ChargeStillOpenError), store.write() as unit:
        a_charge(unit, sale_id=charge.sale_id)


def test_the_database_itself_keeps_a_released_charge_from_coming_back(store):
    with store.write() as unit:
        charge = by_hand(unit, a_charge(unit, status=S.UNKNOWN), D.NOT_PAID)
        a_charge(unit, sale_id=charge.sale_id)
    with pytest.raises(ConflictError), store.write() as unit:
        unit.charges.save(replace(unit.charges.lock(charge.id), decision=D.PAID))


def test_a_sale_is_paid_when_a_manager_says_so(store):
    with store.write() as unit:
        charge = a_charge(unit, status=S.UNKNOWN)
        for decision in (D.STILL_NOT_KNOWN, D.NOT_PAID, D.PAID):
            by_hand(unit, unit.charges.lock(charge.id), decision)
            assert unit.charges.has_paid(charge.sale_id) == (decision is D.PAID)


@pytest.mark.parametrize("decision", D)
def test_what_is_settled_needs_no_answer_until_a_new_question_comes(store, decision):
    is_open = decision is D.STILL_NOT_KNOWN
    with store.write() as unit:
        charge = by_hand(unit, a_charge(unit, status=S.UNKNOWN), decision)
        assert unit.charges.count_needing_answer() == int(is_open)
        raised = replace(charge, attention=frozenset({Attention.MISMATCH}))
        unit.charges.save(raised)
        assert unit.charges.count_needing_answer() == 1


@pytest.mark.parametrize("decision", D)
def test_nobody_is_asked_for_the_same_customer_once_it_is_settled(store, decision):
    with store.write() as unit:
        charge = by_hand(unit, a_charge(unit, status=S.UNKNOWN), decision)
        found = unit.charges.recent_open(charge.amount, NOON)
    assert found == (charge if decision is D.STILL_NOT_KNOWN else None)


@pytest.mark.parametrize("decision", D)
def test_the_watch_goes_on_for_a_while_after_a_decision(store, decision):
    with store.write() as unit:
        charge = by_hand(unit, a_charge(unit, status=S.UNKNOWN), decision)
        end = NOON + WATCHED_AFTER_CLOSING
        assert unit.charges.lease_open("a", end, end + SECOND) == (charge,)
        later = end + timedelta(days=1)
        is_open = decision is D.STILL_NOT_KNOWN
        assert bool(unit.charges.lease_open("a", later, later + SECOND)) is is_open


@pytest.mark.parametrize(
    "change",
    [{"decision": "maybe"}, {"decision": "paid"}, {"decided_by": 1}, {"decided_at": 1},
     {"decision_note": "x"}],
)  # fmt: skip
def test_half_a_decision_is_refused_by_the_database(store, change):
    plain = table("charges", *map(column, change))
    with store.write() as unit:
        a_charge(unit)
    with pytest.raises(ConflictError), store.write() as unit:
        unit.charges._connection.execute(plain.update().values(change))


def test_a_ledger_of_the_version_before_gets_the_columns_and_keeps_what_it_has(ledger):
    store = ledger.open()
    with store.write() as unit:
        kept = [
            a_charge(unit, status=status, attention=frozenset({Attention.STOPPED})) for status in S
        ]
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with store._engines.writing.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        assert "decision" not in {
            one["name"] for one in inspect(connection).get_columns("charges")
        }
    store.close()
    store = ledger.open()
    with store.write() as unit:
        assert [unit.charges.lock(charge.id) for charge in kept] == kept
        for charge in kept:
            assert by_hand(unit, charge, D.NOT_PAID) == unit.charges.get(charge.id)
    store.close()


def test_what_was_called_paid_by_hand_is_a_sum_of_its_own(store):
    with store.write() as unit:
        settled = by_hand(unit, a_charge(unit, status=S.UNKNOWN), D.PAID)
        by_hand(unit, a_charge(unit, status=S.UNKNOWN), D.NOT_PAID)
        by_hand(unit, a_charge(unit, status=S.UNKNOWN), D.STILL_NOT_KNOWN)
        a_charge(unit, status=S.PAID, paid_at=NOON, amount=Money(300, "USD"))
        totals = unit.history.totals(HistoryFilter())
        assert (totals.paid, totals.settled) == ((Money(300, "USD"),), (settled.amount,))
        elsewhere = HistoryFilter(methods=frozenset({PaymentMethod.GCASH}))
        assert unit.history.totals(elsewhere).settled == ()
        unit.charges.save(replace(settled, status=S.PAID, paid_at=NOON))
        totals = unit.history.totals(HistoryFilter())
        assert (totals.paid, totals.settled) == ((Money(4550, "USD"),), ())


def test_a_contact_goes_some_time_after_its_payment_is_settled(store):
    with store.write() as unit:
        unknown = a_charge(unit, status=S.UNKNOWN)
        settled = by_hand(unit, a_charge(unit, status=S.UNKNOWN), D.NOT_PAID)
        paid = a_charge(unit, status=S.PAID, paid_at=NOON + SECOND)
        late = frozenset({Attention.PAID_LATE})
        open_one = a_charge(unit, status=S.PAID, paid_at=NOON + SECOND, attention=late)
        kept = (unknown, settled, paid, open_one)
        for charge in kept:
            unit.contacts.set(charge.id, "Ms Chan 5551234")

        def has_contact():
            return [charge for charge in kept if unit.contacts.get(charge.id)]

        unit.contacts.forget(NOON + SECOND)
        assert has_contact() == list(kept)
        unit.contacts.forget(NOON + 2 * SECOND)
        assert has_contact() == [unknown, open_one]
