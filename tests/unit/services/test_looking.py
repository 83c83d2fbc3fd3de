"""Looking into a paid payment: the gateway is asked, and what it knows better is learned."""

from dataclasses import replace

import pytest

from pos_app.domain.charges import Attention
from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from tests.fakes.gateway import FakeRefund
from tests.fakes.pending_gateway import PendingGateway
from tests.fakes.refunds import RefundDesk


@pytest.fixture
def desk(tmp_path):
    desk = RefundDesk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def charge(desk):
    return desk.paid()


def elsewhere(desk, charge, minor):
    """Somebody refunds it in the merchant's portal."""
    gone = FakeRefund("D1", Money(minor, "USD"), "by telephone")
    desk.gateway.payments[charge.reference].refunds.append(gone)


def look(desk, charge):
    return desk.till.looking.look(charge.id)


def test_it_asks_about_the_payment_and_looks_in_the_list(desk, charge):
    before = desk.gateway.count("inquire")
    looked = look(desk, charge)
    assert desk.gateway.count("inquire") == before + 1
    assert desk.gateway.count("transactions") == 1
    assert (looked.is_answered, looked.differs) == (True, False)
    assert (looked.left.plain, looked.more_gone.plain) == ("42.50", "0.00")


def test_what_went_back_elsewhere_is_less_to_refund_and_calls_for_a_person(desk, charge):
    desk.refund(charge, "2.50")
    elsewhere(desk, charge, 3000)
    looked = look(desk, charge)
    assert (looked.more_gone.plain, looked.left.plain, looked.differs) == ("30.00", "10.00", True)
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_a_refund_whose_answer_was_lost_is_learned(desk, charge):
    desk.gateway.fail("lost_answer")
    desk.refund(charge, "12.50")
    looked = look(desk, charge)
    assert [one.status for one in looked.standing.refunds] == [RefundStatus.DONE]
    assert (looked.left.plain, looked.differs) == ("30.00", False)


def test_without_an_answer_nothing_changes(desk, charge):
    desk.gateway.fail("not_sent", "not_sent", "not_sent")
    looked = look(desk, charge)
    assert (looked.is_answered, looked.gone, looked.left.plain) == (False, None, "42.50")
    assert desk.now(charge).attention == frozenset()


def test_without_a_list_the_payments_own_answer_may_tell_that_money_went_back(tmp_path):
    desk = RefundDesk(tmp_path, gateway=PendingGateway())
    charge = desk.paid()
    inquire = desk.gateway._inquire
    desk.gateway._inquire = lambda one: replace(inquire(one), is_refunded=True)
    looked = look(desk, charge)
    assert (looked.is_answered, looked.gone, looked.differs) == (True, None, True)
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}
    desk.close()


def test_that_money_went_back_is_no_news_beside_a_refund_of_ours(tmp_path):
    desk = RefundDesk(tmp_path, gateway=PendingGateway())
    charge = desk.paid()
    desk.refund(charge, "12.50")
    inquire = desk.gateway._inquire
    desk.gateway._inquire = lambda one: replace(inquire(one), is_refunded=True)
    assert not look(desk, charge).differs
    desk.close()


def test_a_payment_that_the_list_has_twice_calls_for_a_person(desk, charge):
    listed = desk.gateway._listed
    desk.gateway._listed = lambda: listed() * 2
    assert look(desk, charge).differs
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_with_another_token_nobody_is_asked(desk, charge):
    desk.gateway.credentials = "another"
    with pytest.raises(GatewayNotSetUp):
        look(desk, charge)
