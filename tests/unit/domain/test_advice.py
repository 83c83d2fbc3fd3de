"""Cancel or refund: by method, day, window and what is left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.advice import Way, Why, advise
from pos_app.domain.cancel_windows import paid_cancel_closes_at, unpaid_cancel_opens_at
from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.gateways import can_cancel
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from tests.fakes.charges import WAITING, of_status
from tests.fakes.refunds import a_refund

PAID_AT = datetime(2026, 7, 12, 14, 0, tzinfo=UTC)  # 22:00 in China
CHINA_MIDNIGHT = datetime(2026, 7, 12, 16, 0, tzinfo=UTC)
STORE_MIDNIGHT = datetime(2026, 7, 13, 4, 0, tzinfo=UTC)  # in New York
PAID = of_status(ChargeStatus.PAID, paid_at=PAID_AT)
PLENTY = Money(100_000, "USD")


def advice(charge=PAID, refunds=(), amount=None, *, after=timedelta(0), estimated=PLENTY):
    ends_at = STORE_MIDNIGHT if charge.paid_at else None
    now = PAID_AT + after
    return advise(charge, refunds, amount, now=now, day_ends_at=ends_at, estimated=estimated)


def by(method, **changes):
    return replace(PAID, method=method, **changes)


def test_the_whole_on_its_day_is_cancelled_until_the_wallet_closes():
    assert (advice().way, advice().why) == (Way.CANCEL, Why.NOT_SETTLED)
    assert advice().until == CHINA_MIDNIGHT
    assert advice().amount == PAID.amount


def test_alipay_is_refunded_from_its_midnight_on():
    just = CHINA_MIDNIGHT - PAID_AT
    assert advice(after=just - timedelta(seconds=1)).way is Way.CANCEL
    assert (advice(after=just).way, advice(after=just).why) == (Way.REFUND, Why.WINDOW_CLOSED)


def test_wechat_is_cancelled_until_the_day_is_over():
    charge = by(PaymentMethod.WECHATPAY)
    just = STORE_MIDNIGHT - PAID_AT
    assert advice(charge, after=just - timedelta(seconds=1)).until == STORE_MIDNIGHT
    settled = advice(charge, after=just)
    assert (settled.way, settled.why, settled.until) == (Way.REFUND, Why.SETTLED, None)


def test_a_paid_wechat_charge_need_not_be_five_minutes_old():
    assert advice(by(PaymentMethod.WECHATPAY)).way is Way.CANCEL


@pytest.mark.parametrize("method", [m for m in PaymentMethod if not can_cancel("citcon_chop", m)])
def test_what_cannot_be_cancelled_is_refunded(method):
    assert (advice(by(method)).way, advice(by(method)).why) == (Way.REFUND, Why.METHOD)


def test_a_part_is_refunded():
    part = advice(amount=Money(4249, "USD"))
    assert (part.way, part.why) == (Way.REFUND, Why.PART)
    assert advice(amount=PAID.amount).way is Way.CANCEL


def test_the_rest_of_a_refunded_charge_is_refunded():
    rest = advice(refunds=(a_refund(RefundStatus.DONE),))
    assert (rest.way, rest.why, rest.amount.plain) == (Way.REFUND, Why.PARTLY_REFUNDED, "30.00")


def test_nothing_goes_back_twice():
    whole = a_refund(RefundStatus.DONE, amount=PAID.amount)
    lost = a_refund(RefundStatus.UNKNOWN, amount=PAID.amount)
    around = replace(PAID, attention=frozenset({Attention.MAYBE_RETURNED}))
    found = [advice(refunds=(whole,)), advice(refunds=(lost,)), advice(around)]
    assert [one.why for one in found] == [Why.ALL_REFUNDED, Why.HELD_BACK, Why.HELD_BACK]
    assert {one.way for one in found} == {Way.NEITHER}
    assert not any(one.is_probably_refused for one in found)


@pytest.mark.parametrize("status", [s for s in ChargeStatus if s is not ChargeStatus.PAID])
def test_what_is_not_known_to_be_paid_is_not_given_back(status):
    assert (advice(of_status(status)).way, advice(of_status(status)).why) == (
        Way.NEITHER,
        Why.NOT_PAID,
    )


def test_a_refund_above_the_estimated_balance_will_probably_be_refused():
    poor = advice(amount=Money(1250, "USD"), estimated=Money(1249, "USD"))
    assert poor.is_probably_refused
    assert poor.covers(Money(1249, "USD"))
    assert not advice(amount=Money(1250, "USD"), estimated=Money(1250, "USD")).is_probably_refused


def test_without_a_known_balance_nothing_is_forecast():
    advised = advice(estimated=None)
    assert advised.covers(PAID.amount)
    assert not advised.is_probably_refused


def test_an_unpaid_wechat_order_can_be_closed_after_five_minutes():
    charge = replace(WAITING, method=PaymentMethod.WECHATPAY)
    opens_at = unpaid_cancel_opens_at(charge)
    assert timedelta(minutes=5) < opens_at - charge.shown_at <= timedelta(minutes=5, seconds=5)
    assert unpaid_cancel_opens_at(WAITING) == WAITING.shown_at


def test_the_alipay_day_is_chinas():
    assert paid_cancel_closes_at(PAID) == CHINA_MIDNIGHT
    assert paid_cancel_closes_at(replace(PAID, paid_at=CHINA_MIDNIGHT)) == (
        CHINA_MIDNIGHT + timedelta(days=1)
    )
    assert paid_cancel_closes_at(by(PaymentMethod.WECHATPAY)) is None
    assert paid_cancel_closes_at(WAITING) is None
