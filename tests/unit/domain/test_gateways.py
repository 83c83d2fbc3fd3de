"""Which payment service can do what."""

from pos_app.domain.gateways import (
    GATEWAYS,
    USUAL,
    can_cancel,
    gateway_name,
    repeats_create,
)
from pos_app.domain.methods import PaymentMethod


def test_only_alipay_and_wechat_pay_promise_a_cancel_on_the_hosted_page():
    assert {one for one in PaymentMethod if can_cancel("citcon_chop", one)} == {
        PaymentMethod.ALIPAY,
        PaymentMethod.WECHATPAY,
    }


def test_nothing_can_be_cancelled_where_there_is_no_cancel():
    assert not any(can_cancel("citcon_online", one) for one in PaymentMethod)
    assert not can_cancel("a service of a later version", PaymentMethod.ALIPAY)


def test_the_usual_service_carries_every_method():
    assert GATEWAYS[USUAL].methods == frozenset(PaymentMethod)


def test_a_service_cancels_only_what_it_carries():
    assert all(traits.cancellable <= traits.methods for traits in GATEWAYS.values())


def test_only_jpay_refuses_a_reference_that_it_knows():
    assert [one for one in GATEWAYS if not repeats_create(one)] == ["jpay"]
    assert repeats_create("a service of a later version")


def test_a_service_has_its_own_name():
    assert (gateway_name("jpay"), gateway_name("of a later version")) == ("J-Pay", "")
