"""Cancel or refund, and will it probably be refused: advice to whoever gives money back.

Advice only: it forbids nothing, and the gateway's answer alone counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_app.domain.cancel_windows import paid_cancel_closes_at
from pos_app.domain.charges import Charge
from pos_app.domain.gateways import can_cancel
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, refundable


class Way(StrEnum):
    """How the money best goes back."""

    CANCEL = "cancel"
    """Cancel the whole payment: it takes nothing from today's balance."""
    REFUND = "refund"
    """Refund the amount."""
    NEITHER = "neither"
    """Nothing can go back now."""


class Why(StrEnum):
    """The reason for the way; each goes with one way only."""

    NOT_SETTLED = "not_settled"
    """CANCEL: the whole is wanted, on the day of the payment, by a method that can."""
    METHOD = "method"
    """REFUND: payments by this method cannot be cancelled."""
    PART = "part"
    """REFUND: less than the whole is wanted, and a cancel returns all of it."""
    PARTLY_REFUNDED = "partly_refunded"
    """REFUND: some of it has gone back or may have, so that it cannot be cancelled as a whole."""
    SETTLED = "settled"
    """REFUND: the payment's day is over, so it is settled by now."""
    WINDOW_CLOSED = "window_closed"
    """REFUND: the wallet does not cancel it any more, though its day is not over here."""
    NOT_PAID = "not_paid"
    """NEITHER: it is not known to be paid."""
    HELD_BACK = "held_back"
    """NEITHER: what is left may have gone back already; find that out first."""
    ALL_REFUNDED = "all_refunded"
    """NEITHER: all of it has gone back."""


@dataclass(frozen=True, slots=True)
class Advice:
    """How the money best goes back, and whether today's balance covers it.

    Attributes:
        until: when cancelling is expected to end, aware UTC; None where it is not advised.
        amount: what the advice is about; all that is left where no amount was named.
        estimated: today's open balance at the gateway as this ledger sees it, in the charge's
            currency; may be negative. Only an estimate: what other programs take from the same
            merchant account is not in it, and whose midnight counts is not documented. None: the
            service is not known to have such a balance.
    """

    way: Way
    why: Why
    until: datetime | None
    amount: Money
    estimated: Money | None

    def covers(self, amount: Money) -> bool:
        """Tell whether today's balance probably covers a refund of `amount`, or is none."""
        return self.estimated is None or amount <= self.estimated

    @property
    def is_probably_refused(self) -> bool:
        """Whether a refund of `amount` will probably be refused for want of balance.

        A cancel asks for no balance, so this is no word against one.
        """
        return self.way is not Way.NEITHER and not self.covers(self.amount)


def advise(
    charge: Charge,
    refunds: Iterable[Refund],
    amount: Money | None,
    *,
    now: datetime,
    day_ends_at: datetime | None,
    estimated: Money | None,
) -> Advice:
    """Return how `amount` of the charge best goes back.

    Args:
        charge: as it is on disk.
        refunds: all of it.
        amount: what is wanted; None is all that is left.
        now: aware UTC.
        day_ends_at: end of the payment's day, from which on it is settled; None when not paid.
        estimated: see `Advice`.
    """
    refunds = tuple(refunds)
    left = refundable(charge, refunds)
    wanted = left if amount is None else amount
    why = _why_neither(charge, refunds, left) or _why_refund(charge, left, wanted)
    ends = (day_ends_at, paid_cancel_closes_at(charge))
    if why is None and day_ends_at is not None and now >= day_ends_at:
        why = Why.SETTLED
    until = min((end for end in ends if end is not None), default=None)
    if why is None and until is not None and now >= until:
        why = Why.WINDOW_CLOSED
    why = why or Why.NOT_SETTLED
    return Advice(_WAYS[why], why, until if why is Why.NOT_SETTLED else None, wanted, estimated)


_WAYS = {
    Why.NOT_SETTLED: Way.CANCEL,
    Why.METHOD: Way.REFUND,
    Why.PART: Way.REFUND,
    Why.PARTLY_REFUNDED: Way.REFUND,
    Why.SETTLED: Way.REFUND,
    Why.WINDOW_CLOSED: Way.REFUND,
    Why.NOT_PAID: Way.NEITHER,
    Why.HELD_BACK: Way.NEITHER,
    Why.ALL_REFUNDED: Way.NEITHER,
}


def _why_neither(charge: Charge, refunds: tuple[Refund, ...], left: Money) -> Why | None:
    if not charge.is_paid:
        return Why.NOT_PAID
    if left:
        return None
    gone = sum((one.amount for one in refunds if one.is_refunded), Money.zero(left.currency))
    return Why.ALL_REFUNDED if gone >= charge.amount else Why.HELD_BACK


def _why_refund(charge: Charge, left: Money, wanted: Money) -> Why | None:
    if not can_cancel(charge.gateway, charge.method):
        return Why.METHOD
    if left < charge.amount:
        return Why.PARTLY_REFUNDED
    return Why.PART if wanted < charge.amount else None
