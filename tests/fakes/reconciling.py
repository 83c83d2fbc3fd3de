"""Comparing with a gateway, without one: reports as a test wants them."""

from dataclasses import dataclass, field
from datetime import date

from pos_app.domain.money import Money
from pos_app.domain.reconciliation import Difference, DifferenceKind, DifferenceOutcome, Report

K, O = DifferenceKind, DifferenceOutcome  # noqa: E741
DAY = date(2025, 7, 12)
REFERENCE = "HSG1-2507120087-K7QX"
PART, WHOLE = Money(1250, "USD"), Money(4250, "USD")
FOUND = Difference(
    K.REFUND_DONE_THERE, O.REPAIRED, REFERENCE, 87, f"{REFERENCE}-R1", PART, PART
)  # fmt: skip
UNKNOWN = Difference(
    K.REFUND_UNKNOWN, O.NEEDS_PERSON, "HSG1-2507120083-ABCD", 83, "HSG1-2507120083-ABCD-R2", PART
)
MORE = Difference(
    K.MORE_REFUNDED_THERE, O.NEEDS_PERSON, "HSG1-2507120086-ABCD", 86, "", Money(0, "USD"), PART
)
STRANGE = Difference(K.UNKNOWN_REFERENCE, O.NEEDS_PERSON, "INV-2025-0000017", there=WHOLE)
BEHIND = Difference(
    K.LESS_REFUNDED_THERE, O.OPEN, "HSG1-2507120085-ABCD", 85, "", WHOLE, Money(0, "USD")
)


def report(*differences, charges=143, not_compared=0, has_list=True):
    return Report(DAY, charges, not_compared, has_list, differences)


EVERY_KIND = report(
    *(
        Difference(kind, outcome, f"HSG1-25071200{number:02}-ABCD", number, "", WHOLE, PART)
        for number, (kind, outcome) in enumerate(zip(K, [*O] * 4, strict=False))
    )
)


@dataclass
class FakeReconciliation:
    """Brings `report`, or raises `trouble`, after telling of each of `steps`."""

    report: Report = field(default_factory=report)
    trouble: Exception | None = None
    steps: tuple = ((0, 143), (34, 143))
    asked: list = field(default_factory=list)
    went_on: list = field(default_factory=list)

    def reconcile(self, day, person_id, progress):
        self.asked.append((day, person_id))
        self.went_on = [progress(done, total) for done, total in self.steps]
        if self.trouble is not None:
            raise self.trouble
        return self.report
