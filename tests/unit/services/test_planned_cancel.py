"""A WeChat cancel before its fifth minute is tried again by itself, once it can work."""

from datetime import timedelta

import pytest

from pos_app.domain.charges import ChargeDecision, ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.outcomes import CancelResult
from tests.fakes.till import TillOnTheDesk

S = ChargeStatus
LONG = {"POS_APP_METHODS_CODE_LIFE_S": "900"}


@pytest.fixture
def desk(tmp_path):
    desk = TillOnTheDesk(tmp_path, environ=LONG)
    yield desk
    desk.close()


def refused(desk, method=PaymentMethod.WECHATPAY):
    """A payment whose cancel has just been refused because it is too early."""
    charge = desk.waiting(method=method)
    desk.gateway.cancel_result = CancelResult.NOT_IN_WINDOW
    desk.till.payments.cancel(charge.id)
    desk.gateway.cancel_result = None
    return desk.now(charge)


def planned(desk, charge):
    return desk.till.payments.view(charge.id).cancel_again_at


def test_it_is_planned_for_the_fifth_minute_and_carried_out_then(desk):
    charge = refused(desk)
    assert planned(desk, charge) - charge.shown_at == timedelta(minutes=5, seconds=2)
    desk.let_pass(290)
    assert desk.screen(charge) == "cancelRefused"
    desk.let_pass(15)
    assert desk.now(charge).status is S.CANCELLED
    assert desk.gateway.count("cancel") == 2
    calls = [call for call, _ in desk.gateway.calls]
    last = len(calls) - 1 - calls[::-1].index("cancel")
    assert calls[last - 1 : last + 2] == ["inquire", "cancel", "inquire"]


def test_a_payment_before_the_fifth_minute_withdraws_it(desk):
    charge = refused(desk)
    desk.let_pass(200)
    desk.gateway.pay(charge.reference)
    desk.let_pass(400)
    assert desk.screen(charge) == "paid"
    assert desk.gateway.count("cancel") == 1


def test_a_payment_just_before_the_planned_cancel_is_found_by_its_inquire(desk):
    charge = refused(desk)
    due_at = planned(desk, charge)
    desk.clock.at = due_at
    desk.gateway.pay(charge.reference)
    desk.till.watcher.run_due()
    assert desk.screen(charge) == "paid"
    assert desk.gateway.count("cancel") == 1


@pytest.mark.parametrize("withdrawn_by", ["keep_waiting", "put_aside"])
def test_the_cashier_withdraws_it(desk, withdrawn_by):
    charge = refused(desk)
    view = getattr(desk.till.payments, withdrawn_by)(charge.id)
    assert (view.cancel_again_at, view.cancel_refusal) == (None, None)
    desk.let_pass(400)
    assert desk.now(charge).status is S.WAITING
    assert desk.gateway.count("cancel") == 1


def test_a_restart_withdraws_it(desk):
    charge = refused(desk)
    desk.restart()
    desk.let_pass(400)
    assert desk.now(charge).status is S.WAITING
    assert desk.gateway.count("cancel") == 1


def test_nothing_is_cancelled_while_nobody_says_that_it_is_still_unpaid(desk):
    charge = refused(desk)
    desk.let_pass(290)
    desk.clock.at = planned(desk, charge)
    desk.gateway.fail(*["lost_request"] * 3)
    desk.till.watcher.run_due()
    assert desk.gateway.count("cancel") == 1
    view = desk.till.payments.view(charge.id)
    assert view.cancel_refusal == "unreachable"
    assert view.cancel_again_at == desk.clock.now() + timedelta(seconds=30)
    desk.let_pass(35)
    assert desk.now(charge).status is S.CANCELLED


def test_an_answer_that_still_says_too_early_ends_it(desk):
    charge = refused(desk)
    desk.gateway.cancel_result = CancelResult.NOT_IN_WINDOW
    desk.let_pass(310)
    assert planned(desk, charge) is None
    assert desk.screen(charge) == "cancelRefused"
    desk.let_pass(100)
    assert desk.gateway.count("cancel") == 2


def test_trying_again_by_hand_too_early_keeps_it(desk):
    charge = refused(desk)
    due_at = planned(desk, charge)
    desk.gateway.fail("lost_request")
    assert desk.till.payments.cancel(charge.id).cancel_refusal == "unreachable"
    assert planned(desk, charge) == due_at


@pytest.mark.parametrize(
    ("method", "result"),
    [
        (PaymentMethod.ALIPAY, CancelResult.NOT_IN_WINDOW),
        (PaymentMethod.WECHATPAY, CancelResult.FAILED),
    ],
)
def test_nothing_else_is_planned(desk, method, result):
    charge = desk.waiting(method=method)
    desk.gateway.cancel_result = result
    assert desk.till.payments.cancel(charge.id).cancel_again_at is None


def test_a_code_that_has_expired_by_then_needs_no_cancel(desk):
    charge = refused(desk)
    desk.gateway.expire(charge.reference)
    desk.let_pass(400)
    assert desk.now(charge).status is S.EXPIRED
    assert desk.gateway.count("cancel") == 1


def test_a_managers_decision_that_it_was_paid_withdraws_it(desk):
    charge = refused(desk)
    manager = next(one for one in desk.till.people.everyone() if one.is_manager)
    desk.gateway.fail(*["lost_request"] * 200)
    desk.let_pass(120)
    assert desk.now(charge).status is S.UNKNOWN
    decision = ChargeDecision.PAID
    desk.till.settling.settle_charge(charge.id, decision, "seen", desk.cashier.id, manager.id)
    desk.gateway.faults.clear()
    desk.let_pass(400)
    assert desk.gateway.count("cancel") == 1
    asked = desk.gateway.count("inquire")
    desk.let_pass(60)
    assert desk.gateway.count("inquire") - asked <= 10  # what is withdrawn hurries nobody
