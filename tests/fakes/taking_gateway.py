"""A payment service in memory that takes customers' codes, once for every time it is asked."""

from dataclasses import dataclass, field

from pos_app.domain.outcomes import Inquiry, PaymentState, Taken
from tests.fakes.gateway import FakeGateway, FakePayment


@dataclass
class TakingGateway(FakeGateway):
    """`next_state` is what becomes of the next code; `codes` are those that came."""

    id: str = "citcon_instore"
    next_state: PaymentState = PaymentState.PAID
    codes: list = field(default_factory=list)
    is_listing: bool = True

    def take(self, charge, code):
        self.codes.append(code.reveal())
        return self._call("take", charge, self._take)

    def _take(self, charge):
        payment = FakePayment(
            f"c{len(self.codes)}",
            charge.reference,
            charge.amount,
            charge.method.value,
            self.next_state,
        )
        self.payments[charge.reference] = payment
        inquiry = Inquiry(self.next_state, amount=charge.amount, transaction_id=payment.gateway_id)
        return Taken(payment.gateway_id, inquiry)

    def _payment(self, charge):
        ids = {charge.gateway_id, (charge.gateway_id or "").removeprefix("U")}
        return next(one for one in self.payments.values() if one.gateway_id in ids)

    def _listed(self):
        return super()._listed() if self.is_listing else ()
