"""What came in today and may have gone out again, on both databases."""

from dataclasses import replace

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, RefundKind, RefundStatus, Refusal
from tests.fakes.ledger import NOON, PRICE, SECOND, a_charge, a_refund

S, D = RefundStatus, Decision


def paid(unit, **changes):
    return a_charge(unit, **{"status": ChargeStatus.PAID, "paid_at": NOON, **changes})


def net(store, like, since=NOON):
    with store.read() as unit:
        return unit.takings.net_since(like, since)


def refunded_as(unit, charge, status, decision=None, **changes):
    own = {}
    if decision:
        own = {"decision": decision, "decided_at": NOON, "decided_by": charge.cashier_id}
    if status is S.REFUSED:
        own["refusal"] = Refusal.OTHER
    return a_refund(unit, charge, status=status, **own, **changes)


def test_all_tills_count_from_the_instant_on(store):
    with store.write() as unit:
        charge = paid(unit)
        paid(unit, till_code="T2", paid_at=NOON + SECOND)
        paid(unit, paid_at=NOON - SECOND)
        a_charge(unit, status=ChargeStatus.WAITING)
    assert net(store, charge) == Money(2 * PRICE.minor, "USD")
    assert net(store, charge, NOON + 2 * SECOND) == Money.zero("USD")


@pytest.mark.parametrize(
    "other",
    [{"gateway": "x"}, {"credentials": "x"}, {"amount": Money(1, "EUR")}],
)
def test_other_accounts_and_currencies_do_not(store, other):
    with store.write() as unit:
        charge = paid(unit)
        stranger = paid(unit, **other)
        a_refund(unit, stranger, amount=replace(stranger.amount, minor=1), status=S.DONE)
    assert net(store, charge) == PRICE


@pytest.mark.parametrize(
    ("status", "decision", "is_gone"),
    [
        (S.REQUESTED, None, True),
        (S.PENDING, None, True),
        (S.UNKNOWN, None, True),
        (S.UNKNOWN, D.STILL_NOT_KNOWN, True),
        (S.UNKNOWN, D.WENT_OUT, True),
        (S.UNKNOWN, D.DID_NOT_GO_OUT, False),
        (S.DONE, None, True),
        (S.DONE, D.DID_NOT_GO_OUT, True),
        (S.REFUSED, None, False),
        (S.REFUSED, D.WENT_OUT, False),
    ],
)
def test_what_may_have_gone_back_is_gone(store, status, decision, is_gone):
    with store.write() as unit:
        charge = paid(unit)
        refund = refunded_as(unit, charge, status, decision)
    assert net(store, charge) == (PRICE - refund.amount if is_gone else PRICE)


def test_refunds_count_on_their_own_day(store):
    with store.write() as unit:
        charge = paid(unit, paid_at=NOON - SECOND)
        refund = a_refund(unit, charge, status=S.DONE)
        earlier = NOON - SECOND
        a_refund(unit, charge, status=S.DONE, requested_at=earlier, amount=Money(1, "USD"))
    assert net(store, charge) == Money(-refund.amount.minor, "USD")


@pytest.mark.parametrize("member", ["cancel_requested_at", "cancel_confirmed_at"])
def test_what_our_cancel_may_have_returned_counts_when_a_record_explains_it(store, member):
    with store.write() as unit:
        charge = paid(unit, **{member: NOON})
    assert net(store, charge) == Money.zero("USD")
    with store.write() as unit:
        refunded_as(
            unit,
            unit.charges.lock(charge.id),
            S.UNKNOWN,
            D.DID_NOT_GO_OUT,
            kind=RefundKind.CANCEL,
            amount=PRICE,
        )
    assert net(store, charge) == PRICE


@pytest.mark.parametrize(
    ("status", "decision", "is_returned"),
    [
        (S.DONE, None, True),
        (S.UNKNOWN, D.WENT_OUT, True),
        (S.UNKNOWN, None, False),
        (S.UNKNOWN, D.DID_NOT_GO_OUT, False),
        (S.REFUSED, D.WENT_OUT, False),
    ],
)
def test_a_sale_whose_payment_went_back_as_a_whole_is_not_paid(
    store, status, decision, is_returned
):
    with store.write() as unit:
        charge = paid(unit)
        kind = RefundKind.CANCEL
        refunded_as(unit, charge, status, decision, kind=kind, amount=PRICE)
        assert unit.charges.has_paid(charge.sale_id) != is_returned


def test_a_refund_over_the_whole_leaves_the_sale_paid(store):
    with store.write() as unit:
        charge = paid(unit)
        a_refund(unit, charge, status=S.DONE, amount=PRICE)
        assert unit.charges.has_paid(charge.sale_id)
