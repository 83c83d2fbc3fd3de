"""A register whose cards go through J-Pay, against the real simulator, and its customer."""

from contextlib import contextmanager

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.customers import Customer
from pos_app.domain.methods import PaymentMethod
from tests.fakes.jpay import PAYING
from tests.fakes.till_with_simulator import TillWithSimulator

CUSTOMER = Customer("Anastasia", "Lopezhova", "ana@mail.example", "+1 555 0199", "US")


class CardDesk(TillWithSimulator):
    """Time passes for the till and the simulator together."""

    def __init__(self, folder, simulator, **environ):
        super().__init__(folder, simulator, POS_APP_METHODS_GATEWAYS="cc=jpay", **environ)

    def card(self, amount="42.50"):
        return self.charge(amount, method=PaymentMethod.CC, customer=CUSTOMER)

    def send(self, charge):
        return self.till.checkout.send(charge.id)

    def shown(self):
        charge = self.send(self.card())
        assert charge.status is ChargeStatus.WAITING
        return charge

    def paid(self):
        charge = self.shown()
        self.let_pass(2)
        assert self.act(charge, "pay")
        self.let_pass(5)
        charge = self.now(charge)
        assert charge.status is ChargeStatus.PAID
        return charge

    def type_card(self, charge, number):
        """The customer enters a card on the page; returns where the page leads."""
        return self.http.post(charge.code, data={**PAYING, "number": number}).headers["location"]


@contextmanager
def card_desk(folder, simulator):
    """A desk whose refunds never lack money; closed when the block ends."""
    desk = CardDesk(folder, simulator)
    desk.http.post("/simulator/open-balance", json={"unlimited": True})
    try:
        yield desk
    finally:
        desk.close()
