"""One payment as the gateway remembers it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of a payment so far."""

    OPEN = "open"
    """Nobody has paid yet; the code can be paid."""
    DECLINED = "declined"
    """The wallet said no at the last try; the same code can still be paid."""
    REFUSED = "refused"
    """The wallet said no to a code scanned from its screen, or the bank at J-Pay: it is over."""
    PAID = "paid"
    """The money came."""
    EXPIRED = "expired"
    """The code's time ran out unpaid."""
    CANCELLED = "cancelled"
    """The merchant gave it up before it was paid."""
    REFUNDED = "refunded"
    """It was paid, and all of it went back."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that went back to the customer.

    Attributes:
        refund_id: the gateway's id of it.
        amount_minor: minor units of the payment's currency, positive.
        reason: the merchant's words, perhaps empty.
        kind: `refund`, or `cancel` when a paid payment was cancelled.
        made_at: when, as an ISO text in UTC.
        done_at: until then it is only requested, as an ISO text in UTC; None: done at once.
        is_failed: nothing goes back after all.
    """

    refund_id: str
    amount_minor: int
    reason: str
    kind: str
    made_at: str
    done_at: str | None = None
    is_failed: bool = False

    def state_at(self, now: datetime) -> str:
        """Return `requested`, `done` or `failed`."""
        if self.done_at and now < datetime.fromisoformat(self.done_at):
            return "requested"
        return "failed" if self.is_failed else "done"


@dataclass(frozen=True, slots=True)
class Transaction:
    """A payment: what the merchant asked for and what became of it.

    Attributes:
        number: counts from 1 over all merchants; part of `transaction_id`.
        q: the token in the customer's address, 25 lower-case hex digits.
        merchant: whose it is (`settings.merchant_of`).
        is_scanned: the merchant scanned the customer's code, instead of the other way round.
        service: which of the services took it (`service`), by the first part of its paths.
        amount_minor: minor units of `currency`, positive.
        tip_minor: the part of them that is a tip.
        expires_at: from then on the code cannot be paid any more.
        auto_pay_at: when it pays itself, or None.
        paid_at: when the money came; stays after it went back.
        cancelled_at: when the merchant cancelled it, paid or not.
        settles_at: from then on the money is the merchant's and a cancel is refused; None while
            it is not paid.
        ipn_url: where notices go, or None; likewise the pages after success and failure, and the
            one that a wallet opens.
    """

    number: int
    q: str
    transaction_id: str
    merchant: str
    reference: str
    method: str
    amount_minor: int
    currency: str
    state: State
    created_at: datetime
    expires_at: datetime
    auto_pay_at: datetime | None = None
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None
    settles_at: datetime | None = None
    ipn_url: str | None = None
    success_url: str | None = None
    fail_url: str | None = None
    mobile_url: str | None = None
    service: str = "chop"
    is_scanned: bool = False
    tip_minor: int = 0
    refunds: tuple[Refund, ...] = ()

    @property
    def is_payable(self) -> bool:
        """Whether the customer's page still offers to pay."""
        return self.state in {State.OPEN, State.DECLINED}

    @property
    def ends_with_a_no(self) -> bool:
        """Whether a no ends it: of a code that was scanned, and of the bank at J-Pay."""
        return self.is_scanned or self.service == "jpay"

    @property
    def refunded_minor(self) -> int:
        """Minor units that have gone back so far."""
        return sum(one.amount_minor for one in self.refunds if not one.is_failed)

    @property
    def refundable_minor(self) -> int:
        """Minor units that can still go back; 0 while it is not paid."""
        return 0 if self.paid_at is None else self.amount_minor - self.refunded_minor

    def as_json(self) -> dict[str, Any]:
        """Return it as the control interface shows it: instants as ISO texts, or null."""
        return {
            "q": self.q,
            "transaction_id": self.transaction_id,
            "reference": self.reference,
            "amount": self.amount_minor,
            "tip": self.tip_minor,
            "currency": self.currency,
            "method": self.method,
            "state": self.state.value,
            "refunds": [
                {
                    "id": refund.refund_id,
                    "amount": refund.amount_minor,
                    "at": refund.made_at,
                    "reason": refund.reason,
                    "kind": refund.kind,
                    "is_failed": refund.is_failed,
                }
                for refund in self.refunds
            ],
            "created_at": self.created_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "paid_at": self.paid_at and self.paid_at.isoformat(),
            "cancelled_at": self.cancelled_at and self.cancelled_at.isoformat(),
            "settles_at": self.settles_at and self.settles_at.isoformat(),
        }
