"""Between a refund and its row: which columns hold what, and the refunds of a charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund
from pos_app.storage.tables import refunds

_PLAIN = tuple(f.name for f in fields(Refund) if f.name not in {"id", "amount"})
"""Fields of a refund that are a column of the same name."""

REFUND: Select[Any] = select(
    refunds.c.id,
    refunds.c.amount_minor,
    refunds.c.amount_currency,
    *(refunds.c[name] for name in _PLAIN),
)
"""All that `refund_of` needs of a refund; callers add their conditions."""
_OF_CHARGE = REFUND.where(refunds.c.charge_id == bindparam("key")).order_by(refunds.c.id)


def refund_of(row: Sequence[Any]) -> Refund:
    """Build the refund of a row selected by `REFUND`."""
    key, minor, currency, *plain = row
    return Refund(id=key, amount=Money(minor, currency), **dict(zip(_PLAIN, plain, strict=True)))


def refund_columns(refund: Refund) -> dict[str, Any]:
    """Return every column of a row for `refund`, without its id."""
    amount = {
        "amount_minor": refund.amount.minor,
        "amount_currency": refund.amount.currency,
    }
    return amount | {name: getattr(refund, name) for name in _PLAIN}


def refunds_of(connection: Connection, charge_id: int) -> tuple[Refund, ...]:
    """Return the refunds of a charge, newest last."""
    return tuple(map(refund_of, connection.execute(_OF_CHARGE, {"key": charge_id})))
