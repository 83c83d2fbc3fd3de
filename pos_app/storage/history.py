"""Past payments in the ledger, newest first: pages, counts and sums that stay quick over millions.

A page is found by its keys alone, from as many indices as the filter needs, and only its own
lines are read. What counts or sums reads an index from end to end where the filter leaves much:
a quarter of a second for a million payments, so the page must not wait for it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    case,
    func,
    select,
    tuple_,
    type_coerce,
)

from pos_app.domain.history import (
    RECEIVED,
    HistoryFilter,
    HistoryRow,
    HistoryStatus,
    HistoryTotals,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.references import short_reference
from pos_app.storage.history_search import Alternative, Way, alternatives, any_of
from pos_app.storage.history_tables import IS_NEEDING, history, history_words
from pos_app.storage.streaming import in_batches
from pos_app.storage.tables import IS_CALLED_PAID, charges, people, sales
from pos_app.storage.types import to_microseconds

Key: TypeAlias = tuple[int, int]
"""When the payment was made, in microseconds since 1970, and its id: the order of the list."""
Condition: TypeAlias = ColumnElement[bool]

_AT: ColumnElement[int] = type_coerce(history.c.created_at, BigInteger)
_SORTED_AT = _AT + 0
"""The same instant, but no index has it in order: what is few is found first, then sorted."""
_WORD_AT = type_coerce(history_words.c.created_at, BigInteger) + 0
_IS_ITS_WORD = history.c.charge_id == history_words.c.charge_id
_STATUS, _METHOD = (
    type_coerce(column, String).concat("") for column in (history.c.status, history.c.method)
)
"""The same texts, but no index has them: another one is better."""

_LINE = (
    select(
        history.c.charge_id,
        history.c.created_at,
        history.c.reference,
        history.c.method,
        history.c.currency,
        history.c.amount_minor,
        history.c.refunded_minor,
        history.c.status,
        history.c.needs_answer,
        people.c.name,
        sales.c.note,
    )
    .join(charges, charges.c.id == history.c.charge_id)
    .join(sales, sales.c.id == charges.c.sale_id)
    .join(people, people.c.id == charges.c.cashier_id)
)
_RECEIVED_MINOR = case((history.c.status.in_(sorted(RECEIVED)), history.c.amount_minor), else_=0)
_SUMS = select(
    history.c.currency,
    func.count(),
    func.sum(_RECEIVED_MINOR),
    func.sum(history.c.refunded_minor),
).group_by(history.c.currency)

_SETTLED = select(history.c.currency, func.sum(history.c.amount_minor)).group_by(
    history.c.currency
)


@dataclass(frozen=True, slots=True)
class _Way:
    """One index to go along, newest first.

    Attributes:
        conditions: what is met along it.
        at: when a payment was made.
        charge_id: its id.
        source: what is read.
    """

    conditions: tuple[Any, ...]
    at: ColumnElement[int] = _AT
    charge_id: ColumnElement[int] = history.c.charge_id
    source: FromClause = history


class History:
    """The past payments as one unit of work sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, wanted: HistoryFilter, before: int | None, skip: int, limit: int
    ) -> tuple[HistoryRow, ...]:
        """Return lines, newest first; see `services.history.History.page`.

        Raises:
            KeyError: `before` is no payment: a bug.
        """
        start = None if before is None else self._key_of(before)
        ways = list(self._ways(wanted))
        if len(ways) == 1:
            return self._lines(self._keys(ways[0], start, limit, skip))
        found = [self._keys(way, start, skip + limit) for way in ways]
        return self._lines(islice(_merged(found), skip, skip + limit))

    def row(self, charge_id: int, wanted: HistoryFilter) -> HistoryRow | None:
        """Return one payment's line, if it meets the filter."""
        query = _LINE.where(history.c.charge_id == charge_id, *_meeting(wanted))
        found = self._connection.execute(query).first()
        return None if found is None else _row(found)

    def count(self, wanted: HistoryFilter) -> int:
        """Return how many payments meet the filter."""
        query = select(func.count()).select_from(history).where(*_meeting(wanted))
        return int(self._connection.execute(query).scalar_one())

    def totals(self, wanted: HistoryFilter) -> HistoryTotals:
        """Return what the filter comes to, per currency."""
        rows = sorted(self._connection.execute(_SUMS.where(*_meeting(wanted))).all())
        return HistoryTotals(
            count=sum(count for _, count, _, _ in rows),
            paid=tuple(Money(int(paid), code) for code, _, paid, _ in rows if paid),
            refunded=tuple(Money(int(gone), code) for code, _, _, gone in rows if gone),
            settled=self._settled(wanted),
        )

    def anchors(self, wanted: HistoryFilter, every: int) -> Iterator[int]:
        """Yield the ids of every so many-th payment, newest first."""
        if wanted.text.strip():  # no index has them in order: they are sorted once
            query = (
                select(history.c.charge_id)
                .where(*_meeting(wanted))
                .order_by(_AT.desc(), history.c.charge_id.desc())
            )
            for row in islice(in_batches(self._connection, query), every - 1, None, every):
                yield row.charge_id
            return
        way = _Way((*_in_time(wanted), *_others(wanted)))
        start: Key | None = None
        while found := self._keys(way, start, 1, every - 1):
            start = found[0]
            yield start[1]

    def _settled(self, wanted: HistoryFilter) -> tuple[Money, ...]:
        """Return what was called paid by hand; few payments, so they are found first."""
        is_settled = history.c.charge_id.in_(select(charges.c.id).where(IS_CALLED_PAID))
        rows = self._connection.execute(_SETTLED.where(is_settled, *_meeting(wanted)))
        return tuple(Money(int(amount), code) for code, amount in sorted(rows))

    def _key_of(self, charge_id: int) -> Key:
        query = select(_AT).where(history.c.charge_id == charge_id)
        at = self._connection.execute(query).scalar()
        if at is None:
            raise KeyError(f"no payment {charge_id}")
        return at, charge_id

    def _keys(self, way: _Way, start: Key | None, limit: int, skip: int = 0) -> Sequence[Key]:
        order = (way.at, way.charge_id)
        query = select(*order).select_from(way.source).where(*way.conditions)
        if way.source is not history:
            query = query.distinct()  # several words of a note may begin alike
        if start is not None:
            query = query.where(tuple_(*order) < tuple_(*start))
        query = query.order_by(*(one.desc() for one in order)).limit(limit)
        if skip:
            query = query.offset(skip)
        return [(at, key) for at, key in self._connection.execute(query)]

    def _lines(self, keys: Iterable[Key]) -> tuple[HistoryRow, ...]:
        ids = [key for _, key in keys]
        rows = self._connection.execute(_LINE.where(history.c.charge_id.in_(ids)))
        lines = {row.charge_id: _row(row) for row in rows}
        return tuple(lines[key] for key in ids)

    def _ways(self, wanted: HistoryFilter) -> Iterator[_Way]:
        """Yield the indices along which to look, so that none passes over many lines in vain."""
        if wanted.text.strip():
            for one in alternatives(wanted.text):
                yield from self._ways_of(one, wanted)
        elif wanted.needs_answer or not (wanted.methods or wanted.statuses):
            yield _Way((*_in_time(wanted), *_others(wanted)))
        else:
            for method in sorted(wanted.methods or PaymentMethod):
                for status in sorted(wanted.statuses or HistoryStatus):
                    is_both = (history.c.method == method, history.c.status == status)
                    yield _Way((*is_both, *_in_time(wanted)))

    def _ways_of(self, one: Alternative, wanted: HistoryFilter) -> Iterator[_Way]:
        match one.way:
            case Way.BY_INDEX:
                yield _Way((one.condition, *_in_time(wanted), *_others(wanted)))
            case Way.SORTED:
                conditions = (one.condition, *_in_time(wanted, _SORTED_AT), *_others(wanted))
                yield _Way(conditions, _SORTED_AT)
            case Way.BY_WORD:
                others = tuple(_others(wanted))
                yield _Way(
                    (one.along, *_in_time(wanted, _WORD_AT), *others),
                    _WORD_AT,
                    history_words.c.charge_id,
                    history_words.join(history, _IS_ITS_WORD) if others else history_words,
                )
            case Way.IN_TIME if self._is_any(one.condition):
                is_it = (*_between(_AT, one.since, one.until), *_in_time(wanted))
                yield _Way((*is_it, *_others(wanted), one.along))

    def _is_any(self, condition: Condition) -> bool:
        query = select(history.c.charge_id).where(condition).limit(1)
        return self._connection.execute(query).first() is not None


def ids_meeting(wanted: HistoryFilter) -> Select[Any]:
    """Select the ids of the payments that meet a filter."""
    return select(history.c.charge_id).where(*_meeting(wanted))


def _meeting(wanted: HistoryFilter) -> tuple[Any, ...]:
    """Return the conditions of a whole filter."""
    if wanted.text.strip():
        any_way = any_of(alternatives(wanted.text))
        return (*_in_time(wanted), *_others(wanted), any_way)
    return (*_in_time(wanted), *_indexed(wanted))


def _in_time(wanted: HistoryFilter, at: ColumnElement[int] = _AT) -> Iterator[Condition]:
    return _between(at, wanted.since, wanted.until)


def _between(
    at: ColumnElement[int], since: datetime | None, until: datetime | None
) -> Iterator[Condition]:
    if since is not None:
        yield at >= to_microseconds(since)
    if until is not None:
        yield at < to_microseconds(until)


def _indexed(wanted: HistoryFilter) -> Iterator[Any]:
    if wanted.methods:
        yield history.c.method.in_(sorted(wanted.methods))
    if wanted.statuses:
        yield history.c.status.in_(sorted(wanted.statuses))
    if wanted.needs_answer:
        yield IS_NEEDING


def _others(wanted: HistoryFilter) -> Iterator[Any]:
    """Yield the same conditions, in words that keep a better index from being passed over."""
    if wanted.methods:
        yield _METHOD.in_(sorted(method.value for method in wanted.methods))
    if wanted.statuses:
        yield _STATUS.in_(sorted(status.value for status in wanted.statuses))
    if wanted.needs_answer:
        yield IS_NEEDING


def _merged(found: Iterable[Sequence[Key]]) -> Iterator[Key]:
    """Yield keys, newest first, each once."""
    last = None
    for key in heapq.merge(*found, reverse=True):
        if key != last:
            yield key
        last = key


def _row(row: Any) -> HistoryRow:
    return HistoryRow(
        charge_id=row.charge_id,
        created_at=row.created_at,
        reference=row.reference,
        short_reference=short_reference(row.reference),
        method=row.method,
        amount=Money(row.amount_minor, row.currency),
        refunded=Money(row.refunded_minor, row.currency),
        status=row.status,
        cashier=row.name,
        note=row.note,
        needs_answer=row.needs_answer,
    )
