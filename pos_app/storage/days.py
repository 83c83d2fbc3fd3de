"""What of a day is compared with the gateways' books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from pos_app.storage.tables import charges, refunds, tills

_AT_ONCE = 500
"""References in one question: SQLite takes no more than some thousand values."""


@dataclass(frozen=True, slots=True)
class ChargeKey:
    """By what a charge is found in a gateway's list, and in whose."""

    id: int
    reference: str
    transaction_id: str | None
    gateway: str
    credentials: str


class Days:
    """The days of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def charges(self, since: datetime, until: datetime) -> tuple[ChargeKey, ...]:
        """Return the charges of all tills that were made, or asked to be refunded, in that time.

        Args:
            since: aware UTC, itself included.
            until: aware UTC, not included.

        Returns:
            Oldest first.
        """
        was_refunded = select(refunds.c.charge_id).where(
            refunds.c.requested_at >= since, refunds.c.requested_at < until
        )
        was_made = (charges.c.created_at >= since) & (charges.c.created_at < until)
        query = select(
            charges.c.id,
            charges.c.reference,
            charges.c.transaction_id,
            charges.c.gateway,
            charges.c.credentials,
        ).where(or_(was_made, charges.c.id.in_(was_refunded)))
        rows = self._connection.execute(query.order_by(charges.c.id))
        return tuple(ChargeKey(*row) for row in rows)

    def known(self, references: Sequence[str]) -> frozenset[str]:
        """Return those of `references` that charges of this ledger have."""
        found: set[str] = set()
        for start in range(0, len(references), _AT_ONCE):
            some = references[start : start + _AT_ONCE]
            query = select(charges.c.reference).where(charges.c.reference.in_(some))
            found.update(self._connection.execute(query).scalars())
        return frozenset(found)

    def till_codes(self) -> frozenset[str]:
        """Return the codes of the tills that have sold on this ledger."""
        return frozenset(self._connection.execute(select(tills.c.code)).scalars())
