"""Tips told to the In-Store API over HTTP: what is sent, what is taken, what comes back."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.customer_codes import read_code
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from pos_app.domain.sales import Sale, SaleLine
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

S = ChargeStatus
CODE = read_code("134650098712345678")
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))
TIP, TOTAL = Money(638, "USD"), Money(4888, "USD")


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = TillWithSimulator(tmp_path, simulator, POS_APP_METHODS_GATEWAYS="alipay=citcon_instore")
    yield desk
    desk.close()


def taken(desk):
    charge = desk.till.taking.charge(SALE, CODE, desk.cashier.id, tip=TIP)
    return desk.till.taking.send(charge.id, CODE)


def test_a_scanned_code_pays_sale_and_tip(desk):
    paid = taken(desk)
    assert (paid.status, paid.amount, paid.tip) == (S.PAID, TOTAL, TIP)
    there = desk.payment(paid)
    assert (there["amount"], there["tip"], there["state"]) == (4888, 638, "paid")


def test_a_shown_code_pays_sale_and_tip(desk):
    charge = desk.till.checkout.send(desk.charge(method=PaymentMethod.ALIPAY, tip=TIP).id)
    desk.let_pass(5)
    path = f"/simulator/transactions/{charge.gateway_id}"
    there = desk.http.get(path).json()
    assert (there["amount"], there["tip"]) == (4888, 638)
    assert desk.http.post(f"{path}/pay").is_success
    desk.let_pass(3)
    paid = desk.now(charge)
    assert (paid.status, paid.amount, paid.tip) == (S.PAID, TOTAL, TIP)


def test_an_answer_with_another_tip_calls_for_a_person(desk):
    desk.faults(("pay", "wrong_tip"))
    charge = desk.now(taken(desk))
    assert charge.status is S.UNKNOWN
    assert Attention.MISMATCH in charge.attention


def test_the_history_finds_it_after_a_lost_answer(desk):
    desk.faults(("pay", "lose_answer"))
    charge = taken(desk)
    assert charge.status is S.UNKNOWN
    desk.let_pass(6)
    paid = desk.now(charge)
    assert (paid.status, paid.amount, paid.tip) == (S.PAID, TOTAL, TIP)


def test_the_tip_goes_back_with_the_rest(desk):
    paid = taken(desk)
    manager = next(one for one in desk.till.people.everyone() if one.is_manager)
    refund = desk.till.refunding.refund(
        paid.id, TOTAL, "Goods returned", desk.cashier.id, manager.id
    )
    assert refund.status is RefundStatus.DONE
    (back,) = desk.payment(paid)["refunds"]
    assert back["amount"] == 4888
