"""Something to settle, and who remembers what was decided."""

from dataclasses import dataclass, field, replace

from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, RefundKind
from tests.fakes.charges import SHOWN

A_REFUND = Refund(
    1, "HSG1-2507120087-K7QX-R1", 87, RefundKind.CANCEL, Money(4250, "USD"), "Returned",
    "HSG1", 1, 1, 3, SHOWN,
)  # fmt: skip


@dataclass
class FakeSettling:
    """Has one matter, or none; what is recorded changes the charge or raises `trouble`."""

    matter: object = None
    trouble: Exception | None = None
    recorded: list = field(default_factory=list)
    after: object = None

    def matters(self, charge_id):
        return (self.matter,) if self.matter else ()

    def settle_charge(self, *asked):
        return self._record("charge", asked)

    def see(self, *asked):
        return self._record("seen", asked)

    def settle(self, *asked):
        return self._record("refund", asked)

    def settle_return(self, *asked):
        return self._record("return", asked)

    def _record(self, what, asked):
        if self.trouble is not None:
            raise self.trouble
        self.recorded.append((what, *asked))
        return self.after or self._decided(what, asked)

    def _decided(self, what, asked):
        """What the services give back: the charge or refund with this decision on it."""
        if what == "seen":
            return self.matter.charge
        if what == "charge":
            note, manager = asked[2], asked[4]
            return replace(self.matter.charge, decision_note=note, decided_by=manager)
        note, manager = asked[2], asked[3]
        return replace(self.matter.refund or A_REFUND, note=note, decided_by=manager)
