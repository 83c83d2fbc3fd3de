"""Which charges need the token that they were made with, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.credentials import CredentialsUse
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from tests.fakes.ledger import NOON, PRICE, a_charge, a_refund

GATEWAY = "citcon_chop"
_S = ChargeStatus


def uses(store, now=NOON, gateway=GATEWAY):
    with store.read() as unit:
        return unit.credentials.needed(gateway, now)


def use(store, name="one", now=NOON):
    with store.read() as unit:
        return unit.credentials.use_of(GATEWAY, name, now)


def paid(unit, credentials="one", **changes):
    return a_charge(unit, credentials=credentials, status=_S.PAID, paid_at=NOON, **changes)


def give_back(unit, charge, amount, status=RefundStatus.DONE):
    answered = None if status in {RefundStatus.REQUESTED, RefundStatus.UNKNOWN} else NOON
    refund = a_refund(unit, charge, amount=amount, status=status, answered_at=answered)
    unit.refunds.save(replace(refund, gateway_id="r1"))


def test_nothing_needs_what_no_charge_was_made_with(store):
    assert uses(store) == ()
    assert use(store) == CredentialsUse("one")


@pytest.mark.parametrize("status", [_S.CREATED, _S.WAITING, _S.UNKNOWN])
def test_what_may_still_take_money_is_open(store, status):
    with store.write() as unit:
        charge = a_charge(unit, credentials="one", status=status)
    found = use(store, now=NOON + timedelta(days=400))
    assert (found.open_count, found.refundable_count, found.reference) == (1, 0, charge.reference)


@pytest.mark.parametrize("status", [_S.EXPIRED, _S.DECLINED, _S.CANCELLED])
def test_what_may_be_paid_late_is_open_as_long_as_it_is_asked_about(store, status):
    with store.write() as unit:
        a_charge(unit, credentials="one", status=status, closed_at=NOON)
    assert use(store, now=NOON + timedelta(days=7)).needed_count == 1
    assert use(store, now=NOON + timedelta(days=9)).needed_count == 0


def test_what_the_service_refused_needs_nothing(store):
    with store.write() as unit:
        a_charge(unit, credentials="one", status=_S.REFUSED, closed_at=NOON)
    assert use(store) == CredentialsUse("one")


def test_a_payment_needs_its_token_until_all_of_it_is_back(store):
    with store.write() as unit:
        charge = paid(unit)
    assert use(store).refundable_count == 1
    with store.write() as unit:
        give_back(unit, unit.charges.lock(charge.id), PRICE - Money(1, "USD"))
    assert use(store).refundable_count == 1
    with store.write() as unit:
        give_back(unit, unit.charges.lock(charge.id), Money(1, "USD"))
    assert use(store).needed_count == 0


@pytest.mark.parametrize("status", [RefundStatus.UNKNOWN, RefundStatus.PENDING])
def test_a_refund_without_an_answer_still_needs_the_token(store, status):
    with store.write() as unit:
        give_back(unit, paid(unit), PRICE, status)
    assert use(store).refundable_count == 1


def test_perhaps_returned_is_counted_once(store):
    with store.write() as unit:
        paid(unit, attention=frozenset({Attention.MAYBE_RETURNED}))
    assert use(store).needed_count == 1


def test_charges_of_all_tills_count_by_service_and_name_newest_first(store):
    with store.write() as unit:
        a_charge(unit, credentials="one", status=_S.WAITING)
        other = a_charge(unit, credentials="one", status=_S.WAITING, till_code="T2")
        paid(unit, "two")
        a_charge(unit, credentials="", status=_S.WAITING)
        paid(unit, "one", gateway="jpay")
    two, one = uses(store)
    assert (two.name, two.needed_count) == ("two", 1)
    assert (one.name, one.open_count, one.reference) == ("one", 2, other.reference)
    assert [found.name for found in uses(store, gateway="jpay")] == ["one"]
