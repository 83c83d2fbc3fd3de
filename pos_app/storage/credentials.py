"""Which credentials the ledger's charges were made with, and which of them are still needed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from pos_app.domain.charges import LIVING, ChargeStatus
from pos_app.domain.credentials import CredentialsUse
from pos_app.storage.charge_rows import ids_worth_watching
from pos_app.storage.history_tables import history
from pos_app.storage.tables import charges, refunds


class Credentials:
    """The credentials of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_gateway(self, gateway_id: str, now: datetime) -> tuple[CredentialsUse, ...]:
        """Return every name that charges of this gateway were made with, newest first.

        Reads an index over all its charges.
        """
        is_paid = charges.c.status == ChargeStatus.PAID
        is_refundable = and_(is_paid, charges.c.id.not_in(_wholly_returned()))
        is_watched = and_(~is_paid, charges.c.id.in_(ids_worth_watching(now)))
        is_open = or_(charges.c.status.in_(sorted(LIVING)), is_watched)
        counted = (
            select(
                charges.c.credentials,
                _count(is_open).label("open_count"),
                _count(is_refundable).label("refundable_count"),
                func.max(case((or_(is_open, is_refundable), charges.c.id))).label("newest"),
                func.max(charges.c.id).label("last"),
            )
            .where(charges.c.gateway == gateway_id, charges.c.credentials != "")
            .group_by(charges.c.credentials)
            .subquery()
        )
        query = (
            select(
                counted.c.credentials,
                counted.c.open_count,
                counted.c.refundable_count,
                func.coalesce(charges.c.reference, ""),
            )
            .select_from(counted.outerjoin(charges, charges.c.id == counted.c.newest))
            .order_by(counted.c.last.desc())
        )
        return tuple(CredentialsUse(*row) for row in self._connection.execute(query))

    def use_of(self, gateway_id: str, name: str, now: datetime) -> CredentialsUse:
        """Return what these credentials are needed for."""
        found = (one for one in self.of_gateway(gateway_id, now) if one.name == name)
        return next(found, CredentialsUse(name))


def _count(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _wholly_returned() -> Any:
    return (
        select(refunds.c.charge_id)
        .join(history, history.c.charge_id == refunds.c.charge_id)
        .where(history.c.refunded_minor >= history.c.amount_minor)
    )
