"""Between a charge and its row: which columns hold what, and which rows a question means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from pos_app.domain.charges import Attention, Charge, ChargeDecision, ChargeStatus
from pos_app.domain.money import Money
from pos_app.domain.refunds import UNANSWERED, Decision, RefundKind, RefundStatus
from pos_app.storage.tables import (
    IS_LIVING,
    IS_REFUND_OPEN,
    IS_UNANSWERED,
    IS_UNKNOWN,
    attentions,
    charges,
    refunds,
)

WATCHED_AFTER_CLOSING = timedelta(days=8)
"""Late money is looked for daily for seven days (promise 6); the eighth lets the last one end."""

_MAY_PAY_LATE = (ChargeStatus.DECLINED, ChargeStatus.EXPIRED, ChargeStatus.CANCELLED)
"""Closed after the gateway had accepted it; a refused one nobody can have paid."""

IS_UNDECIDED = or_(
    charges.c.decision.is_(None), charges.c.decision == ChargeDecision.STILL_NOT_KNOWN
)
"""No manager has said by hand whether it was paid."""

IS_REFUND_WATCHED = and_(IS_REFUND_OPEN, refunds.c.watch_ended_at.is_(None))
"""The gateway is asked about a refund by itself (`Refund.is_watched`)."""

_COMPOSED = {"amount", "received", "tip", "attention"}
_PLAIN = tuple(f.name for f in fields(Charge) if f.name not in {*_COMPOSED, "id"})
"""Fields of a charge that are a column of the same name."""

_OPEN_KINDS = (
    select(func.aggregate_strings(attentions.c.kind, ","))
    .where(attentions.c.charge_id == charges.c.id, IS_UNANSWERED)
    .scalar_subquery()
)
CHARGE: Select[Any] = select(
    charges.c.id,
    charges.c.amount_minor,
    charges.c.amount_currency,
    charges.c.received_minor,
    charges.c.received_currency,
    charges.c.tip_minor,
    _OPEN_KINDS.label("kinds"),
    *(charges.c[name] for name in _PLAIN),
)
"""All that `charge_of` needs of a charge; callers add their conditions."""


def charge_of(row: Sequence[Any]) -> Charge:
    """Build the charge of a row selected by `CHARGE`."""
    key, minor, currency, received, received_currency, tip, kinds, *plain = row
    return Charge(
        id=key,
        amount=Money(minor, currency),
        received=None if received is None else Money(received, received_currency),
        tip=None if tip is None else Money(tip, currency),
        attention=frozenset(map(Attention, kinds.split(","))) if kinds else frozenset(),
        **dict(zip(_PLAIN, plain, strict=True)),
    )


def all_columns(charge: Charge) -> dict[str, Any]:
    """Return every column of a new row for `charge`, without its id."""
    columns = {name: getattr(charge, name) for name in _PLAIN}
    columns["tip_minor"] = charge.tip.minor if charge.tip else None
    return columns | _money_columns("amount", charge.amount) | _received(charge)


def changed_columns(before: Charge, after: Charge) -> dict[str, Any]:
    """Return the columns in which `after` differs.

    Raises:
        ValueError: amount or tip differ: another amount is another charge (promise 2).
    """
    fixed = (before.amount, before.tip, before.reference)
    if (after.amount, after.tip, after.reference) != fixed:
        raise ValueError(f"{before.reference} cannot become another charge")
    changed = {
        name: value for name in _PLAIN if (value := getattr(after, name)) != getattr(before, name)
    }
    return changed if after.received == before.received else changed | _received(after)


@lru_cache(maxsize=256)
def update_of(columns: tuple[str, ...]) -> Update:
    """Return the statement that sets `columns` of the charge "key"."""
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    return update(charges).where(charges.c.id == bindparam("key")).values(values)


def ids_needing_answer() -> Any:
    """Select the ids of the charges on the "needs an answer" list; duplicates are possible."""
    return (
        select(charges.c.id)
        .where(IS_UNKNOWN, IS_UNDECIDED)
        .union(select(attentions.c.charge_id).where(IS_UNANSWERED))
    )


def ids_living() -> Select[Any]:
    """Select the ids of the charges that may still take money; the index holds only those."""
    return select(charges.c.id).where(IS_LIVING)


def ids_worth_watching(now: datetime) -> Any:
    """Select the ids of the charges that the gateway should still be asked about."""
    handed_over = exists().where(
        attentions.c.charge_id == charges.c.id, attentions.c.kind == Attention.WATCH_ENDED
    )
    is_recent = charges.c.created_at >= now - WATCHED_AFTER_CLOSING
    living = ids_living().where(~handed_over, or_(is_recent, IS_UNDECIDED))
    closed = select(charges.c.id).where(
        charges.c.closed_at >= now - WATCHED_AFTER_CLOSING,
        charges.c.status.in_(_MAY_PAY_LATE),
        charges.c.not_sent_at.is_(None),
    )
    in_doubt = select(attentions.c.charge_id).where(
        attentions.c.kind == Attention.MAYBE_RETURNED, IS_UNANSWERED
    )
    going_back = select(refunds.c.charge_id).where(IS_REFUND_WATCHED)
    return union_all(living, closed, in_doubt, going_back)


def is_returned() -> Any:
    """Tell of a charge whether its cancel has sent the whole back, or a manager says so."""
    is_settled_so = and_(
        refunds.c.status.in_(sorted(UNANSWERED)), refunds.c.decision == Decision.WENT_OUT
    )
    return exists().where(
        refunds.c.charge_id == charges.c.id,
        refunds.c.kind == RefundKind.CANCEL,
        or_(refunds.c.status == RefundStatus.DONE, is_settled_so),
    )


def _money_columns(name: str, amount: Money | None) -> dict[str, Any]:
    if amount is None:
        return {f"{name}_minor": None, f"{name}_currency": None}
    return {f"{name}_minor": amount.minor, f"{name}_currency": amount.currency}


def _received(charge: Charge) -> dict[str, Any]:
    return _money_columns("received", charge.received)
