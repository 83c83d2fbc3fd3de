"""A refund whose answer was lost, at each payment service over HTTP: found, never repeated."""

import pytest

from pos_app.domain.customers import Customer
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.refunds import RefundStatus
from tests.fakes.refunding_till import RefundingTill
from tests.fakes.running_simulator import running_simulator

CUSTOMER = Customer("Ana", "Lopez", "ana@mail.example", "+1 555 0199", "US")
SERVICES = {
    "citcon_chop": (PaymentMethod.ALIPAY, {}),
    "citcon_online": (PaymentMethod.ALIPAY, {}),
    "citcon_instore": (PaymentMethod.WECHATPAY, {}),
    "jpay": (PaymentMethod.CC, {"customer": CUSTOMER}),
}


class ServiceDesk(RefundingTill):
    """A register one of whose methods goes through one of the services."""

    def __init__(self, folder, simulator, service):
        self.service, (self.method, self.more) = service, SERVICES[service]
        carried = f"{self.method.value}={service}"
        super().__init__(folder, simulator, POS_APP_METHODS_GATEWAYS=carried)
        self.http.post("/simulator/open-balance", json={"unlimited": True})

    def paid(self):
        charge = self.waiting("42.50", self.method, **self.more)
        assert charge.gateway == self.service
        self.act(charge, "pay")
        self.let_pass(3)
        return self.now(charge)

    def payments(self, charge):
        """By the service's own id: a code of the In-Store API carries no reference."""
        found = self.http.get("/simulator/transactions").raise_for_status().json()["transactions"]
        ids = {charge.gateway_id, charge.transaction_id, charge.reference}
        return [one for one in found if ids & {one["q"], one["transaction_id"], one["reference"]}]

    def refund_of(self, charge):
        (refund,) = self.till.refunding.standing(charge.id).refunds
        return refund


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture(params=SERVICES)
def desk(request, tmp_path, simulator):
    desk = ServiceDesk(tmp_path, simulator, request.param)
    yield desk
    desk.close()


@pytest.mark.parametrize("fault", ["lose_answer", "garbage", "truncated", "status_500", "empty"])
def test_what_was_carried_out_is_found(desk, fault):
    charge = desk.paid()
    desk.faults(("refund", fault))
    assert desk.refund(charge, 1250).status is RefundStatus.UNKNOWN
    desk.let_pass(6)
    assert desk.refund_of(charge).status is RefundStatus.DONE
    assert desk.went_back(charge) == [1250]
    assert desk.till.answers.count() == 0
    assert desk.journal_holds()


def test_it_is_found_after_a_restart(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_answer"))
    desk.refund(charge, 1250)
    desk.restart()
    desk.let_pass(6)
    assert desk.refund_of(charge).status is RefundStatus.DONE


def test_what_never_arrived_proves_nothing_and_is_not_sent_again(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_request"))
    assert desk.refund(charge, 1250).status is RefundStatus.UNKNOWN
    desk.let_pass(200, step=10)
    assert desk.refund_of(charge).status is RefundStatus.UNKNOWN
    assert desk.went_back(charge) == []
    assert desk.till.refunding.standing(charge.id).refundable.minor == 3000


def test_a_list_in_ruins_is_no_answer(desk):
    charge = desk.paid()
    desk.faults(("refund", "lose_answer"), ("transactions", "garbage"))
    desk.refund(charge, 1250)
    desk.let_pass(6)
    assert desk.refund_of(charge).status is RefundStatus.UNKNOWN
    desk.let_pass(30)
    assert desk.refund_of(charge).status is RefundStatus.DONE
