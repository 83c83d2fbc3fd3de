"""A payment around our cancel: held back until the gateway's list or a person knows."""

import json
from dataclasses import replace

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import NotRefundableError, SaleAlreadyPaidError
from pos_app.domain.events import RefundChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import PaymentState
from pos_app.domain.refunds import RefundKind, RefundStatus
from tests.fakes.refunds import RefundDesk

MAYBE = {Attention.MAYBE_RETURNED}


@pytest.fixture
def desk(tmp_path):
    desk = RefundDesk(tmp_path)
    yield desk
    desk.close()


def cancelled_around(desk, *, is_returned):
    """A payment that lands just before our cancel, which returns it, or just after."""
    charge = desk.waiting()
    if is_returned:
        desk.gateway.before_cancel = lambda payment: setattr(payment, "state", PaymentState.PAID)
    desk.till.payments.cancel(charge.id)
    desk.gateway.before_cancel = None
    if not is_returned:
        desk.gateway.pay(charge.reference)
    return charge


def test_the_list_tells_within_seconds_that_it_was_returned(desk):
    charge = cancelled_around(desk, is_returned=True)
    assert desk.now(charge).attention == MAYBE
    assert desk.till.payments.view(charge.id).returned is None
    desk.let_pass(2)
    view = desk.till.payments.view(charge.id)
    assert (view.state.value, view.charge.attention) == ("cancelledPaid", frozenset())
    assert (view.returned.kind, view.returned.status) == (RefundKind.CANCEL, RefundStatus.DONE)
    assert desk.till.answers.count() == 0
    assert desk.left(charge) == "0.00"


def test_it_counts_as_refunded_in_the_cashiers_name_and_is_journalled(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.let_pass(2)
    (refund,) = desk.refunding.standing(charge.id).refunds
    assert (refund.asked_by, refund.approved_by) == (desk.cashier.id, desk.cashier.id)
    assert refund.amount == charge.amount
    (entry,) = desk.entries(charge, "refund_answered")
    assert json.loads(entry.body)["status"] == "done"
    assert [one.after.status for one in desk.events if isinstance(one, RefundChanged)] == [
        RefundStatus.UNKNOWN,
        RefundStatus.DONE,
    ]


def test_it_has_a_slip(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.let_pass(2)
    refund = desk.till.payments.view(charge.id).returned
    assert refund.has_slip
    assert desk.till.receipts.slip(refund.id).number == f"{charge.short_reference}-R1"


def test_the_sale_can_be_charged_again_once_it_is_known_to_be_returned(desk):
    charge = cancelled_around(desk, is_returned=True)
    sale = desk.till.payments.sale_of(charge.id)
    with pytest.raises(SaleAlreadyPaidError):
        desk.charge(sale=sale)
    desk.let_pass(2)
    assert desk.charge(sale=sale, method=PaymentMethod.WECHATPAY).status is ChargeStatus.CREATED


def test_what_the_list_does_not_show_stays_held_back_for_a_person(desk):
    charge = cancelled_around(desk, is_returned=False)
    desk.let_pass(7200, step=10)
    assert desk.now(charge).attention == MAYBE
    assert desk.screen(charge) == "cancelledPaid"
    assert desk.left(charge) == "0.00"
    with pytest.raises(NotRefundableError):
        desk.refund(charge, "12.50")
    assert 3 <= desk.gateway.count("transactions") <= 6


def test_it_is_looked_for_daily_for_a_week_and_stays_for_a_person(desk):
    charge = cancelled_around(desk, is_returned=False)
    desk.let_pass(12 * 86_400, step=3600)
    assert 8 <= desk.gateway.count("transactions") <= 10
    assert desk.now(charge).attention == MAYBE


def test_a_list_that_cannot_be_had_is_asked_for_again(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.gateway.fail("lost_request", "not_sent")
    desk.let_pass(6)
    assert desk.now(charge).attention == MAYBE
    desk.let_pass(30)
    assert desk.now(charge).attention == frozenset()


def test_it_is_looked_for_over_a_restart(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.restart()
    desk.let_pass(2)
    assert desk.left(charge) == "0.00"
    assert desk.now(charge).attention == frozenset()


def test_a_person_can_have_it_looked_up_at_once(desk):
    charge = cancelled_around(desk, is_returned=True)
    assert desk.till.payments.check_now(charge.id).returned is not None


def test_checking_any_other_paid_charge_asks_nothing(desk):
    charge = desk.paid()
    asked = len(desk.gateway.calls)
    desk.till.payments.check_now(charge.id)
    assert len(desk.gateway.calls) == asked


def test_without_a_shift_it_stays_in_doubt_until_one_is_open(desk):
    charge = cancelled_around(desk, is_returned=True)
    with desk.till.recovery._ledger.store.write() as work:
        shift = work.shifts.open_at("HSG1")
        work.shifts.save(replace(shift, closed_at=desk.clock.now()))
    desk.let_pass(2)
    assert desk.now(charge).attention == MAYBE
    desk.till.shifts.open(desk.cashier.id)
    desk.let_pass(5)
    assert desk.now(charge).attention == frozenset()


def test_a_decision_that_nothing_is_proven_leaves_it_to_the_list(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.refunding.settle_return(charge.id, None, "nobody knows", desk.manager.id)
    desk.let_pass(2)
    (refund,) = desk.refunding.standing(charge.id).refunds
    assert refund.status is RefundStatus.DONE


@pytest.mark.parametrize(("was_returned", "screen"), [(True, "cancelledPaid"), (False, "paid")])
def test_a_managers_decision_is_what_the_screen_says(desk, was_returned, screen):
    charge = cancelled_around(desk, is_returned=False)
    desk.let_pass(6)
    desk.refunding.settle_return(charge.id, was_returned, "seen in the app", desk.manager.id)
    assert desk.screen(charge) == screen
    desk.restart()
    assert desk.till.payments.open(charge.id).state.value == screen


def test_checking_a_record_in_doubt_looks_in_the_list_and_cancels_nothing(desk):
    charge = cancelled_around(desk, is_returned=True)
    record = desk.refunding.settle_return(charge.id, None, "nobody knows", desk.manager.id)
    sent = desk.gateway.count("cancel")
    assert desk.refunding.check(record.id).status is RefundStatus.DONE
    assert desk.gateway.count("cancel") == sent


@pytest.mark.parametrize(
    "listed",
    [
        (),
        (lambda entry: replace(entry, refunded=None),),
        (lambda entry: replace(entry, refunded=entry.amount - Money(1, "USD")),),
        (lambda entry: replace(entry, refunded=Money(4250, "EUR")),),
        (lambda entry: replace(entry, reference="HSG1-2607129999-AAAA", transaction_id="U9"),),
    ],
)
def test_a_list_that_does_not_show_the_whole_proves_nothing(desk, listed):
    charge = cancelled_around(desk, is_returned=True)
    (payment, _) = desk.gateway.transactions()
    desk.gateway._listed = lambda: tuple(change(payment) for change in listed)
    desk.let_pass(6)
    assert desk.now(charge).attention == MAYBE


def test_the_payments_own_count_is_enough(desk):
    charge = cancelled_around(desk, is_returned=True)
    listed = desk.gateway.transactions()
    desk.gateway._listed = lambda: listed[:1]
    desk.let_pass(2)
    refund = desk.till.payments.view(charge.id).returned
    assert (refund.status, refund.gateway_id) == (RefundStatus.DONE, None)


def test_opening_a_returned_payment_after_a_restart_still_says_so(desk):
    charge = cancelled_around(desk, is_returned=True)
    desk.let_pass(2)
    desk.restart()
    view = desk.till.payments.open(charge.id)
    assert view.state.value == "cancelledPaid"
    assert view.returned is not None
