"""Training through the In-Store API: what the strips' buttons bring, for codes of both sides."""

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customer_codes import read_code
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.services.training import NextCode
from tests.fakes.running_simulator import running_simulator
from tests.fakes.till_with_simulator import TillWithSimulator

S = ChargeStatus
CODE = read_code("134650098712345678")
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))


class Desk(TillWithSimulator):
    """A register of which both sides' codes go through the In-Store API."""

    def __init__(self, folder, simulator):
        super().__init__(folder, simulator, POS_APP_METHODS_GATEWAYS="alipay=citcon_instore")

    def scanned(self, what=NextCode.PAYS):
        self.till.training.next_code(what)
        charge = self.till.taking.charge(SALE, CODE, self.cashier.id, is_other_customer=True)
        return self.till.taking.send(charge.id, CODE)

    def confirming(self):
        charge = self.scanned(NextCode.NEEDS_CONFIRMING)
        assert self.screen(charge) == "customerConfirming"
        return charge

    def shown(self):
        return self.waiting(is_other_customer=True)


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = Desk(tmp_path, simulator)
    yield desk
    desk.close()


@pytest.fixture(params=["confirming", "shown"])
def charge(desk, request):
    """A payment that the customer can still make: by their code, or by ours."""
    return getattr(desk, request.param)()


def after(desk, charge, seconds):
    desk.let_pass(seconds)
    return desk.screen(charge)


@pytest.mark.parametrize(("deed", "screen"), [("pay", "paid"), ("expire", "expired")])
def test_the_customer_pays_or_lets_it_expire(desk, charge, deed, screen):
    getattr(desk.till.training, deed)(charge.id)
    assert after(desk, charge, 4) == screen


def test_the_network_drops(desk, charge):
    desk.till.training.drop_network(charge.id)
    assert after(desk, charge, 10) == "noAnswer"
    assert after(desk, charge, 70) == "unknown"


def test_an_answer_is_lost_and_the_payment_is_found(desk, charge):
    desk.till.training.lose_answer(charge.id)
    assert after(desk, charge, 8) == "noAnswer"
    assert after(desk, charge, 12) == "paid"


def test_the_money_comes_after_the_cancel(desk, charge):
    desk.till.training.pay_after_cancel(charge.id)
    assert desk.screen(charge) == "cancelledPaid"


def test_what_happens_to_one_shown_code_leaves_the_next_alone(desk):
    first, second = desk.shown(), desk.shown()
    desk.till.training.drop_network(first.id)
    assert after(desk, second, 10) == "waiting"
    assert desk.screen(first) == "noAnswer"


def test_a_no_is_final_for_a_scanned_code(desk):
    charge = desk.confirming()
    desk.till.training.decline(charge.id)
    assert desk.screen(charge) == "declined"


def test_a_no_is_not_final_for_a_shown_code(desk):
    charge = desk.shown()
    desk.till.training.decline(charge.id)
    assert desk.screen(charge) == "declinedHint"


@pytest.mark.parametrize(
    ("what", "at_once", "in_the_end"),
    [
        (NextCode.PAYS, "paid", "paid"),
        (NextCode.NEEDS_CONFIRMING, "customerConfirming", "cancelled"),
        (NextCode.DECLINED, "declined", "declined"),
        (NextCode.TOO_OLD, "codeExpired", "codeExpired"),
        (NextCode.ANSWER_LOST, "unknown", "paid"),
        (NextCode.REQUEST_LOST, "unknown", "unknown"),
    ],
)
def test_the_next_code_goes_the_way_that_was_chosen(desk, what, at_once, in_the_end):
    charge = desk.scanned(what)
    assert desk.screen(charge) == at_once
    assert after(desk, charge, 75) == in_the_end
    assert desk.screen(desk.scanned()) == "paid"  # and only the next


def test_a_code_that_never_arrived_is_called_unlisted(desk):
    charge = desk.scanned(NextCode.REQUEST_LOST)
    desk.let_pass(75)
    assert desk.till.payments.view(charge.id).is_not_listed
    assert desk.now(charge).status is S.UNKNOWN
