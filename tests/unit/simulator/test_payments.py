"""What may become of a payment, and what time does to it."""

from datetime import timedelta

import pytest

from pos_app.simulator.payments import Notice, NotPossibleError
from pos_app.simulator.transactions import State


def test_new_charges_pay_themselves_after_the_set_time(gateway_with):
    gateway = gateway_with(auto_pay_s=3)
    made = gateway.new()
    gateway.clock.advance(2)
    assert gateway.now(made).state is State.OPEN
    gateway.clock.advance(10)
    paid = gateway.now(made)
    assert paid.state is State.PAID
    assert paid.paid_at == made.created_at + timedelta(seconds=3)
    assert gateway.told == [(paid, Notice.SUCCESS)]


def test_charge_whose_code_ends_first_does_not_pay_itself(gateway_with):
    gateway = gateway_with(auto_pay_s=3, expiry_s=2)
    made = gateway.new()
    gateway.clock.advance(10)
    assert gateway.now(made).state is State.EXPIRED


def test_cancelled_charge_does_not_pay_itself(gateway_with):
    gateway = gateway_with(auto_pay_s=3)
    made = gateway.new()
    gateway.cancel(made)
    gateway.clock.advance(10)
    assert gateway.now(made).state is State.CANCELLED


def test_settle_says_when_to_come_again(gateway_with):
    gateway = gateway_with(auto_pay_s=3)
    assert gateway.payments.settle() is None
    made = gateway.new()
    assert gateway.payments.settle() == made.created_at + timedelta(seconds=3)
    gateway.clock.advance(3)
    assert gateway.payments.settle() is None


def test_declined_charge_can_be_paid(gateway):
    made = gateway.new()
    declined = gateway.payments.decline(made)
    assert declined.state is State.DECLINED
    assert gateway.told == []
    gateway.payments.pay(declined)
    assert gateway.now(made).state is State.PAID


def test_decline_is_told_when_set(gateway_with):
    gateway = gateway_with(notify_declines=True)
    made = gateway.new()
    gateway.payments.decline(made)
    assert gateway.told == [(made, Notice.FAIL)]


@pytest.mark.parametrize("ending", ["expire", "cancel"])
def test_money_can_come_late(gateway, ending):
    made = gateway.new()
    if ending == "expire":
        gateway.payments.expire(made)
    else:
        gateway.cancel(made)
    gateway.payments.pay(gateway.now(made))
    assert gateway.result(made) == "success"


def test_nothing_is_paid_twice_declined_or_expired_after_it_was_paid(gateway):
    made = gateway.new()
    paid = gateway.payments.pay(made)
    for deed in (gateway.payments.pay, gateway.payments.decline, gateway.payments.expire):
        with pytest.raises(NotPossibleError):
            deed(paid)
    assert gateway.now(made) == paid


def test_closed_code_is_neither_declined_nor_expired_again(gateway):
    expired = gateway.payments.expire(gateway.new())
    for deed in (gateway.payments.decline, gateway.payments.expire):
        with pytest.raises(NotPossibleError, match="expired"):
            deed(expired)
