"""Reconciling with the simulator over real HTTP: lost refunds are found, and nothing is sent."""

import pytest

from pos_app.domain.charges import Attention
from pos_app.domain.money import Money
from pos_app.domain.reconciliation import DifferenceKind, DifferenceOutcome
from pos_app.domain.refunds import RefundStatus
from tests.fakes.refunding_till import RefundingTill
from tests.fakes.running_simulator import running_simulator

K, O = DifferenceKind, DifferenceOutcome  # noqa: E741


@pytest.fixture
def desk(tmp_path):
    with running_simulator() as simulator:  # one of its own: the list has everything in it
        desk = RefundingTill(tmp_path, simulator)
        yield desk
        desk.close()


def found(report):
    return [(one.kind, one.outcome) for one in report.differences]


LOST = ["lose_answer", "garbage", "truncated", "status_500"]


@pytest.mark.parametrize("fault", LOST)
def test_a_refund_whose_answer_is_lost_is_not_sent_again_and_is_found(desk, fault):
    charge = desk.paid()
    desk.faults(("refund", fault))
    refund = desk.refund(charge, 1250)
    assert refund.status is RefundStatus.UNKNOWN
    desk.restart()
    report = desk.reconcile(charge)
    assert found(report) == [(K.REFUND_DONE_THERE, O.REPAIRED)]
    (known,) = desk.till.refunding.standing(charge.id).refunds
    listed = desk.payment(charge)["refunds"]
    assert (known.status, known.gateway_id) == (RefundStatus.DONE, listed[0]["id"])
    assert listed[0]["reason"] == f"[{refund.reference}] Goods returned"
    assert desk.now(charge).attention == frozenset()
    assert found(desk.reconcile(charge)) == []
    assert desk.went_back(charge) == [1250]
    assert desk.journal_holds()


@pytest.mark.parametrize("fault", LOST)
def test_a_lost_refund_is_found_by_itself_and_nothing_is_left_to_reconcile(desk, fault):
    charge = desk.paid()
    desk.faults(("refund", fault))
    desk.refund(charge, 1250)
    desk.restart()
    desk.let_pass(60, step=10)
    (known,) = desk.till.refunding.standing(charge.id).refunds
    assert known.status is RefundStatus.DONE
    desk.let_pass(90_000, step=1000)
    assert desk.went_back(charge) == [1250]
    assert found(desk.reconcile(charge)) == []


def test_of_two_lost_refunds_of_one_amount_the_one_that_went_out_is_found(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_request"), ("refund", "lose_answer"))
    first, second = desk.refund(charge, 1000), desk.refund(charge, 1000)
    assert {first.status, second.status} == {RefundStatus.UNKNOWN}
    assert found(desk.reconcile(charge)) == [
        (K.REFUND_DONE_THERE, O.REPAIRED),
        (K.REFUND_UNKNOWN, O.NEEDS_PERSON),
    ]
    states = [one.status for one in desk.till.refunding.standing(charge.id).refunds]
    assert states == [RefundStatus.UNKNOWN, RefundStatus.DONE]
    assert desk.till.refunding.standing(charge.id).refundable == Money(2250, "USD")


def test_a_lost_cancel_of_a_paid_one_is_found_without_being_sent_again(desk):
    charge = desk.paid()
    desk.faults(("cancel", "lose_answer"))
    assert desk.cancel(charge).status is RefundStatus.UNKNOWN
    assert found(desk.reconcile(charge)) == [(K.REFUND_DONE_THERE, O.REPAIRED)]
    assert desk.went_back(charge) == [4250]
    assert desk.till.refunding.standing(charge.id).refunded == charge.amount


def test_a_list_that_is_behind_proves_nothing(desk):
    charge = desk.paid()
    desk.faults(
        ("refund", "lose_answer"),
        ("transactions", "missing_payment", {"reference": charge.reference, "times": None}),
    )
    desk.refund(charge, 1250)
    assert found(desk.reconcile(charge)) == [(K.REFUND_UNKNOWN, O.NEEDS_PERSON)]
    desk.faults()
    assert found(desk.reconcile(charge)) == [(K.REFUND_DONE_THERE, O.REPAIRED)]


@pytest.mark.parametrize("fault", [*LOST, "lose_request", "captive_portal"])
def test_without_a_list_every_charge_is_asked_about(desk, fault):
    charge = desk.paid()
    desk.faults(("refund", "lose_answer"), ("transactions", fault))
    desk.refund(charge, 1250)
    report = desk.reconcile(charge)
    assert not report.has_list
    assert (K.REFUND_UNKNOWN, O.OPEN) in found(report)
    assert desk.till.refunding.standing(charge.id).refunds[0].status is RefundStatus.UNKNOWN


def test_an_amount_that_the_list_has_otherwise_calls_for_a_person(desk):
    charge = desk.paid()
    desk.faults(("transactions", "wrong_amount", {"reference": charge.reference}))
    (one,) = desk.reconcile(charge).differences
    assert (one.kind, one.here, one.there) == (K.DISAGREES, charge.amount, Money(4251, "USD"))
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_a_refund_made_elsewhere_is_told(desk):
    charge = desk.paid()
    form = {"transaction_id": charge.transaction_id, "amount": 500, "currency": "USD"}
    desk.ask("refund", {**form, "reason": "by telephone"})
    (one,) = desk.reconcile(charge).differences
    assert (one.kind, one.outcome, one.there) == (
        K.REFUND_NOT_HERE, O.NEEDS_PERSON, Money(500, "USD")
    )  # fmt: skip


def test_a_payment_made_elsewhere_is_told(desk):
    charge = desk.paid()
    reference = f"{charge.reference[:-4]}ZZZZ"
    form = {"payment_method": "alipay", "amount": 700, "currency": "USD", "reference": reference}
    desk.ask("chop", form)
    (made,) = desk.http.get(
        "/simulator/transactions", params={"reference": reference}
    ).json()["transactions"]  # fmt: skip
    assert found(desk.reconcile(charge)) == []
    desk.http.post(f"/simulator/transactions/{made['q']}/pay").raise_for_status()
    (one,) = desk.reconcile(charge).differences
    assert (one.kind, one.reference) == (K.UNKNOWN_REFERENCE, reference)


def test_checking_one_refund_looks_in_the_list(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_answer"))
    refund = desk.refund(charge, 1250)
    assert desk.till.refunding.check(refund.id).status is RefundStatus.DONE
    assert desk.went_back(charge) == [1250]
