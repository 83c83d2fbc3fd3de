"""What belongs to a day, on both databases."""

from datetime import timedelta

from pos_app.domain.charges import ChargeStatus
from tests.fakes.ledger import NOON, a_charge, a_refund

HOUR = timedelta(hours=1)


def test_a_day_has_what_was_made_in_it_and_what_was_refunded_in_it(store):
    with store.write() as unit:
        made = [a_charge(unit, created_at=NOON + HOUR * hours) for hours in (-1, 0, 1, 2)]
        paid = {"status": ChargeStatus.PAID, "paid_at": NOON, "created_at": NOON - 48 * HOUR}
        refunded, long_ago = a_charge(unit, **paid), a_charge(unit, **paid)
        a_refund(unit, refunded, requested_at=NOON + HOUR)
        a_refund(unit, long_ago, requested_at=NOON + 2 * HOUR)
    with store.read() as unit:
        keys = unit.days.charges(NOON, NOON + 2 * HOUR)
    assert [key.id for key in keys] == [made[1].id, made[2].id, refunded.id]
    first = keys[0]
    assert (first.reference, first.transaction_id) == (made[1].reference, None)
    assert (first.gateway, first.credentials) == ("citcon_chop", "citcon_chop")


def test_it_tells_the_references_that_are_known_of_any_number(store):
    with store.write() as unit:
        known = [a_charge(unit).reference for _ in range(3)]
    unknown = [f"T1-260712{number:04d}-ZZZZ" for number in range(1200)]
    with store.read() as unit:
        assert unit.days.known([*unknown, *known]) == set(known)
        assert unit.days.known([]) == frozenset()


def test_it_tells_the_tills_that_have_sold_here(store):
    with store.write() as unit:
        a_charge(unit)
        a_charge(unit, till_code="T2")
    with store.read() as unit:
        assert unit.days.till_codes() == {"T1", "T2"}
