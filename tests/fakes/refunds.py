"""Refunds as values, and a till that has something to refund."""

from dataclasses import replace

from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, Refund, RefundKind, RefundStatus, Refusal
from tests.fakes.charges import later
from tests.fakes.till import TillOnTheDesk

REQUESTED = Refund(
    id=1,
    reference="HSG1-2607120087-K7QX-R1",
    charge_id=1,
    kind=RefundKind.REFUND,
    amount=Money(1250, "USD"),
    reason="Goods returned",
    till_code="HSG1",
    shift_id=1,
    asked_by=1,
    approved_by=3,
    requested_at=later(60),
)


def a_refund(status=RefundStatus.REQUESTED, **changes):
    own = {}
    if status in {RefundStatus.DONE, RefundStatus.REFUSED, RefundStatus.PENDING}:
        own["answered_at"] = later(61)
    if status is RefundStatus.REFUSED:
        own["refusal"] = Refusal.OTHER
    if changes.get("decision"):
        own |= {"decided_at": later(90), "decided_by": 3, "note": "seen in the app"}
    return replace(REQUESTED, status=status, **{**own, **changes})


WENT_OUT = a_refund(RefundStatus.UNKNOWN, decision=Decision.WENT_OUT)
DID_NOT = a_refund(RefundStatus.UNKNOWN, decision=Decision.DID_NOT_GO_OUT)


class RefundDesk(TillOnTheDesk):
    """A till with Priya, who approves, and payments to give back."""

    def _start(self):
        super()._start()
        self.manager = next(one for one in self.till.people.everyone() if one.is_manager)

    @property
    def refunding(self):
        return self.till.refunding

    def paid(self, plain="42.50", method=PaymentMethod.ALIPAY):
        charge = self.waiting(plain, method, is_other_customer=True)
        self.gateway.pay(charge.reference)
        self.let_pass(2)
        return self.now(charge)

    def refund(self, charge, plain, reason="Goods returned", **people):
        who = {"asked_by": self.cashier.id, "approved_by": self.manager.id, **people}
        amount = Money.parse(plain, charge.amount.currency)
        return self.refunding.refund(charge.id, amount, reason, **who)

    def cancel(self, charge):
        return self.refunding.cancel(charge.id, "Sold twice", self.cashier.id, self.manager.id)

    def settle(self, refund, went_out, note="the customer showed the app"):
        return self.refunding.settle(refund.id, went_out, note, self.manager.id)

    def left(self, charge):
        return self.refunding.standing(charge.id).refundable.plain

    def entries(self, charge, *kinds):
        """The journal of a charge: all entries, or those of some kinds."""
        with self.till.recovery._ledger.store.read() as work:
            work.journal.verify()
            found = list(work.journal.entries(charge.reference))
        return [one for one in found if one.kind in kinds or not kinds]
