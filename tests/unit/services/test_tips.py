"""A tip is charged with its sale, kept with the charge, and goes back with it."""

from dataclasses import replace

import pytest

from pos_app.domain.charges import ChargeStatus, UnknownReason
from pos_app.domain.customer_codes import read_code
from pos_app.domain.errors import AmountError, ChargeStillOpenError, MethodNotAvailableError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import PaymentState, Taken
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.taking_gateway import TakingGateway
from tests.fakes.till import TillOnTheDesk

S = ChargeStatus
CODE = read_code("2812345678901234")
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))
TIP = Money(425, "USD")
NOTHING = Money(0, "USD")


@pytest.fixture
def desk(tmp_path):
    desk = TillOnTheDesk(
        tmp_path,
        gateway=TakingGateway(),
        environ={"POS_APP_METHODS_GATEWAYS": "alipay=citcon_instore"},
    )
    yield desk
    desk.close()


def taken(desk, tip=TIP, sale=SALE):
    charge = desk.till.taking.charge(sale, CODE, desk.cashier.id, tip=tip)
    return desk.till.taking.send(charge.id, CODE)


def journal(desk):
    with desk.till.recovery._ledger.store.read() as unit:
        return [row[6] for row in unit.exports.journal()]


def test_sale_and_tip_are_charged_together_and_kept_apart(desk):
    paid = desk.now(taken(desk))
    assert (paid.status, paid.amount, paid.tip) == (S.PAID, Money(4675, "USD"), TIP)
    assert paid.price == Money(4250, "USD")
    assert any('"tip":"425 USD"' in body for body in journal(desk))


@pytest.mark.parametrize("tip", [None, NOTHING])
def test_no_tip_is_none(desk, tip):
    paid = taken(desk, tip)
    assert (paid.amount, paid.tip, paid.price) == (Money(4250, "USD"), None, Money(4250, "USD"))


@pytest.mark.parametrize("tip", [Money(-1, "USD"), Money(425, "EUR"), Money(999_999_999, "USD")])
def test_what_cannot_be_a_tip_is_refused_before_anything_is_sent(desk, tip):
    with pytest.raises(AmountError):
        taken(desk, tip)
    assert desk.gateway.codes == []


def test_a_service_that_takes_no_tips_is_sent_none(tmp_path):
    desk = TillOnTheDesk(tmp_path)
    with pytest.raises(MethodNotAvailableError):
        desk.charge(tip=TIP)
    desk.close()


def test_an_answer_with_another_tip_is_not_believed(desk):
    own = desk.gateway.take

    def with_another_tip(charge, code):
        answer = own(charge, code)
        return Taken(answer.gateway_id, replace(answer.inquiry, tip=NOTHING))

    desk.gateway.take = with_another_tip
    charge = desk.now(taken(desk))
    assert (charge.status, charge.unknown_reason) == (S.UNKNOWN, UnknownReason.DISAGREES)
    assert charge.tip == TIP


def test_a_lost_answer_and_a_restart_keep_it(desk):
    desk.gateway.fail("lost_answer")
    charge = taken(desk)
    desk.restart()
    desk.let_pass(6)
    found = desk.now(charge)
    assert (found.status, found.amount, found.tip) == (S.PAID, Money(4675, "USD"), TIP)


@pytest.mark.parametrize("again", [None, Money(850, "USD")])
def test_the_same_sale_with_another_tip_still_asks_whose_it_is(desk, again):
    desk.gateway.next_state = PaymentState.OPEN
    taken(desk)
    with pytest.raises(ChargeStillOpenError):
        taken(desk, again)


def test_all_of_it_can_go_back_and_not_more(desk):
    paid = taken(desk)
    standing = desk.till.refunding.standing(paid.id)
    assert standing.refundable == Money(4675, "USD")


def test_a_shown_code_can_have_one_too(desk):
    charge = desk.charge(method=PaymentMethod.ALIPAY, tip=TIP)
    assert (charge.amount, charge.tip) == (Money(4675, "USD"), TIP)
