"""Refunds in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, func, insert, select, update

from pos_app.domain.charges import Charge
from pos_app.domain.errors import RefundTooMuchError
from pos_app.domain.money import Money
from pos_app.domain.references import refund_reference
from pos_app.domain.refunds import UNANSWERED, Decision, Refund, RefundStatus
from pos_app.storage.charges import Charges
from pos_app.storage.tables import IS_REFUND_OPEN, refunds

_PLAIN = tuple(f.name for f in fields(Refund) if f.name not in {"id", "amount"})
"""Fields of a refund that are a column of the same name."""
_NEVER_CHANGES = {"id", "reference", "charge_id", "kind", "amount", "requested_at"}

_REFUND: Select[Any] = select(
    refunds.c.id,
    refunds.c.amount_minor,
    refunds.c.amount_currency,
    *(refunds.c[name] for name in _PLAIN),
)
_BY_ID = _REFUND.where(refunds.c.id == bindparam("key"))
_OF_CHARGE = _REFUND.where(refunds.c.charge_id == bindparam("key")).order_by(refunds.c.id)
_CHARGE_OF = select(refunds.c.charge_id).where(refunds.c.id == bindparam("key"))
_INSERT = insert(refunds).returning(refunds.c.id)

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

    def __init__(self, connection: Connection, charges: Charges) -> None:
        self._connection = connection
        self._charges = charges
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
        self._require_lock(charge.id)
        sums = self.sums(charge.id)
        left = charge.amount.minor - sums.refunded_minor - sums.held_back_minor
        if refund.amount.minor > left:
            raise RefundTooMuchError(charge.short_reference, max(left, 0))
        named = replace(refund, reference=refund_reference(charge.reference, sums.count + 1))
        key = self._connection.execute(_INSERT, _columns(named)).scalar_one()
        added = replace(named, id=key)
        self._held[key] = added
        return added

    def get(self, refund_id: int) -> Refund:
        """Return a refund as it is on disk.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        row = self._connection.execute(_BY_ID, {"key": refund_id}).first()
        if row is None:
            raise KeyError(f"no refund {refund_id}")
        return _refund(row)

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
            update(refunds).where(refunds.c.id == refund.id).values(_columns(refund))
        )
        self._held[refund.id] = refund

    def of_charge(self, charge_id: int) -> tuple[Refund, ...]:
        """Return the refunds of a charge, newest last."""
        return tuple(map(_refund, self._connection.execute(_OF_CHARGE, {"key": charge_id})))

    def unanswered(self) -> tuple[Refund, ...]:
        """Return the refunds without a final answer that no manager has settled, oldest first."""
        query = _REFUND.where(IS_REFUND_OPEN).order_by(refunds.c.id)
        found = map(_refund, self._connection.execute(query))
        return tuple(refund for refund in found if not refund.is_decided)

    def sums(self, charge_id: int) -> RefundSums:
        """Return what of a charge is refunded and held back; under its lock they stand still."""
        count, refunded, held_back = self._connection.execute(_SUMS, {"key": charge_id}).one()
        return RefundSums(count, int(refunded or 0), int(held_back or 0))

    def _require_lock(self, charge_id: int) -> None:
        if not self._charges.is_held(charge_id):
            raise RuntimeError(f"charge {charge_id} is refunded without having been locked")


def _columns(refund: Refund) -> dict[str, Any]:
    amount = {
        "amount_minor": refund.amount.minor,
        "amount_currency": refund.amount.currency,
    }
    return amount | {name: getattr(refund, name) for name in _PLAIN}


def _refund(row: Sequence[Any]) -> Refund:
    key, minor, currency, *plain = row
    return Refund(id=key, amount=Money(minor, currency), **dict(zip(_PLAIN, plain, strict=True)))
