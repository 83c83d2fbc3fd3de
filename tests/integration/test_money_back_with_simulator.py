"""Money back by a whole till at the pretend Citcon, over real HTTP."""

import pytest

from pos_app.domain.errors import RefundTooMuchError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import RefundRefusalKind
from pos_app.domain.refunds import RefundStatus, Refusal
from pos_app.simulator.settings import Settings
from tests.fakes.refunds import RefundDesk
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator


class MoneyBackDesk(RefundDesk, TillWithSimulator):
    """A till with a manager, the simulator as its gateway, and payments to give back."""

    def paid(self, plain="42.50", **more):
        charge = self.waiting(plain, is_other_customer=True, **more)
        self.act(charge, "pay")
        self.let_pass(2)
        return self.now(charge)


@pytest.fixture(scope="module")
def simulator():
    with running_simulator(Settings(cancel_windows=True, expiry_s=900)) as running:
        yield running


@pytest.fixture
def new_desk(tmp_path, simulator):
    desks = []

    def new(**environ):
        desk = MoneyBackDesk(tmp_path, simulator, **environ)
        desks.append(desk)
        return desk

    yield new
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(new_desk):
    return new_desk()


class TestTrainingButtons:
    def test_a_refund_works_without_any_balance(self, desk):
        charge = desk.paid()
        desk.http.post("/simulator/open-balance", json={"amount": 0, "currency": "USD"})
        desk.till.training.refund_works(charge.id)
        assert desk.refund(charge, "42.50").status is RefundStatus.DONE

    def test_a_refund_meets_an_empty_balance_once(self, desk):
        charge = desk.paid()
        desk.till.training.refund_works(charge.id)
        desk.till.training.refund_no_balance(charge.id)
        assert desk.refund(charge, "12.50").refusal is Refusal.NO_BALANCE
        assert desk.refund(charge, "12.50").status is RefundStatus.DONE

    def test_a_refund_is_carried_out_and_its_answer_lost(self, desk):
        charge = desk.paid()
        desk.till.training.refund_works(charge.id)
        desk.till.training.refund_lose_answer(charge.id)
        assert desk.refund(charge, "12.50").status is RefundStatus.UNKNOWN
        assert [one["amount"] for one in desk.payment(charge)["refunds"]] == [1250]


def test_a_hundred_times_a_yen_amount_is_refused_on_both_sides_of_the_wire(new_desk):
    desk = new_desk(POS_APP_STORE_CURRENCY="JPY")
    charge = desk.paid("4250")
    assert charge.amount == Money(4250, "JPY")
    with pytest.raises(RefundTooMuchError):
        desk.refund(charge, "425000")
    assert desk.payment(charge)["refunds"] == []
    gateway = desk.refunding._gateways.for_charge(charge)
    sent = gateway.refund(charge, Money(425_000, "JPY"), "Sent all the same")
    assert (sent.kind, sent.code) == (RefundRefusalKind.TOO_MUCH, "4071")
    assert desk.payment(charge)["refunds"] == []


class TestWeChatsFirstFiveMinutes:
    """The simulator keeps to the wallets' windows and gives codes 15 minutes."""

    @pytest.fixture
    def desk(self, new_desk):
        return new_desk(POS_APP_METHODS_CODE_LIFE_S="900")

    @pytest.fixture
    def charge(self, desk):
        charge = desk.waiting(method=PaymentMethod.WECHATPAY)
        view = desk.till.payments.cancel(charge.id)
        assert (view.state.value, view.cancel_refusal) == ("cancelRefused", "window")
        assert view.cancel_again_at is not None
        return charge

    def test_the_cancel_is_carried_out_at_the_fifth_minute(self, desk, charge):
        desk.let_pass(305, step=1)
        assert desk.screen(charge) == "cancelled"
        assert desk.payment(charge)["state"] == "cancelled"

    def test_paid_meanwhile_stays_paid(self, desk, charge):
        desk.act(charge, "pay")
        desk.let_pass(305, step=1)
        assert desk.screen(charge) == "paid"
        assert desk.payment(charge)["refunds"] == []

    def test_put_aside_it_is_not_cancelled(self, desk, charge):
        desk.till.payments.put_aside(charge.id)
        desk.let_pass(305, step=1)
        assert desk.payment(charge)["state"] == "open"
