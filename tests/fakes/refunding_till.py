"""A whole till that gives money back by the real simulator over real HTTP."""

from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from tests.fakes.running_simulator import TOKEN
from tests.fakes.till_with_simulator import TillWithSimulator


class RefundingTill(TillWithSimulator):
    """With Priya, who approves."""

    def _start(self):
        super()._start()
        self.manager = next(one for one in self.till.people.everyone() if one.is_manager)

    def paid(self, plain="42.50", method=PaymentMethod.ALIPAY):
        charge = self.waiting(plain, method, is_other_customer=True)
        self.act(charge, "pay")
        self.let_pass(3)
        return self.now(charge)

    def refund(self, charge, minor, reason="Goods returned"):
        amount = Money(minor, charge.amount.currency)
        people = (self.cashier.id, self.manager.id)
        return self.till.refunding.refund(charge.id, amount, reason, *people)

    def cancel(self, charge):
        people = (self.cashier.id, self.manager.id)
        return self.till.refunding.cancel(charge.id, "Sold twice", *people)

    def went_back(self, charge):
        """Minor units of every refund that was carried out, cancels among them."""
        return [one["amount"] for one in self.payment(charge)["refunds"]]

    def reconcile(self, charge):
        """Reconcile the day of this charge."""
        day = self.clock.local(charge.created_at).date()
        return self.till.reconciliation.reconcile(day)

    def ask(self, call, form):
        """Ask the gateway as somebody else with the same token would."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self.http.post(f"/chop/{call}", data=form, headers=headers).raise_for_status()
