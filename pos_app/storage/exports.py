"""Rows for other programs, with column names that stay (design.md, section 7).

Columns may be added at the end of a tuple, never renamed, moved or dropped. Amounts come twice:
in minor units and as plain decimals. Instants are ISO 8601 in UTC. Empty is None. Contacts,
notes, PINs and codes are never exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Row, Select, func, select

from pos_app.domain.history import HistoryFilter
from pos_app.domain.money import Money
from pos_app.storage.history import ids_meeting
from pos_app.storage.streaming import in_batches
from pos_app.storage.tables import (
    IS_UNANSWERED,
    attentions,
    charges,
    journal,
    people,
    refunds,
    shifts,
)

Cell: TypeAlias = str | int | None
ExportRow: TypeAlias = tuple[Cell, ...]

CHARGE_COLUMNS = (
    "id", "reference", "sale_id", "till_code", "shift_id", "cashier_id", "cashier", "method",
    "status", "amount_minor", "amount", "currency", "received_minor", "received",
    "received_currency", "gateway", "credentials", "gateway_id", "transaction_id",
    "gateway_time", "created_at", "paid_at", "closed_at", "refusal", "unknown_reason",
    "attention", "decision", "decided_by", "decided_by_name", "decided_at", "tip_minor", "tip",
)  # fmt: skip
"""`attention`: what nobody has answered yet, separated by commas, in alphabetical order.
`decision`: what a manager settled by hand beside the status; notes stay in the ledger. `tip`: the
part of `amount` that is a tip, empty where there is none."""

REFUND_COLUMNS = (
    "id", "reference", "charge_id", "charge_reference", "kind", "method", "status",
    "amount_minor", "amount", "currency", "gateway", "gateway_id", "till_code", "shift_id",
    "asked_by", "asked_by_name", "approved_by", "approved_by_name", "requested_at",
    "answered_at", "refusal", "refusal_text", "decision", "decided_by", "decided_by_name",
    "decided_at",
)  # fmt: skip
"""`kind`: "refund", or "cancel" of a paid charge over its whole amount. `decision`: what a manager
settled by hand beside the status. Reasons and notes are free texts and stay in the ledger."""

JOURNAL_COLUMNS = (
    "writer", "number", "at", "kind", "subject", "who", "body", "previous", "hash",
)  # fmt: skip
"""`body`: the exact JSON text that was hashed."""

SHIFT_COLUMNS = (
    "id", "till_code", "number", "opened_at", "opened_by", "opened_by_name", "closed_at",
)  # fmt: skip

_SHOWN_OF_CHARGES = {*CHARGE_COLUMNS, "amount_currency"}
"""Columns of the table; reading all of them would take half as long again."""
_OPEN_KINDS = (
    select(func.aggregate_strings(attentions.c.kind, ","))
    .where(attentions.c.charge_id == charges.c.id, IS_UNANSWERED)
    .scalar_subquery()
    .label("kinds")
)


_ASKER, _APPROVER, _DECIDER = (people.alias(name) for name in ("asker", "approver", "decider"))
_CHARGE = (
    select(
        *(column for column in charges.c if column.name in _SHOWN_OF_CHARGES),
        people.c.name.label("cashier"),
        _DECIDER.c.name.label("decided_by_name"),
        _OPEN_KINDS,
    )
    .join(people, people.c.id == charges.c.cashier_id)
    .outerjoin(_DECIDER, _DECIDER.c.id == charges.c.decided_by)
    .order_by(charges.c.id)
)
_REFUND = (
    select(
        refunds,
        charges.c.reference.label("charge_reference"),
        charges.c.method,
        charges.c.gateway,
        _ASKER.c.name.label("asked_by_name"),
        _APPROVER.c.name.label("approved_by_name"),
        _DECIDER.c.name.label("decided_by_name"),
    )
    .join(charges, charges.c.id == refunds.c.charge_id)
    .join(_ASKER, _ASKER.c.id == refunds.c.asked_by)
    .join(_APPROVER, _APPROVER.c.id == refunds.c.approved_by)
    .outerjoin(_DECIDER, _DECIDER.c.id == refunds.c.decided_by)
    .order_by(refunds.c.id)
)


class Exports:
    """The exports of one unit of work: iterators over rows, oldest first, at flat memory.

    `since` and `until` are aware UTC; since is included, until is not; None means no bound. The
    rows are those of one instant, and can be read only while the unit is open.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def charges(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[ExportRow]:
        """Yield rows of `CHARGE_COLUMNS`, bounded by when the charge was made."""
        query = _between(_CHARGE, charges.c.created_at, since, until)
        return self._rows(query, _charge_cells)

    def history(self, wanted: HistoryFilter) -> Iterator[ExportRow]:
        """Yield rows of `CHARGE_COLUMNS` for the past payments that meet a filter."""
        return self._rows(_CHARGE.where(charges.c.id.in_(ids_meeting(wanted))), _charge_cells)

    def refunds(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[ExportRow]:
        """Yield rows of `REFUND_COLUMNS`, bounded by when the refund was asked for."""
        query = _between(_REFUND, refunds.c.requested_at, since, until)
        return self._rows(query, _refund_cells)

    def journal(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[ExportRow]:
        """Yield rows of `JOURNAL_COLUMNS`, bounded by the entry's instant."""
        query = select(*(journal.c[name] for name in JOURNAL_COLUMNS)).order_by(journal.c.id)
        return self._rows(_between(query, journal.c.at, since, until), _plain_cells)

    def shifts(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[ExportRow]:
        """Yield rows of `SHIFT_COLUMNS`, bounded by when the shift was opened."""
        query = (
            select(
                shifts.c.id,
                shifts.c.till_code,
                shifts.c.number,
                shifts.c.opened_at,
                shifts.c.opened_by,
                people.c.name,
                shifts.c.closed_at,
            )
            .join(people, people.c.id == shifts.c.opened_by)
            .order_by(shifts.c.id)
        )
        return self._rows(_between(query, shifts.c.opened_at, since, until), _plain_cells)

    def _rows(
        self, query: Select[Any], cells: Callable[[Row[Any]], ExportRow]
    ) -> Iterator[ExportRow]:
        return (cells(row) for row in in_batches(self._connection, query))


def _between(
    query: Select[Any], at: Column[datetime], since: datetime | None, until: datetime | None
) -> Select[Any]:
    if since is not None:
        query = query.where(at >= since)
    if until is not None:
        query = query.where(at < until)
    return query


def _plain_cells(row: Row[Any]) -> ExportRow:
    return tuple(_text(value) if isinstance(value, datetime) else value for value in row)


def _charge_cells(row: Row[Any]) -> ExportRow:
    return (
        row.id,
        row.reference,
        row.sale_id,
        row.till_code,
        row.shift_id,
        row.cashier_id,
        row.cashier,
        row.method.value,
        row.status.value,
        row.amount_minor,
        Money(row.amount_minor, row.amount_currency).plain,
        row.amount_currency,
        row.received_minor,
        _plain(row.received_minor, row.received_currency),
        row.received_currency,
        row.gateway,
        row.credentials,
        row.gateway_id,
        row.transaction_id,
        row.gateway_time or None,
        _text(row.created_at),
        _text(row.paid_at),
        _text(row.closed_at),
        row.refusal or None,
        row.unknown_reason.value if row.unknown_reason else None,
        ",".join(sorted(row.kinds.split(","))) if row.kinds else None,
        row.decision.value if row.decision else None,
        row.decided_by,
        row.decided_by_name,
        _text(row.decided_at),
        row.tip_minor,
        _plain(row.tip_minor, row.amount_currency if row.tip_minor else None),
    )


def _refund_cells(row: Row[Any]) -> ExportRow:
    amount = Money(row.amount_minor, row.amount_currency).plain
    return (
        row.id,
        row.reference,
        row.charge_id,
        row.charge_reference,
        row.kind.value,
        row.method.value,
        row.status.value,
        row.amount_minor,
        amount,
        row.amount_currency,
        row.gateway,
        row.gateway_id,
        row.till_code,
        row.shift_id,
        row.asked_by,
        row.asked_by_name,
        row.approved_by,
        row.approved_by_name,
        _text(row.requested_at),
        _text(row.answered_at),
        row.refusal.value if row.refusal else None,
        row.refusal_text or None,
        row.decision.value if row.decision else None,
        row.decided_by,
        row.decided_by_name,
        _text(row.decided_at),
    )


def _plain(minor: int | None, currency: str | None) -> str | None:
    return None if minor is None or currency is None else Money(minor, currency).plain


def _text(at: datetime | None) -> str | None:
    """Return "2026-07-12T10:21:33.123456Z"."""
    return None if at is None else at.isoformat(timespec="microseconds").replace("+00:00", "Z")
