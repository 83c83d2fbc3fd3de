"""The list of past payments: what one line shows, what can be asked for, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_app.domain.charges import Attention, Charge, ChargeDecision, ChargeStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.refunds import Refund, is_perhaps_returned, refunded


class HistoryStatus(StrEnum):
    """Where a payment stands with all its refunds: one per pill (ux.md, section 5)."""

    WAITING = "waiting"
    """The customer may still pay."""
    STOPPED = "stopped"
    """The cashier stopped waiting; the customer may still pay."""
    UNKNOWN = "unknown"
    """Asked, and there is no trustworthy answer."""
    MISMATCH = "mismatch"
    """The gateway's answer does not agree with the payment, and nobody has looked at it."""
    CALLED_PAID = "called_paid"
    """No trustworthy answer, and a manager has decided that the customer paid."""
    CALLED_NOT_PAID = "called_not_paid"
    """No trustworthy answer, and a manager has decided that the customer did not pay."""
    PAID = "paid"
    """Confirmed, and nothing of it has gone back."""
    PART_REFUNDED = "part_refunded"
    """A part of it went back."""
    REFUNDED = "refunded"
    """All of it went back."""
    REFUND_UNKNOWN = "refund_unknown"
    """A refund of it has no answer, or one that contradicts a manager's decision."""
    RETURNING = "returning"
    """Paid, and perhaps returned by our own cancel."""
    EXPIRED = "expired"
    """The code ran out unpaid."""
    CANCELLED = "cancelled"
    """Given up unpaid."""
    DECLINED = "declined"
    """The wallet or bank said no."""
    REFUSED = "refused"
    """The gateway did not accept it."""


RECEIVED = frozenset({
    HistoryStatus.PAID,
    HistoryStatus.PART_REFUNDED,
    HistoryStatus.REFUNDED,
    HistoryStatus.REFUND_UNKNOWN,
    HistoryStatus.RETURNING,
})  # fmt: skip
"""Its money came in; these, and no others, are of charges that are PAID."""

_PLAIN = {
    ChargeStatus.CREATED: HistoryStatus.WAITING,
    ChargeStatus.WAITING: HistoryStatus.WAITING,
    ChargeStatus.UNKNOWN: HistoryStatus.UNKNOWN,
    ChargeStatus.REFUSED: HistoryStatus.REFUSED,
    ChargeStatus.DECLINED: HistoryStatus.DECLINED,
    ChargeStatus.EXPIRED: HistoryStatus.EXPIRED,
    ChargeStatus.CANCELLED: HistoryStatus.CANCELLED,
}


def history_status(charge: Charge, refunds: Iterable[Refund]) -> HistoryStatus:
    """Return where a payment stands.

    Args:
        charge: as it is on disk.
        refunds: all of it.
    """
    if charge.is_paid:
        return _of_paid(charge, tuple(refunds))
    if Attention.MISMATCH in charge.attention:
        return HistoryStatus.MISMATCH
    if Attention.REUSED_REFERENCE in charge.attention:
        return HistoryStatus.UNKNOWN
    if charge.is_living and charge.is_decided:
        is_paid = charge.decision is ChargeDecision.PAID
        return HistoryStatus.CALLED_PAID if is_paid else HistoryStatus.CALLED_NOT_PAID
    if charge.is_living and charge.stopped_at is not None:
        return HistoryStatus.STOPPED
    return _PLAIN[charge.status]


def _of_paid(charge: Charge, refunds: tuple[Refund, ...]) -> HistoryStatus:
    is_unknown = any(one.needs_answer for one in refunds)
    if is_unknown or Attention.REFUND_UNKNOWN in charge.attention:
        return HistoryStatus.REFUND_UNKNOWN
    if is_perhaps_returned(charge, refunds):
        return HistoryStatus.RETURNING
    gone = refunded(charge, refunds)
    if not gone:
        return HistoryStatus.PAID
    return HistoryStatus.PART_REFUNDED if gone < charge.amount else HistoryStatus.REFUNDED


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which payments are wanted: those that meet every part.

    Attributes:
        text: what a person typed; see `storage.history_search`. Empty: all.
        since, until: when the payment was made, aware UTC; since is included, until is not;
            None: no bound.
        methods, statuses: one of these; empty: any.
        needs_answer: only those that a person should look at.
    """

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    methods: frozenset[PaymentMethod] = frozenset()
    statuses: frozenset[HistoryStatus] = frozenset()
    needs_answer: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the list.

    Attributes:
        created_at: aware UTC.
        refunded: what went back for sure, in the currency of `amount`.
        cashier: the name of who charged.
        note: the cashier's note of the sale; may be empty.
        needs_answer: it is on the "needs an answer" list.
    """

    charge_id: int
    created_at: datetime
    reference: str
    short_reference: str
    method: PaymentMethod
    amount: Money
    refunded: Money
    status: HistoryStatus
    cashier: str
    note: str
    needs_answer: bool


@dataclass(frozen=True, slots=True)
class HistoryTotals:
    """What a filter comes to. Currencies are never added to each other (ux.md 6.4).

    Attributes:
        count: payments, whatever became of them.
        paid: what was received, one sum per currency that has any, by its code.
        refunded: what of it went back, likewise.
        settled: what managers called paid by hand and no gateway has confirmed, likewise; not
            in `paid`.
    """

    count: int
    paid: tuple[Money, ...]
    refunded: tuple[Money, ...]
    settled: tuple[Money, ...] = ()


class HistoryKind(StrEnum):
    """What happened to a payment, as its history tells it."""

    CREATED = "created"
    """It was charged: the intent went to disk."""
    CODE_SHOWN = "code_shown"
    """The gateway accepted it, and the customer could pay from here on."""
    SENT_AGAIN = "sent_again"
    """Its answer had been lost or it had not left: the same request was sent again."""
    LEFT = "left"
    """The sale was left before a code was known."""
    DECLINED_HINT = "declined_hint"
    """The wallet said no, and the code could still be paid."""
    PAID = "paid"
    """The gateway confirmed it."""
    PAID_LATE = "paid_late"
    """The gateway confirmed it after it had been given up."""
    PAID_AND_CANCELLED = "paid_and_cancelled"
    """The gateway confirmed it around our own cancel, which may have returned it."""
    UNKNOWN = "unknown"
    """There was no trustworthy answer."""
    MISMATCH = "mismatch"
    """The gateway's answer did not agree with it; the amount is what the gateway said."""
    REUSED_REFERENCE = "reused_reference"
    """The gateway answered with an earlier payment."""
    EXPIRED = "expired"
    """The gateway said that the code ran out unpaid."""
    DECLINED = "declined"
    """The gateway closed it: the wallet or bank said no."""
    REFUSED = "refused"
    """The gateway did not accept it."""
    CANCELLED = "cancelled"
    """It was given up, and the gateway confirmed that."""
    CANCEL_ASKED = "cancel_asked"
    """Its cancel was asked for."""
    CANCEL_REFUSED = "cancel_refused"
    """The gateway refused the cancel, or it was not sent."""
    STOPPED = "stopped"
    """The cashier stopped waiting."""
    PUT_ASIDE = "put_aside"
    """The cashier served the next customer meanwhile."""
    PICKED_UP = "picked_up"
    """It came back to the screen."""
    LIST_DISAGREES = "list_disagrees"
    """The gateway's list of transactions says otherwise."""
    WATCH_ENDED = "watch_ended"
    """Asked for seven days without a final answer."""
    SEEN = "seen"
    """A person looked at what called for an answer."""
    SETTLED = "settled"
    """A manager decided by hand about the payment; `code` is the decision."""
    REFUND_ASKED = "refund_asked"
    """A refund was approved and its intent went to disk."""
    REFUND_DONE = "refund_done"
    """The gateway confirmed it."""
    REFUND_PENDING = "refund_pending"
    """The gateway took it and will carry it out."""
    REFUND_REFUSED = "refund_refused"
    """No money moved; `code` is why (a `Refusal`)."""
    REFUND_UNKNOWN = "refund_unknown"
    """Its answer was lost."""
    REFUND_SETTLED = "refund_settled"
    """A manager decided by hand what became of it; `code` is the `Decision`."""
    PRINTED = "printed"
    """Its receipt was printed or saved."""
    SLIP_PRINTED = "slip_printed"
    """The slip of a refund was printed or saved."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a payment.

    Attributes:
        at: aware UTC.
        amount: the money that it is about; None where it is about none.
        who: the name of who did it; empty where the program did.
        approved_by: the name of the manager who approved it, where one had to.
        words: what a person wrote: a refund's reason, a manager's note; never translated.
        code: which of several, for the screen's words; see `HistoryKind`.
        refund: the refund that it is about, as it is now. One of kind `cancel` returns the whole.
    """

    at: datetime
    kind: HistoryKind
    amount: Money | None = None
    who: str = ""
    approved_by: str = ""
    words: str = ""
    code: str = ""
    refund: Refund | None = None
