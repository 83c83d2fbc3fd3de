"""Which credentials the ledger's charges still need, of those that they were made with."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.credentials import CredentialsUse
from pos_app.storage.charge_rows import ids_living, ids_worth_watching
from pos_app.storage.history_tables import history
from pos_app.storage.tables import IS_PAID, charges, refunds


class Credentials:
    """The credentials of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def needed(self, gateway_id: str, now: datetime) -> tuple[CredentialsUse, ...]:
        """Return the names that charges of this gateway need, newest charge first.

        Reads the open charges and, in their index, the paid ones of this gateway, less those
        whose refunds have sent everything back.
        """
        is_open = or_(charges.c.id.in_(ids_living()), charges.c.id.in_(ids_worth_watching(now)))
        is_unpaid = charges.c.status != ChargeStatus.PAID
        open_ones = self._counts(gateway_id, is_open, is_unpaid)
        paid_ones = self._counts(gateway_id, IS_PAID, charges.c.id.not_in(_wholly_returned()))
        newest: Counter[str] = Counter()
        for counts in (open_ones, paid_ones):
            for name, (_, newest_id) in counts.items():
                newest[name] = max(newest[name], newest_id)
        return tuple(
            CredentialsUse(
                name,
                open_ones.get(name, (0, 0))[0],
                paid_ones.get(name, (0, 0))[0],
                self._reference(charge_id),
            )
            for name, charge_id in newest.most_common()
        )

    def use_of(self, gateway_id: str, name: str, now: datetime) -> CredentialsUse:
        """Return what these credentials are needed for."""
        found = (one for one in self.needed(gateway_id, now) if one.name == name)
        return next(found, CredentialsUse(name))

    def _counts(self, gateway_id: str, *conditions: Any) -> dict[str, tuple[int, int]]:
        """Return how many charges there are by name, and the newest one's id."""
        query = (
            select(charges.c.credentials, func.count(), func.max(charges.c.id))
            .where(*conditions, charges.c.gateway == gateway_id, charges.c.credentials != "")
            .group_by(charges.c.credentials)
        )
        return {name: (count, key) for name, count, key in self._connection.execute(query)}

    def _reference(self, charge_id: int) -> str:
        query = select(charges.c.reference).where(charges.c.id == charge_id)
        return str(self._connection.execute(query).scalar_one())


def _wholly_returned() -> Select[Any]:
    return (
        select(refunds.c.charge_id)
        .join(history, history.c.charge_id == refunds.c.charge_id)
        .where(history.c.refunded_minor >= history.c.amount_minor)
    )
