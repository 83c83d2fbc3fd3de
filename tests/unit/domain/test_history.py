"""Where a payment stands: one pill for every charge with any refunds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from pos_app.domain.charges import LIVING, Attention, ChargeDecision, ChargeStatus
from pos_app.domain.history import RECEIVED, HistoryStatus, history_status
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, Refund, RefundKind, RefundStatus
from tests.fakes import charges as fakes

S = HistoryStatus
NOW = datetime(2026, 7, 12, 8, tzinfo=UTC)
PAID = fakes.of_status(ChargeStatus.PAID)


def a_refund(minor=1000, status=RefundStatus.DONE, **more):
    return Refund(
        id=1,
        reference=f"{PAID.reference}-R1",
        charge_id=1,
        kind=more.pop("kind", RefundKind.REFUND),
        amount=Money(minor, "USD"),
        reason="Goods returned",
        till_code="HSG1",
        shift_id=1,
        asked_by=1,
        approved_by=2,
        requested_at=NOW,
        status=status,
        **more,
    )


@given(fakes.charges())
def test_money_came_in_exactly_where_the_charge_is_paid(charge):
    assert (history_status(charge, ()) in RECEIVED) == charge.is_paid


@pytest.mark.parametrize(
    ("refunds", "status"),
    [
        ([], S.PAID),
        ([a_refund(1000)], S.PART_REFUNDED),
        ([a_refund(4250)], S.REFUNDED),
        ([a_refund(1000), a_refund(3250)], S.REFUNDED),
        ([a_refund(4250, RefundStatus.REFUSED)], S.PAID),
        ([a_refund(4250, RefundStatus.REQUESTED)], S.PAID),
        ([a_refund(4250, RefundStatus.PENDING)], S.PAID),
        ([a_refund(1000), a_refund(1000, RefundStatus.UNKNOWN)], S.REFUND_UNKNOWN),
        ([a_refund(4250, RefundStatus.UNKNOWN, decision=Decision.WENT_OUT)], S.REFUNDED),
        ([a_refund(4250, RefundStatus.UNKNOWN, decision=Decision.DID_NOT_GO_OUT)], S.PAID),
        ([a_refund(1, RefundStatus.UNKNOWN, decision=Decision.STILL_NOT_KNOWN)], S.REFUND_UNKNOWN),
        ([a_refund(4250, kind=RefundKind.CANCEL)], S.REFUNDED),
    ],
)
def test_a_paid_charge_stands_where_its_refunds_are(refunds, status):
    assert history_status(PAID, refunds) is status


def test_a_contradicted_decision_is_an_unknown_refund_until_somebody_looks():
    contradicted = replace(PAID, attention=frozenset({Attention.REFUND_UNKNOWN}))
    assert history_status(contradicted, [a_refund(4250)]) is S.REFUND_UNKNOWN


def test_a_payment_that_landed_around_its_cancel_is_returning_until_that_is_known():
    charge = replace(PAID, cancel_requested_at=NOW)
    assert history_status(charge, ()) is S.RETURNING
    assert history_status(charge, [a_refund(4250, kind=RefundKind.CANCEL)]) is S.REFUNDED


def test_a_stopped_charge_says_so_only_while_it_may_be_paid():
    waiting = fakes.of_status(ChargeStatus.WAITING, stopped_at=NOW)
    expired = fakes.of_status(ChargeStatus.EXPIRED, stopped_at=NOW)
    assert history_status(waiting, ()) is S.STOPPED
    assert history_status(expired, ()) is S.EXPIRED


def test_a_wrong_amount_goes_before_how_the_charge_ended():
    wrong = frozenset({Attention.MISMATCH})
    assert history_status(fakes.of_status(ChargeStatus.EXPIRED, attention=wrong), ()) is S.MISMATCH


@pytest.mark.parametrize("status", sorted(LIVING))
@pytest.mark.parametrize(
    ("decision", "shown"),
    [(ChargeDecision.PAID, S.CALLED_PAID), (ChargeDecision.NOT_PAID, S.CALLED_NOT_PAID)],
)
def test_what_a_manager_has_settled_is_called_so_until_the_gateway_answers(
    status, decision, shown
):
    settled = fakes.of_status(status, decision=decision, stopped_at=NOW)
    assert history_status(settled, ()) is shown
    expired = fakes.of_status(ChargeStatus.EXPIRED, decision=ChargeDecision.NOT_PAID)
    assert history_status(expired, ()) is S.EXPIRED


def test_looked_at_and_still_not_known_is_unknown():
    seen = fakes.of_status(ChargeStatus.UNKNOWN, decision=ChargeDecision.STILL_NOT_KNOWN)
    assert history_status(seen, ()) is S.UNKNOWN


def test_an_answer_that_disagrees_goes_before_an_earlier_decision():
    wrong = fakes.of_status(
        ChargeStatus.UNKNOWN,
        decision=ChargeDecision.PAID,
        attention=frozenset({Attention.MISMATCH}),
    )
    assert history_status(wrong, ()) is S.MISMATCH
