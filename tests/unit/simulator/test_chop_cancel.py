"""Cancelling: unpaid, paid, twice, too late, and what the faults make of it."""

import pytest

from pos_app.simulator.behaviour import Call
from pos_app.simulator.chop.calls import encode
from pos_app.simulator.payments import NotPossibleError
from pos_app.simulator.transactions import State

DONE, FAILED = "Order cancelled", "Cancellation failed"
DUPLICATE, OUTSIDE = "Duplicate cancellation", "Not in cancellation window"


def test_members_stand_in_the_vendors_order(gateway):
    made = gateway.new(reference="HSG/1")
    answer = encode(gateway.call(Call.CANCEL, transaction_reference="HSG/1", reason="test"))
    assert answer.decode() == (
        f'{{"transaction_id":"{made.transaction_id}","transaction_reference":"HSG\\/1",'
        '"cancelled":true,"status":"Order cancelled"}'
    )


@pytest.mark.parametrize("name", ["q", "transaction_id"])
def test_transaction_id_may_be_the_q_as_well(gateway, name):
    made = gateway.new()
    answer = gateway.call(Call.CANCEL, transaction_id=getattr(made, name))
    assert answer["status"] == DONE


def test_unpaid_charge_is_closed_and_inquired_as_expired(gateway):
    made = gateway.new()
    assert gateway.cancel(made) == DONE
    assert gateway.now(made).state is State.CANCELLED
    assert gateway.result(made) == "expired"


def test_cancelled_charge_may_be_inquired_as_null_instead(gateway_with):
    gateway = gateway_with(after_cancel="null")
    made = gateway.new()
    gateway.cancel(made)
    assert gateway.result(made) is None
    gateway.clock.advance(400)
    assert gateway.result(made) is None


def test_paid_charge_is_returned_in_full_and_still_inquired_as_success(gateway):
    made = gateway.new()
    gateway.payments.pay(made)
    assert gateway.cancel(made) == DONE
    now = gateway.now(made)
    assert now.state is State.REFUNDED
    assert [(refund.kind, refund.amount_minor) for refund in now.refunds] == [("cancel", 4250)]
    assert gateway.result(made) == "success"


@pytest.mark.parametrize("is_paid", [False, True])
def test_second_cancel_is_a_duplicate_and_returns_nothing_more(gateway, is_paid):
    made = gateway.new()
    if is_paid:
        gateway.payments.pay(made)
    gateway.cancel(made)
    assert gateway.call(Call.CANCEL, transaction_id=made.q) == {
        "transaction_id": made.transaction_id,
        "transaction_reference": "HSG1-0087",
        "cancelled": False,
        "status": DUPLICATE,
    }
    assert len(gateway.now(made).refunds) == is_paid


def test_methods_without_cancel_are_refused(gateway):
    made = gateway.new(payment_method="upop")
    assert gateway.cancel(made) == FAILED
    assert gateway.result(made) is None


def test_expired_charge_cannot_be_cancelled(gateway):
    made = gateway.new()
    gateway.clock.advance(301)
    assert gateway.cancel(made) == FAILED
    assert gateway.result(made) == "expired"


def test_unknown_charge_fails_in_the_same_members(gateway):
    assert gateway.call(Call.CANCEL, transaction_reference="nobody") == {
        "transaction_id": "",
        "transaction_reference": "nobody",
        "cancelled": False,
        "status": FAILED,
    }
    assert gateway.call(Call.CANCEL)["result"] == "fail"


def test_wechat_waits_five_minutes_when_windows_are_kept(gateway_with):
    gateway = gateway_with(cancel_windows=True, expiry_s=900)
    made = gateway.new(payment_method="wechatpay")
    gateway.clock.advance(299)
    assert gateway.cancel(made) == OUTSIDE
    gateway.clock.advance(1)
    assert gateway.cancel(made) == DONE


def test_alipay_can_be_cancelled_until_midnight_in_china_when_windows_are_kept(gateway_with):
    gateway = gateway_with(cancel_windows=True)  # it is 14:32:08 in China
    early, late = gateway.new(reference="A"), gateway.new(reference="B")
    gateway.payments.pay(early)
    gateway.payments.pay(late)
    gateway.clock.advance(9 * 3600 + 27 * 60 + 51)
    assert gateway.cancel(early) == DONE
    gateway.clock.advance(1)
    assert gateway.cancel(late) == OUTSIDE


def test_windows_are_not_kept_unless_asked_for(gateway):
    assert gateway.cancel(gateway.new(payment_method="wechatpay")) == DONE


@pytest.mark.parametrize(
    ("fault", "status"), [("cancel_outside_window", OUTSIDE), ("cancel_failed", FAILED)]
)
def test_refusing_faults_leave_the_charge_as_it_is(gateway, fault, status):
    made = gateway.new()
    gateway.script({"call": "cancel", "fault": fault})
    assert gateway.cancel(made) == status
    assert gateway.result(made) is None
    assert gateway.cancel(made) == DONE


def test_money_can_come_just_before_the_cancel_and_goes_back(gateway):
    made = gateway.new()
    gateway.script({"call": "cancel", "fault": "pay_before_cancel"})
    assert gateway.cancel(made) == DONE
    assert gateway.now(made).state is State.REFUNDED
    assert gateway.result(made) == "success"


def test_money_can_come_after_the_cancel_and_stays(gateway):
    made = gateway.new()
    gateway.script({"call": "cancel", "fault": "pay_after_cancel"})
    assert gateway.cancel(made) == DONE
    assert gateway.now(made).state is State.PAID
    assert gateway.now(made).refunds == ()
    assert gateway.cancel(made) == DUPLICATE


def test_settled_payment_is_not_cancelled_any_more(gateway):
    early, late = gateway.paid(reference="A"), gateway.paid(reference="B")
    gateway.clock.advance(17 * 3600 + 27 * 60 + 51)  # a second before midnight
    assert gateway.cancel(early) == DONE
    gateway.clock.advance(1)
    assert gateway.cancel(late) == FAILED
    assert gateway.now(late).refunds == ()


def test_settlement_can_take_longer_and_comes_where_the_merchant_is(gateway_with):
    gateway = gateway_with(time_zone="Asia/Shanghai", settles_after_days=2)  # 14:32:08 there
    made = gateway.paid()
    assert made.settles_at.isoformat() == "2026-07-13T16:00:00+00:00"


def test_payment_can_be_settled_at_once(gateway):
    made = gateway.new()
    with pytest.raises(NotPossibleError):
        gateway.payments.pay_out(made)
    gateway.payments.pay_out(gateway.payments.pay(made))
    assert gateway.cancel(made) == FAILED


@pytest.mark.parametrize("amount", [1, 4250])
def test_payment_that_was_refunded_in_any_part_is_not_cancelled(gateway, amount):
    made = gateway.paid()
    gateway.refund(made, amount)
    assert gateway.cancel(made) == FAILED
    assert gateway.now(made).refunded_minor == amount


def test_cancel_of_a_paid_one_does_not_ask_for_open_balance_but_lowers_it(gateway):
    made = gateway.paid()
    gateway.balances.set(made.merchant, 0, "USD")
    assert gateway.cancel(made) == DONE
    assert gateway.balances.of(made.merchant) == {"USD": -4250}
