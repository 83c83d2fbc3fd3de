"""Charges in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from pos_app.domain.charges import CLOSED_UNPAID, Attention, Charge, ChargeDecision
from pos_app.domain.errors import ChargeStillOpenError
from pos_app.domain.money import Money
from pos_app.storage.charge_rows import (
    CHARGE,
    IS_UNDECIDED,
    all_columns,
    changed_columns,
    charge_of,
    ids_living,
    ids_needing_answer,
    ids_worth_watching,
    is_returned,
    update_of,
)
from pos_app.storage.history_lines import HistoryLines
from pos_app.storage.tables import (
    IS_LIVING,
    IS_PAID,
    IS_UNANSWERED,
    KEEPS_SALE,
    attentions,
    charges,
)

_BY_ID = CHARGE.where(charges.c.id == bindparam("key"))
_LOCK_ROW = select(charges.c.id).where(charges.c.id == bindparam("key")).with_for_update()
_INSERT = insert(charges).returning(charges.c.id)
_RAISE = insert(attentions).inline()

# What a new charge needs on its way to the code is put together once: SQLAlchemy takes longer to
# build and to recognise these statements than SQLite to carry them out.
_NEWEST = CHARGE.order_by(charges.c.id.desc()).limit(1)
_BY_REFERENCE = _NEWEST.where(charges.c.reference == bindparam("wanted"))
_KEEPING_SALE = _NEWEST.where(charges.c.sale_id == bindparam("sale"), KEEPS_SALE)
_MAY_BE_THIS_CUSTOMERS = (
    charges.c.amount_currency == bindparam("currency"),
    charges.c.created_at >= bindparam("since"),
    charges.c.left_at.is_(None),  # its code was never shown: nobody can pay it
    or_(IS_LIVING, and_(charges.c.stopped_at.is_not(None), charges.c.status.in_(CLOSED_UNPAID))),
    IS_UNDECIDED,
)
_RECENT_OPEN = _NEWEST.where(
    charges.c.amount_minor == bindparam("minor"),
    charges.c.tip_minor.is_(None),
    *_MAY_BE_THIS_CUSTOMERS,
)
_RECENT_TIPPED = (
    CHARGE.where(
        charges.c.tip_minor.is_not(None),
        charges.c.amount_minor - charges.c.tip_minor == bindparam("minor"),
        *_MAY_BE_THIS_CUSTOMERS,
    )
    .order_by(charges.c.created_at.desc())
    .limit(1)
)
_IS_TAKEN = select(
    exists().where(
        charges.c.gateway_id == bindparam("theirs"),
        charges.c.gateway == bindparam("at"),
        charges.c.id != bindparam("key"),
    )
)
_HAS_PAID = select(
    exists().where(
        charges.c.sale_id == bindparam("sale"),
        or_(IS_PAID, charges.c.decision == ChargeDecision.PAID),
        ~is_returned(),
    )
)
_LEASE = (
    update(charges)
    .where(charges.c.id == bindparam("key"))
    .values(watch_owner=bindparam("owner"), watch_until=bindparam("until"))
)


class Charges:
    """The charges of one unit of work.

    Rows change only through `save`, which takes what this unit itself added or locked: whatever
    decides about a charge has read it under its lock (design.md, section 3).
    """

    def __init__(
        self, connection: Connection, now: Callable[[], datetime], lines: HistoryLines
    ) -> None:
        self._connection = connection
        self._now = now
        self._lines = lines
        self._held: dict[int, Charge] = {}

    def add(self, charge: Charge) -> Charge:
        """Record a new charge and return it with its id.

        Raises:
            ChargeStillOpenError: the sale has another charge that may still take money.
            ConflictError: the reference has been used before (raised by the unit of work).
        """
        keeping = self.keeping_sale(charge.sale_id)
        if keeping and charge.is_living:
            raise ChargeStillOpenError(keeping.id, keeping.reference)
        key = self._connection.execute(_INSERT, all_columns(charge)).scalar_one()
        added = replace(charge, id=key)
        self._raise_attention(key, added.attention)
        self._lines.add(added)
        self._held[key] = added
        return added

    def get(self, charge_id: int) -> Charge:
        """Return a charge as it is on disk.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        row = self._connection.execute(_BY_ID, {"key": charge_id}).first()
        if row is None:
            raise KeyError(f"no charge {charge_id}")
        return charge_of(row)

    def lock(self, charge_id: int) -> Charge:
        """Return a charge as it is on disk and keep all others from changing it until the end.

        Raises:
            KeyError: there is none with this id: a bug.
        """
        if self._connection.dialect.name != "sqlite":  # there the unit holds the whole file
            self._connection.execute(_LOCK_ROW, {"key": charge_id})
        charge = self.get(charge_id)
        self._held[charge_id] = charge
        return charge

    def save(self, charge: Charge, *, by: int | None = None) -> None:
        """Write what changed of a charge that this unit has added or locked.

        Args:
            charge: what it has become.
            by: id of the person who answered, where an attention has gone.

        Raises:
            RuntimeError: this unit does not hold the charge: a bug.
        """
        before = self._held.get(charge.id)
        if before is None:
            raise RuntimeError(f"charge {charge.id} is saved without having been locked")
        changed = changed_columns(before, charge)
        if changed:
            self._connection.execute(update_of(tuple(changed)), {**changed, "key": charge.id})
        self._raise_attention(charge.id, charge.attention - before.attention)
        self._answer_attention(charge.id, before.attention - charge.attention, by)
        self._lines.follow(charge)
        self._held[charge.id] = charge

    def held(self, charge_id: int) -> Charge:
        """Return a charge that this unit has added or locked, as it is in this unit now.

        Raises:
            RuntimeError: this unit does not hold it: a bug.
        """
        try:
            return self._held[charge_id]
        except KeyError:
            raise RuntimeError(f"charge {charge_id} has not been locked") from None

    def by_reference(self, reference: str) -> Charge | None:
        """Return the charge with this reference."""
        return self._first(_BY_REFERENCE, wanted=reference)

    def ids_of(self, references: Collection[str]) -> frozenset[int]:
        """Return the ids of the charges with these references; of others there is none."""
        query = select(charges.c.id).where(charges.c.reference.in_(references))
        return frozenset(self._connection.execute(query).scalars())

    def is_gateway_id_taken(self, gateway: str, gateway_id: str, by_other_than: int) -> bool:
        """Tell whether another charge has this id of the gateway (promise 2)."""
        return self._is(_IS_TAKEN, theirs=gateway_id, at=gateway, key=by_other_than)

    def has_paid(self, sale_id: int) -> bool:
        """Tell whether a charge of this sale has been paid, or a manager decided that it was.

        Not one that a cancel has sent back as a whole.
        """
        return self._is(_HAS_PAID, sale=sale_id)

    def keeping_sale(self, sale_id: int) -> Charge | None:
        """Return the charge for which the sale may not be charged by another (promise 7)."""
        return self._first(_KEEPING_SALE, sale=sale_id)

    def recent_open(self, price: Money, since: datetime) -> Charge | None:
        """Return a charge over `price`, with or without a tip, that may be this customer's.

        That is one that may still take money, or one that was stopped and never paid
        ("Is this the same customer?", promise 7); none of which a manager said what became of it.
        """
        wanted = {"minor": price.minor, "currency": price.currency, "since": since}
        return self._first(_RECENT_OPEN, **wanted) or self._first(_RECENT_TIPPED, **wanted)

    def living(self, till_code: str | None = None) -> tuple[Charge, ...]:
        """Return the charges that may still take money, newest first; of one till, or all."""
        query = CHARGE.where(charges.c.id.in_(ids_living())).order_by(charges.c.id.desc())
        if till_code is not None:
            query = query.where(charges.c.till_code == till_code)
        return self._all(query)

    def count_living(self, till_code: str | None = None) -> int:
        """Return how many charges may still take money; of one till, or all."""
        query = select(func.count()).select_from(charges).where(IS_LIVING)
        if till_code is not None:
            query = query.where(charges.c.till_code == till_code)
        return int(self._connection.execute(query).scalar_one())

    def count_needing_answer(self) -> int:
        """Return how many charges a person should look at."""
        query = select(func.count()).select_from(ids_needing_answer().subquery())
        return int(self._connection.execute(query).scalar_one())

    def last_paid(self, till_code: str) -> Charge | None:
        """Return the charge of this till that was paid last."""
        query = CHARGE.where(IS_PAID, charges.c.till_code == till_code)
        row = self._connection.execute(query.order_by(charges.c.paid_at.desc()).limit(1)).first()
        return charge_of(row) if row else None

    def lease_open(self, owner: str, now: datetime, until: datetime) -> tuple[Charge, ...]:
        """Take or renew the right to ask the gateway, and return the charges that it covers.

        Covered is what is still worth watching: what may still take money, and what was closed
        unpaid after it had been accepted, for 8 days; not what a watch of seven days has already
        handed to a person. Of those, each whose lease is free, this owner's or over: two owners
        never hold the same charge.

        Args:
            owner: names the watcher, unique among all that use this ledger.
            now: aware UTC.
            until: when the lease ends if it is not renewed.
        """
        wanted = charges.c.id.in_(ids_worth_watching(now))
        is_free = or_(
            charges.c.watch_owner.is_(None),
            charges.c.watch_owner == owner,
            charges.c.watch_until <= now,
        )
        free = select(charges.c.id).where(wanted, is_free).with_for_update(skip_locked=True)
        self._connection.execute(
            update(charges)
            .where(charges.c.id.in_(free))
            .values(watch_owner=owner, watch_until=until)
        )
        mine = CHARGE.where(wanted, charges.c.watch_owner == owner, charges.c.watch_until > now)
        return self._all(mine.order_by(charges.c.id.desc()))

    def lease(self, charge_id: int, owner: str, until: datetime) -> None:
        """Take the right to ask about a charge that this unit has just added."""
        self._connection.execute(_LEASE, {"key": charge_id, "owner": owner, "until": until})

    def note_asked(self, charge_id: int, at: datetime) -> None:
        """Keep when the sparse watch last asked; no change of what is known."""
        self._connection.execute(
            update(charges).where(charges.c.id == charge_id).values(asked_at=at)
        )

    def release(self, owner: str) -> None:
        """Give all leases of `owner` up, so that another watcher may go on at once.

        What is no longer worth watching keeps its last owner; nobody asks for it any more.
        """
        watched = charges.c.id.in_(ids_worth_watching(self._now()))
        self._connection.execute(
            update(charges)
            .where(watched, charges.c.watch_owner == owner)
            .values(watch_owner=None, watch_until=None)
        )

    def _first(self, query: Select[Any], **named: Any) -> Charge | None:
        row = self._connection.execute(query, named).first()
        return charge_of(row) if row else None

    def _all(self, query: Select[Any]) -> tuple[Charge, ...]:
        return tuple(charge_of(row) for row in self._connection.execute(query))

    def _is(self, question: Select[Any], **named: Any) -> bool:
        return bool(self._connection.execute(question, named).scalar())

    def _raise_attention(self, charge_id: int, kinds: Iterable[Attention]) -> None:
        for kind in sorted(kinds):
            self._connection.execute(
                _RAISE,
                {"charge_id": charge_id, "kind": kind, "raised_at": self._now()},
            )

    def _answer_attention(
        self, charge_id: int, kinds: Iterable[Attention], by: int | None
    ) -> None:
        for kind in sorted(kinds):
            self._connection.execute(
                update(attentions)
                .where(attentions.c.charge_id == charge_id, attentions.c.kind == kind)
                .where(IS_UNANSWERED)
                .values(answered_at=self._now(), answered_by=by)
            )
