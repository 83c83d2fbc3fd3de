"""Giving an unpaid charge up: inquire, cancel, inquire."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus, UnknownReason
from pos_app.domain.outcomes import CancelResult, PaymentState


def paid_in_between(payment):
    payment.state = PaymentState.PAID


def test_a_cancelled_payment_is_closed_by_the_gateways_word(desk):
    charge = desk.waiting()
    view = desk.till.payments.cancel(charge.id)
    assert view.state.value == "cancelled"
    assert [call for call, _ in desk.gateway.calls[-3:]] == ["inquire", "cancel", "inquire"]


def test_the_intent_to_cancel_is_on_disk_before_it_is_sent(desk):
    charge = desk.waiting()
    seen = []
    desk.gateway.before_cancel = lambda _: seen.append(desk.now(charge).cancel_requested_at)
    desk.till.payments.cancel(charge.id)
    assert seen == [desk.clock.now()]


def test_paid_before_the_cancel_is_paid_and_nothing_is_cancelled(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    assert desk.till.payments.cancel(charge.id).state.value == "paid"
    assert desk.gateway.count("cancel") == 0


def test_a_payment_between_inquire_and_cancel_is_caught_and_shown(desk):
    charge = desk.waiting()
    desk.gateway.before_cancel = paid_in_between
    view = desk.till.payments.cancel(charge.id)
    assert view.state.value == "cancelledPaid"
    assert view.charge.status is ChargeStatus.PAID
    assert view.charge.attention == {Attention.MAYBE_RETURNED}
    assert desk.till.answers.count() == 1


@pytest.mark.parametrize(
    ("result", "refusal"),
    [(CancelResult.NOT_IN_WINDOW, "window"), (CancelResult.FAILED, "failed")],
)
def test_a_refused_cancel_leaves_the_payment_as_it_is(desk, result, refusal):
    charge = desk.waiting()
    desk.gateway.cancel_result = result
    view = desk.till.payments.cancel(charge.id)
    assert view.state.value == "cancelRefused"
    assert view.cancel_refusal == refusal
    assert view.code is not None
    assert desk.till.payments.keep_waiting(charge.id).state.value == "waiting"
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    assert desk.screen(charge) == "paid"


def test_a_cancel_that_never_left_changes_nothing(desk):
    charge = desk.waiting()
    desk.gateway.fail("", "not_sent")
    view = desk.till.payments.cancel(charge.id)
    assert view.cancel_refusal == "unreachable"
    assert desk.now(charge).cancel_requested_at is None


def test_without_an_answer_to_the_first_question_no_cancel_is_sent(desk):
    charge = desk.waiting()
    desk.gateway.fail("lost_request")
    view = desk.till.payments.cancel(charge.id)
    assert view.cancel_refusal == "unreachable"
    assert desk.gateway.count("cancel") == 0


def test_a_lost_cancel_is_unknown_and_says_so(desk):
    charge = desk.waiting()
    desk.gateway.fail("", "lost_answer", *["lost_request"] * 50)
    view = desk.till.payments.cancel(charge.id)
    assert view.state.value == "unknown"
    assert view.unknown_reason is UnknownReason.CANCEL_LOST


def test_a_lost_cancel_that_was_carried_out_is_found_cancelled(desk):
    charge = desk.waiting()
    desk.gateway.fail("", "lost_answer")
    assert desk.till.payments.cancel(charge.id).state.value == "cancelled"


def test_a_lost_cancel_that_never_arrived_is_sent_again_by_itself(desk):
    charge = desk.waiting()
    desk.gateway.fail("", "lost_request")
    assert desk.till.payments.cancel(charge.id).state.value == "unknown"
    desk.let_pass(5)
    assert desk.now(charge).status is ChargeStatus.CANCELLED


def test_duplicate_cancellation_counts_as_cancelled_after_one_question(desk):
    charge = desk.waiting()
    payment = desk.gateway.payments[charge.reference]
    payment.is_cancelled = True
    assert desk.till.payments.cancel(charge.id).state.value == "cancelled"


def test_a_payment_after_our_cancel_is_held_back_until_a_person_knows(desk):
    charge = desk.waiting()
    desk.till.payments.cancel(charge.id)
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    assert desk.now(charge).attention == {Attention.MAYBE_RETURNED}


def test_a_payment_during_a_lost_cancel_may_have_been_returned(desk):
    charge = desk.waiting()
    desk.gateway.before_cancel = paid_in_between
    desk.gateway.fail("", "lost_answer")
    view = desk.till.payments.cancel(charge.id)
    assert view.state.value == "cancelledPaid"
