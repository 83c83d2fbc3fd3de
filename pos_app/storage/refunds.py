"""Refunds in the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, func, insert, select, update

from pos_app.domain.charges import Charge
from pos_app.domain.errors import RefundTooMuchError
from pos_app.domain.references import refund_reference
from pos_app.domain.refunds import UNANSWERED, Decision, Refund, RefundStatus
from pos_app.storage.charge_rows import IS_REFUND_WATCHED
from pos_app.storage.charges import Charges
from pos_app.storage.history_lines import HistoryLines
from pos_app.storage.refund_rows import REFUND, refund_columns, refund_of, refunds_of
from pos_app.storage.tables import IS_REFUND_OPEN, about, refunds

_NEVER_CHANGES = {"id", "reference", "charge_id", "kind", "amount", "requested_at"}

_BY_ID = REFUND.where(refunds.c.id == bindparam("key"))
_CHARGE_OF = select(refunds.c.charge_id).where(refunds.c.id == bindparam("key"))
_INSERT = insert(refunds).returning(refunds.c.id)

NUMBERED_FROM = "refunds_from"
"""Row of `about`: after a restore the numbers of refunds begin there, so that none comes again."""
_NUMBERED_FROM = select(about.c.value).where(about.c.name == NUMBERED_FROM)

_is_open = refunds.c.status.in_(sorted(UNANSWERED))
_went_out = and_(_is_open, func.coalesce(refunds.c.decision == Decision.WENT_OUT, False))
_is_free = func.coalesce(refunds.c.decision == Decision.DID_NOT_GO_OUT, False)
_SUMS = select(
    func.count(),
    func.sum(
        case((refunds.c.status == RefundStatus.DONE, refunds.c.amount_minor),
             (_went_out, refunds.c.amount_minor), else_=0)
    ),
    func.sum(case((and_(_is_open, ~_went_out, ~_is_free), refunds.c.amount_minor), else_=0)),
).where(refunds.c.charge_id == bindparam("key"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefundSums:
    """What of a charge has gone back or may have.

    Attributes:
        count: how many refunds it has, refused ones among them.
        refunded_minor, held_back_minor: minor units of the charge's currency, never negative.
    """

    count: int
    refunded_minor: int
    held_back_minor: int


class Refunds:
    """The refunds of one unit of work.

    Whatever adds or changes one holds the lock of its charge, so that sums over the charge stand
    still meanwhile (design.md, promise 5).
    """

    def __init__(self, connection: Connection, charges: Charges, lines: HistoryLines) -> None:
        self._connection = connection
        self._charges = charges
        self._lines = lines
        self._held: dict[int, Refund] = {}

    def add(self, refund: Refund, charge: Charge) -> Refund:
        """Record the intent of a refund and return it with its id and reference.

        Args:
            refund: with id 0 and no reference.
            charge: its charge, as this unit has locked it.

        Raises:
            RefundTooMuchError: with it, more would go back than was received.
            RuntimeError: this unit does not hold the charge: a bug.
        """
        held = self._charges.held(charge.id)
        sums = self.sums(charge.id)
        left = charge.amount.minor - sums.refunded_minor - sums.held_back_minor
        if refund.amount.minor > left:
            raise RefundTooMuchError(charge.short_reference, max(left, 0))
        number = int(self._connection.execute(_NUMBERED_FROM).scalar() or 0) + sums.count + 1
        named = replace(refund, reference=refund_reference(charge.reference, number))
        key = self._connection.execute(_INSERT, refund_columns(named)).scalar_one()
        added = replace(named, id=key)
        self._held[key] = added
        self._lines.follow(held)
        return added

    def get(self, refund_id: int) -> Refund:
        """Return a refund as it is on disk.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        row = self._connection.execute(_BY_ID, {"key": refund_id}).first()
        if row is None:
            raise KeyError(f"no refund {refund_id}")
        return refund_of(row)

    def lock(self, refund_id: int) -> Refund:
        """Lock the refund's charge, and return the refund as it is on disk then.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        charge_id = self._connection.execute(_CHARGE_OF, {"key": refund_id}).scalar()
        if charge_id is None:
            raise KeyError(f"no refund {refund_id}")
        self._charges.lock(charge_id)
        refund = self.get(refund_id)
        self._held[refund_id] = refund
        return refund

    def save(self, refund: Refund) -> None:
        """Write what changed of a refund that this unit has added or locked.

        Raises:
            RuntimeError: this unit does not hold it: a bug.
            ValueError: it has become another refund, or another amount: a bug.
        """
        before = self._held.get(refund.id)
        if before is None:
            raise RuntimeError(f"refund {refund.id} is saved without having been locked")
        if any(getattr(refund, name) != getattr(before, name) for name in _NEVER_CHANGES):
            raise ValueError(f"{before.reference} cannot become another refund")
        self._connection.execute(
            update(refunds).where(refunds.c.id == refund.id).values(refund_columns(refund))
        )
        self._held[refund.id] = refund
        self._lines.follow(self._charges.held(refund.charge_id))

    def of_charge(self, charge_id: int) -> tuple[Refund, ...]:
        """Return the refunds of a charge, newest last."""
        return refunds_of(self._connection, charge_id)

    def unanswered(self) -> tuple[Refund, ...]:
        """Return the refunds without a final answer that no manager has settled, oldest first."""
        query = REFUND.where(IS_REFUND_OPEN).order_by(refunds.c.id)
        found = map(refund_of, self._connection.execute(query))
        return tuple(refund for refund in found if not refund.is_decided)

    def watched(self) -> tuple[Refund, ...]:
        """Return the refunds that are asked about by themselves, of all tills, oldest first."""
        query = REFUND.where(IS_REFUND_WATCHED).order_by(refunds.c.id)
        return tuple(map(refund_of, self._connection.execute(query)))

    def note_asked(self, charge_id: int, at: datetime) -> None:
        """Keep when the watched refunds of a charge were asked about; no change of the known."""
        self._connection.execute(
            update(refunds)
            .where(refunds.c.charge_id == charge_id, IS_REFUND_WATCHED)
            .values(asked_at=at)
        )

    def sums(self, charge_id: int) -> RefundSums:
        """Return what of a charge is refunded and held back; under its lock they stand still."""
        count, refunded, held_back = self._connection.execute(_SUMS, {"key": charge_id}).one()
        return RefundSums(count, int(refunded or 0), int(held_back or 0))
