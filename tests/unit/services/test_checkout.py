"""From a sale to a code, with everything that can be lost on the way."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus, UnknownReason
from pos_app.domain.errors import (
    AmountError,
    ChargeStillOpenError,
    MethodNotAvailableError,
    SaleAlreadyPaidError,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import RefusalKind, Refused
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.till import TillOnTheDesk


def test_the_intent_is_on_disk_before_anything_is_sent(desk):
    charge = desk.charge()
    assert desk.now(charge).status is ChargeStatus.CREATED
    assert desk.gateway.calls == []


def test_a_code_is_shown_once_the_gateway_has_made_it(desk):
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.status is ChargeStatus.WAITING
    view = desk.till.payments.view(charge.id)
    assert view.state.value == "waiting"
    assert view.code == charge.code
    assert view.seconds_left == 300


def test_a_lost_answer_is_asked_for_again_with_the_same_reference(desk):
    desk.gateway.fail("lost_answer", "lost_request")
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.status is ChargeStatus.WAITING
    assert {reference for _, reference in desk.gateway.calls} == {charge.reference}
    assert desk.gateway.count("create") == 3
    assert len(desk.gateway.payments) == 1


def test_after_ten_seconds_of_lost_answers_the_cashier_is_told(desk):
    desk.gateway.fail(*["lost_request"] * 40)
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.status is ChargeStatus.CREATED
    assert charge.not_sent_at is None
    assert desk.screen(charge) == "createLost"
    assert desk.gateway.count("create") <= 12


def test_a_create_that_never_left_says_that_nobody_can_have_paid(desk):
    desk.gateway.fail("not_sent")
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.is_surely_not_sent
    assert desk.screen(charge) == "createUnreachable"


def test_a_create_that_was_lost_once_is_never_called_surely_not_sent(desk):
    desk.gateway.fail("lost_answer", *["not_sent"] * 40)
    charge = desk.till.checkout.send(desk.charge().id)
    assert not charge.is_surely_not_sent
    assert desk.screen(charge) == "createLost"


def test_the_note_not_sent_is_gone_before_the_next_try(desk):
    desk.gateway.fail("not_sent")
    charge = desk.till.checkout.send(desk.charge().id)
    seen = []
    real = desk.gateway._create
    desk.gateway._create = lambda c: (seen.append(desk.now(charge).not_sent_at), real(c))[1]
    desk.till.checkout.send(charge.id)
    assert seen == [None]


def test_leaving_a_charge_that_never_left_closes_it(desk):
    desk.gateway.fail("not_sent")
    charge = desk.till.checkout.send(desk.charge().id)
    assert desk.till.checkout.leave(charge.id).status is ChargeStatus.CANCELLED
    again = desk.charge(sale=desk.till.payments.sale_of(charge.id))
    assert again.reference != charge.reference


def test_leaving_a_lost_charge_cancels_what_comes_back_and_never_shows_it(desk):
    desk.gateway.fail("lost_answer", *["lost_request"] * 11)
    charge = desk.till.checkout.send(desk.charge().id)
    desk.till.checkout.leave(charge.id)
    desk.gateway.faults.clear()
    desk.let_pass(60)
    charge = desk.now(charge)
    assert charge.status is ChargeStatus.CANCELLED
    assert charge.shown_at is None
    assert desk.gateway.payments[charge.reference].is_cancelled


def test_leaving_a_lost_charge_that_cannot_be_cancelled_watches_it(desk):
    desk.gateway.fail("lost_answer", *["lost_request"] * 11)
    charge = desk.till.checkout.send(desk.charge(method=PaymentMethod.UPOP).id)
    desk.till.checkout.leave(charge.id)
    desk.gateway.faults.clear()
    desk.let_pass(10)
    assert desk.now(charge).status is ChargeStatus.WAITING
    desk.gateway.expire(charge.reference)
    desk.let_pass(600, step=5)
    assert desk.now(charge).status is ChargeStatus.EXPIRED
    assert desk.gateway.count("cancel") == 0


def test_a_refused_create_takes_no_money_and_keeps_the_gateways_words(desk):
    desk.gateway.fail(Refused(RefusalKind.OTHER, "amount too small", "17"))
    charge = desk.till.checkout.send(desk.charge().id)
    assert desk.screen(charge) == "createRefused"
    assert charge.refusal == "17 amount too small"


def test_an_unknown_token_is_its_own_state(desk):
    desk.gateway.fail(Refused(RefusalKind.NOT_SET_UP, "token"))
    charge = desk.till.checkout.send(desk.charge().id)
    assert desk.screen(charge) == "createNotSetUp"


@pytest.mark.parametrize("lines", [(), ("0",)])
def test_nothing_is_not_charged(desk, lines):
    sale = Sale(tuple(SaleLine("", 1, Money.parse(one, "USD")) for one in lines))
    with pytest.raises(AmountError):
        desk.charge(sale=sale)


def test_more_than_nine_digits_are_not_charged(desk):
    sale = Sale((SaleLine("Yacht", 10, Money(999_999_99, "USD")),))
    assert desk.charge(sale=Sale((SaleLine("", 1, Money(999_999_999, "USD")),)))
    with pytest.raises(AmountError):
        desk.charge(sale=Sale((SaleLine("Yacht", 11, sale.lines[0].unit_price),)))


def test_a_method_takes_only_its_own_currency(desk):
    sale = Sale((SaleLine("", 1, Money(4250, "USD")),))
    with pytest.raises(MethodNotAvailableError):
        desk.charge(method=PaymentMethod.ALIPAY_HK, sale=sale)


def test_a_sale_has_one_living_charge(desk):
    charge = desk.waiting()
    sale = desk.till.payments.sale_of(charge.id)
    with pytest.raises(ChargeStillOpenError):
        desk.charge(sale=sale, is_other_customer=True)


def test_a_paid_sale_is_not_charged_again(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    with pytest.raises(SaleAlreadyPaidError):
        desk.charge(sale=desk.till.payments.sale_of(charge.id), is_other_customer=True)


def test_the_same_amount_soon_after_asks_whether_it_is_the_same_customer(desk):
    first = desk.waiting()
    desk.till.payments.put_aside(first.id)
    with pytest.raises(ChargeStillOpenError) as caught:
        desk.charge()
    assert caught.value.charge_id == first.id
    assert desk.charge(is_other_customer=True).reference != first.reference


def test_another_amount_or_a_closed_charge_asks_nothing(desk):
    first = desk.waiting()
    assert desk.charge("42.51")
    desk.till.payments.cancel(first.id)
    assert desk.charge()


def test_references_differ_when_the_clock_is_set_back_a_day(desk):
    first = desk.charge()
    desk.clock.pass_time(-86_400)
    second = desk.charge(is_other_customer=True)
    assert first.reference != second.reference


def test_a_second_till_with_the_same_code_and_the_same_luck_never_shows_a_false_paid(tmp_path):
    """Same code, same number, same day, same random tail: the gateway gives the earlier one."""
    first = TillOnTheDesk(tmp_path / "a", tail=lambda: "AAAA")
    second = TillOnTheDesk(tmp_path / "b", gateway=first.gateway, tail=lambda: "AAAA")
    paid = first.waiting()
    first.gateway.pay(paid.reference)
    first.let_pass(2)
    assert first.now(paid).is_paid

    charge = second.till.checkout.send(second.charge().id)
    assert charge.reference == paid.reference
    second.let_pass(30)
    charge = second.now(charge)
    assert charge.status is ChargeStatus.UNKNOWN
    assert charge.unknown_reason is UnknownReason.REUSED_REFERENCE
    assert Attention.REUSED_REFERENCE in charge.attention
    assert second.till.payments.view(charge.id).code is None
    first.close()
    second.close()


def test_a_gateway_id_that_another_charge_has_needs_a_person(desk):
    first = desk.waiting()
    desk.gateway.fail(desk.gateway._create(first))
    second = desk.till.checkout.send(desk.charge("9.00").id)
    assert second.unknown_reason is UnknownReason.REUSED_REFERENCE
    assert second.needs_answer
