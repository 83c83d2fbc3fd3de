"""A payment service in memory that accepts refunds and carries them out later, or fails to."""

from dataclasses import dataclass, field

from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.outcomes import (
    RefundDone,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
)
from tests.fakes.gateway import FakeGateway


@dataclass
class PendingGateway(FakeGateway):
    """`answers` is what became of each refund by its id; there is no list."""

    answers: dict = field(default_factory=dict)

    def carry_out(self, refund_id):
        self.answers[refund_id] = RefundDone(refund_id)

    def let_fail(self, refund_id):
        self.answers[refund_id] = RefundRefused(RefundRefusalKind.OTHER, "the bank said no")

    def inquire_refund(self, charge, refund_id):
        return self._call("inquire_refund", charge, lambda _: self.answers[refund_id])

    def transactions(self):
        raise OutcomeUnknown("There is no list here.")

    def _refund(self, charge, amount, reason):
        refund_id = f"P{len(self.answers) + 1}"
        self.answers[refund_id] = RefundPending(refund_id)
        return self.answers[refund_id]
