"""When the wallets let a payment be cancelled: the one table of it.

The vendor publishes no window; these are the wallets' own public rules (citcon.md, "POST
/chop/cancel"). They are advice, not law: the gateway decides, and what it refuses stays as it is.
Which methods can be cancelled at all says `methods.METHODS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo
from types import MappingProxyType

from pos_app.domain.charges import Charge
from pos_app.domain.methods import PaymentMethod

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class CancelWindow:
    """What a wallet says of cancelling.

    Attributes:
        unpaid_after: so long after it was made, an order that is not paid cannot be closed.
        paid_day_in: until the end of the payment's day in this zone, a paid one can be
            cancelled; None: the wallet has no rule beside being settled.
    """

    unpaid_after: timedelta = timedelta(0)
    paid_day_in: tzinfo | None = None


ANY_TIME = CancelWindow()
CANCEL_WINDOWS: Mapping[PaymentMethod, CancelWindow] = MappingProxyType({
    # citcon.md: Alipay cancels until 24:00 UTC+8 of the day of the payment
    PaymentMethod.ALIPAY: CancelWindow(paid_day_in=CHINA),
    # citcon.md: WeChat refuses to close an order in its first 5 minutes
    PaymentMethod.WECHATPAY: CancelWindow(unpaid_after=timedelta(minutes=5)),
})  # fmt: skip

_MARGIN = timedelta(seconds=2)
"""The gateway made the order at most so long after our code appeared, whatever it counts from."""


def unpaid_cancel_opens_at(charge: Charge) -> datetime:
    """Return from when on the unpaid charge can be cancelled; an instant in the past when it can.

    Counted from when its code was first shown, which was after the gateway had made it.
    """
    window = CANCEL_WINDOWS.get(charge.method, ANY_TIME)
    made_at = charge.shown_at or charge.created_at
    return made_at + window.unpaid_after + _MARGIN if window.unpaid_after else made_at


def paid_cancel_closes_at(charge: Charge) -> datetime | None:
    """Return until when the wallet cancels the paid charge; None: no rule beside settlement."""
    zone = CANCEL_WINDOWS.get(charge.method, ANY_TIME).paid_day_in
    if zone is None or charge.paid_at is None:
        return None
    day = charge.paid_at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=zone)
