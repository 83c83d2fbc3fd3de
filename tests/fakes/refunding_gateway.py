"""The payment service in memory, with refunds: counts what it really gave back."""

from dataclasses import dataclass, field

from pos_app.domain.outcomes import RefundDone, RefundRefusalKind, RefundRefused
from tests.fakes.gateway import FakeGateway


@dataclass
class RefundingGateway(FakeGateway):
    """`refunds` is the truth: pairs of reference and amount, each carried out once per call.

    `before_refund` is called with the charge before a refund is carried out.
    """

    refunds: list = field(default_factory=list)
    before_refund: object = None

    def refund(self, charge, amount, reason):
        return self._call("refund", charge, lambda one: self._refund(one, amount, reason))

    def returned_minor(self, reference):
        """Minor units that went back for a payment, by refunds and by a cancel."""
        payment = self.payments[reference]
        whole = payment.amount.minor if payment.is_returned else 0
        return whole + sum(amount.minor for of, amount in self.refunds if of == reference)

    def _refund(self, charge, amount, reason):
        if self.before_refund is not None:
            self.before_refund(charge)
        left = charge.amount.minor - self.returned_minor(charge.reference)
        if not reason or amount.minor > left:
            return RefundRefused(RefundRefusalKind.TOO_MUCH, "greater than allowed", "4071")
        self.refunds.append((charge.reference, amount))
        return RefundDone(f"r{len(self.refunds)}")
