"""What today's balance covers, as the ledger of all tills sees it, and whose day it is."""

import pytest

from pos_app.domain.advice import Way, Why
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.services.gateway_day import GatewayDay
from tests.fakes.clock import START
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk

HOUR = 3600


@pytest.fixture
def new_desk(tmp_path):
    desks = []

    gateway = RefundingGateway()

    def new(**environ):
        desks.append(RefundDesk(tmp_path, gateway=gateway, environ=environ))
        return desks[-1]

    yield new
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(new_desk):
    return new_desk()


def estimated(desk, charge):
    return desk.refunding.advice(charge.id).estimated.plain


def advised(desk, charge):
    advice = desk.refunding.advice(charge.id)
    return advice.way, advice.why


def test_the_balance_is_what_was_paid_today_less_what_went_back(desk):
    charge, other = desk.paid("42.50"), desk.paid("100.00")
    assert estimated(desk, charge) == "142.50"
    desk.refund(charge, "12.50")
    assert estimated(desk, charge) == "130.00"
    desk.cancel(other)
    assert estimated(desk, charge) == "30.00"


def test_unpaid_charges_and_refused_refunds_do_not_count(desk):
    charge = desk.paid("42.50")
    desk.waiting("9.00", is_other_customer=True)
    desk.gateway.fail("not_sent")
    desk.refund(charge, "12.50")
    assert estimated(desk, charge) == "42.50"


def test_what_may_have_gone_back_counts_until_a_manager_says_no(desk):
    charge = desk.paid("42.50")
    desk.gateway.fail("lost_answer")
    refund = desk.refund(charge, "12.50")
    assert estimated(desk, charge) == "30.00"
    desk.settle(refund, went_out=None)
    assert estimated(desk, charge) == "30.00"
    desk.settle(refund, went_out=False)
    assert estimated(desk, charge) == "42.50"


def test_what_our_cancel_may_have_returned_counts_once_as_gone(desk):
    charge, other = desk.waiting("42.50"), desk.paid("10.00")
    desk.till.payments.cancel(charge.id)
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    assert estimated(desk, other) == "10.00"
    desk.refunding.settle_return(charge.id, True, "seen in the app", desk.manager.id)
    assert estimated(desk, other) == "10.00"


def test_what_was_not_returned_after_all_is_in_the_balance(desk):
    charge = desk.waiting("42.50")
    desk.till.payments.cancel(charge.id)
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    desk.refunding.settle_return(charge.id, False, "seen in the app", desk.manager.id)
    assert estimated(desk, charge) == "42.50"


def test_every_currency_has_a_balance_of_its_own(desk):
    dollars, won = desk.paid("42.50"), desk.paid("4250", PaymentMethod.KAKAOPAY)
    assert estimated(desk, dollars) == "42.50"
    assert desk.refunding.advice(won.id).estimated == Money(4250, "KRW")


def test_money_of_another_token_is_in_another_balance(desk):
    desk.paid("42.50")
    desk.gateway.credentials = "two"
    assert estimated(desk, desk.paid("10.00")) == "10.00"


def test_other_tills_of_the_same_ledger_count(new_desk):
    first = new_desk()
    first.paid("42.50")
    second = new_desk(POS_APP_STORE_TILL_CODE="HSG2")
    second.till.shifts.open(second.cashier.id)
    assert estimated(second, second.paid("10.00")) == "52.50"


def test_a_new_day_begins_with_nothing_and_refunds_will_probably_be_refused(desk):
    charge = desk.paid("42.50")
    assert not desk.refunding.advice(charge.id).is_probably_refused
    assert advised(desk, charge) == (Way.CANCEL, Why.NOT_SETTLED)
    desk.clock.pass_time(24 * HOUR)
    assert estimated(desk, charge) == "0.00"
    assert desk.refunding.advice(charge.id).is_probably_refused
    assert advised(desk, charge) == (Way.REFUND, Why.SETTLED)
    desk.paid("100.00")
    assert not desk.refunding.advice(charge.id, Money(4250, "USD")).is_probably_refused


def test_the_day_can_be_another_zones(new_desk):
    desk = new_desk(POS_APP_CITCON_CHOP_DAY_ZONE="America/New_York")
    charge = desk.paid("42.50")  # 14:32 here, 02:32 in New York
    desk.clock.pass_time(10 * HOUR)  # a new day here, the same one there
    assert estimated(desk, charge) == "42.50"
    assert advised(desk, charge) == (Way.REFUND, Why.SETTLED)  # a cancel is not offered any more


def test_days_end_where_the_zone_says():
    class Clock:
        def local(self, instant):
            raise AssertionError(instant)

    day = GatewayDay(Clock(), "America/New_York")
    assert day.begins_at(START).isoformat() == "2026-07-12T04:00:00+00:00"
    assert day.ends_at(START).isoformat() == "2026-07-13T04:00:00+00:00"


def test_advice_asks_nobody(desk):
    charge = desk.paid()
    asked = len(desk.gateway.calls)
    desk.refunding.advice(charge.id)
    assert len(desk.gateway.calls) == asked


def test_no_balance_is_estimated_of_a_service_that_is_not_known_to_have_one(desk):
    charge = desk.paid("42.50")
    assert desk.refunding.advice(charge.id).estimated is not None
    desk.gateway.id = "jpay"
    desk.restart()
    elsewhere = desk.paid("9.00")
    assert elsewhere.gateway == "jpay"
    assert desk.refunding.advice(elsewhere.id).estimated is None
