"""What was taken and given back since an instant, over all tills of this ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, or_, select

from pos_app.domain.charges import Charge
from pos_app.domain.money import Money
from pos_app.domain.refunds import Decision, RefundKind, RefundStatus
from pos_app.storage.tables import IS_PAID, charges, refunds

_is_explained = exists().where(
    refunds.c.charge_id == charges.c.id, refunds.c.kind == RefundKind.CANCEL
)
_is_ours = or_(
    and_(charges.c.cancel_requested_at.is_(None), charges.c.cancel_confirmed_at.is_(None)),
    _is_explained,
)
"""What our own cancel may have returned counts as returned until a record of it says more."""
_may_be_gone = and_(
    refunds.c.status != RefundStatus.REFUSED,
    or_(
        refunds.c.status == RefundStatus.DONE,
        refunds.c.decision.is_(None),
        refunds.c.decision != Decision.DID_NOT_GO_OUT,
    ),
)


class Takings:
    """The sums of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def net_since(self, like: Charge, since: datetime) -> Money:
        """Return what was paid since then, less what was or may have been given back since then.

        Of the charges with gateway, credentials and currency of `like`. Cancels of paid charges
        count as given back. Negative when more went back than came.

        Args:
            like: any charge of the merchant account.
            since: aware UTC.
        """
        same = (
            charges.c.gateway == like.gateway,
            charges.c.credentials == like.credentials,
            charges.c.amount_currency == like.amount.currency,
        )
        taken = select(func.sum(charges.c.amount_minor)).where(
            IS_PAID, charges.c.paid_at >= since, *same, _is_ours
        )
        returned = (
            select(func.sum(refunds.c.amount_minor))
            .join(charges, charges.c.id == refunds.c.charge_id)
            .where(refunds.c.requested_at >= since, _may_be_gone, *same)
        )
        minor = (self._connection.execute(query).scalar() or 0 for query in (taken, returned))
        came, went = map(int, minor)
        return Money(came - went, like.amount.currency)
