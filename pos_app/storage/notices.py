"""Notices of payment services in the ledger, until a till has asked because of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from pos_app.domain.notices import Notice
from pos_app.storage.tables import IS_WAITING_NOTICE, charges, notices

IS_OURS_TO_ASK = or_(
    charges.c.watch_owner.is_(None),
    charges.c.watch_owner == bindparam("owner"),
    charges.c.watch_until <= bindparam("now", type_=charges.c.watch_until.type),
)
"""A charge that the watcher `owner` asks about, or nobody."""
_WAITING = (
    select(notices.c.id, notices.c.charge_id, notices.c.is_paid)
    .join(charges, charges.c.id == notices.c.charge_id)
    .where(IS_WAITING_NOTICE, IS_OURS_TO_ASK)
    .order_by(notices.c.id)
    .limit(100)
)


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """A notice that nobody has asked because of yet; `is_paid` False: the wallet said no."""

    id: int
    charge_id: int
    is_paid: bool


class Notices:
    """The notices of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_known(self, notice: Notice) -> bool:
        """Tell whether the same notice has been kept before."""
        found = select(notices.c.id).where(
            notices.c.gateway == notice.gateway, notices.c.key == notice.key
        )
        return self._connection.execute(found).first() is not None

    def add(self, notice: Notice, received_at: datetime) -> int | None:
        """Keep a notice that is not known; return the id of its charge, None without one.

        A charge of another payment service with the same reference is none.
        """
        found = select(charges.c.id).where(
            charges.c.reference == notice.reference, charges.c.gateway == notice.gateway
        )
        charge_id: int | None = self._connection.execute(found).scalar()
        row = {
            "gateway": notice.gateway,
            "key": notice.key,
            "charge_id": charge_id,
            "is_paid": notice.is_paid,
            "received_at": received_at,
            "body": json.dumps(dict(notice.members), ensure_ascii=False, sort_keys=True),
        }
        self._connection.execute(insert(notices).inline(), row)
        return charge_id

    def waiting(self, owner: str, now: datetime) -> tuple[WaitingNotice, ...]:
        """Return notices about charges that this watcher asks about, or nobody, oldest first."""
        rows = self._connection.execute(_WAITING, {"owner": owner, "now": now})
        return tuple(WaitingNotice(*row) for row in rows)

    def last_received_at(self) -> datetime | None:
        """Return when the newest notice came; None without any."""
        newest = select(notices.c.received_at).order_by(notices.c.id.desc()).limit(1)
        at: datetime | None = self._connection.execute(newest).scalar()
        return at

    def mark_taken(self, notice_id: int, at: datetime) -> None:
        """Note that the gateway has been asked because of a notice."""
        self._connection.execute(
            update(notices).where(notices.c.id == notice_id).values(taken_at=at)
        )
