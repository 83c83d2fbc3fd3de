"""Charges: one attempt each to take the money of a sale, and how they may change.

Two small values beside each other: `ChargeStatus` says what is known, `Attention` says why a
person should look. Refunded is not a status: money back is a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from pos_app.domain.gateways import can_cancel
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.references import short_reference


class ChargeStatus(StrEnum):
    """What is known of a charge (design.md, section 3)."""

    CREATED = "created"
    """The intent is on disk; it may have been sent."""
    WAITING = "waiting"
    """Accepted by the gateway; the customer can pay."""
    UNKNOWN = "unknown"
    """Asked, and there is no trustworthy answer."""
    PAID = "paid"
    """Confirmed by the gateway."""
    REFUSED = "refused"
    """The gateway did not accept it; nobody can have paid."""
    DECLINED = "declined"
    """The gateway closed it because the wallet or bank said no."""
    EXPIRED = "expired"
    """The gateway confirms that the code ran out unpaid."""
    CANCELLED = "cancelled"
    """Given up, and the gateway confirms it (or it was surely never sent)."""


_S = ChargeStatus
LIVING = frozenset({_S.CREATED, _S.WAITING, _S.UNKNOWN})
"""May still take money. A sale has at most one charge in these (promise 7)."""
CLOSED_UNPAID = frozenset({_S.REFUSED, _S.DECLINED, _S.EXPIRED, _S.CANCELLED})
"""Known to be closed without money."""

TRANSITIONS: Mapping[ChargeStatus, frozenset[ChargeStatus]] = MappingProxyType({
    _S.CREATED: frozenset(
        {_S.WAITING, _S.REFUSED, _S.DECLINED, _S.EXPIRED, _S.PAID, _S.UNKNOWN, _S.CANCELLED}
    ),
    _S.WAITING: frozenset({_S.PAID, _S.DECLINED, _S.EXPIRED, _S.CANCELLED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset(
        {_S.WAITING, _S.PAID, _S.REFUSED, _S.DECLINED, _S.EXPIRED, _S.CANCELLED}
    ),
    _S.PAID: frozenset(),
    _S.REFUSED: frozenset({_S.PAID}),
    _S.DECLINED: frozenset({_S.PAID}),
    _S.EXPIRED: frozenset({_S.PAID}),
    _S.CANCELLED: frozenset({_S.PAID}),
})  # fmt: skip


class Attention(StrEnum):
    """Why a person should look at a charge; each stays until it is answered."""

    STOPPED = "stopped"
    """The cashier stopped waiting while the code was still open."""
    PAID_LATE = "paid_late"
    """Paid after it was given up: the customer may have paid twice."""
    MISMATCH = "mismatch"
    """The gateway's answer does not agree with the charge (amount, currency, reference, type),
    or with a manager's decision that it was paid."""
    REUSED_REFERENCE = "reused_reference"
    """The gateway answered with an earlier transaction: not this customer's payment."""
    MAYBE_RETURNED = "maybe_returned"
    """Paid, and our cancel may have returned it: the full amount is held back."""
    WATCH_ENDED = "watch_ended"
    """Asked for seven days without a final answer."""
    REFUND_UNKNOWN = "refund_unknown"
    """A refund of it has no answer."""
    LIST_DISAGREES = "list_disagrees"
    """The gateway says something else of it or of its refunds than this ledger: found by asking
    what became of them, or by reconciling."""


class UnknownReason(StrEnum):
    """Why a charge is UNKNOWN, for the words on the screen."""

    NO_ANSWER = "no_answer"
    """The gateway stopped answering after the code was shown."""
    CANCEL_LOST = "cancel_lost"
    """The cancel request was sent, but its answer was lost."""
    DISAGREES = "disagrees"
    """The gateway's answer does not agree with the charge."""
    REUSED_REFERENCE = "reused_reference"
    """The gateway answered with an earlier transaction."""


class ChargeDecision(StrEnum):
    """What a manager decided by hand about a charge without a trustworthy answer.

    It moves no money and is no status: the gateway is asked on, and what it says later counts.
    """

    PAID = "paid"
    """The customer paid: somebody has seen proof. The sale is not charged again."""
    NOT_PAID = "not_paid"
    """The customer did not pay: the sale may be charged again, under a new reference."""
    STILL_NOT_KNOWN = "still_not_known"
    """Looked at, and nothing is proven: everything stays as it is."""


ANSWERED_BY_DECISION = frozenset({
    Attention.STOPPED,
    Attention.MISMATCH,
    Attention.REUSED_REFERENCE,
    Attention.WATCH_ENDED,
})  # fmt: skip
"""What a manager's decision answers, beside the status UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One attempt to take the money of a sale through a gateway. All instants are aware UTC.

    Attributes:
        id: ledger id; 0 before it is recorded.
        reference: the idempotency key, fixed before the first try.
        amount: what was asked for, a tip included, in minor units of its currency; always above
            zero.
        gateway: id of the gateway it was made with, e.g. "citcon_chop".
        credentials: name of the credentials it was made with (never the token itself).
        not_sent_at: when the last try was proven not to have left; None: it may have been sent.
        left_at: when the sale was left before a code was known: that code is never shown.
        gateway_id: the gateway's own id ("q" of CHOP), opaque, at most 64 characters.
        transaction_id: the gateway's transaction id, shown on receipts.
        code: what the QR code on the screen says: an address or a wallet's text, or a picture of
            the code itself (`outcomes.CodeCreated`).
        shown_at: when the code was first put on the screen.
        code_expires_at: when the code is expected to run out; proves nothing.
        asked_at: the last question of the sparse watch, for going on after a restart.
        declined_hint_at: when the gateway hinted that the wallet said no.
        cancel_requested_at: when our cancel was written down; cleared by a refused cancel.
        cancel_confirmed_at: when the gateway confirmed our cancel.
        closed_at: when it became known to be closed unpaid.
        paid_at: when we learned that it was paid.
        gateway_time: the gateway's own time text, shown and never computed with.
        received: what the gateway says it took, when that does not agree.
        refusal: the gateway's own words when it refused, for Details.
        is_not_set_up: it was refused because the gateway does not know our token.
        is_customer_presented: the customer's code was scanned, instead of ours. It is sent once
            and kept nowhere.
        is_card_keyed: the customer's card was keyed at the till. It is sent once and kept
            nowhere, and that one request can take the money without anything being shown.
        tip: the part of `amount` that is a tip; None where there is none.
        decision: what a manager settled by hand, beside the status (ux.md 6.3).
        decision_note: the manager's words about it; free text, never journalled.
        decided_by: id of that manager.
        attention: what a person has not answered yet.
    """

    id: int
    reference: str
    sale_id: int
    till_code: str
    shift_id: int
    cashier_id: int
    method: PaymentMethod
    amount: Money
    gateway: str
    credentials: str
    created_at: datetime
    status: ChargeStatus = ChargeStatus.CREATED
    not_sent_at: datetime | None = None
    left_at: datetime | None = None
    gateway_id: str | None = None
    transaction_id: str | None = None
    code: str | None = None
    shown_at: datetime | None = None
    code_expires_at: datetime | None = None
    asked_at: datetime | None = None
    declined_hint_at: datetime | None = None
    cancel_requested_at: datetime | None = None
    cancel_confirmed_at: datetime | None = None
    put_aside_at: datetime | None = None
    stopped_at: datetime | None = None
    closed_at: datetime | None = None
    paid_at: datetime | None = None
    gateway_time: str = ""
    received: Money | None = None
    refusal: str = ""
    is_not_set_up: bool = False
    is_customer_presented: bool = False
    is_card_keyed: bool = False
    unknown_reason: UnknownReason | None = None
    tip: Money | None = None
    decision: ChargeDecision | None = None
    decision_note: str | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    attention: frozenset[Attention] = field(default_factory=frozenset)

    @property
    def short_reference(self) -> str:
        """What screens and receipts show: "HSG1-0087"."""
        return short_reference(self.reference)

    @property
    def price(self) -> Money:
        """The amount without a tip: what the sale costs."""
        return self.amount if self.tip is None else self.amount - self.tip

    @property
    def is_living(self) -> bool:
        """Whether it may still take money."""
        return self.status in LIVING

    @property
    def is_paid(self) -> bool:
        """Whether the gateway has confirmed the payment."""
        return self.status is ChargeStatus.PAID

    @property
    def needs_answer(self) -> bool:
        """Whether it belongs on the "needs an answer" list."""
        return self._is_unknown or bool(self.attention)

    @property
    def is_decided(self) -> bool:
        """Whether a manager has said by hand if it was paid."""
        return self.decision in {ChargeDecision.PAID, ChargeDecision.NOT_PAID}

    @property
    def can_settle(self) -> bool:
        """Whether a manager may say by hand if it was paid; not once the gateway confirmed it."""
        is_question = self._is_unknown or bool(self.attention & ANSWERED_BY_DECISION)
        return is_question and not self.is_paid

    @property
    def is_contradicted(self) -> bool:
        """Whether the gateway's final answer is not what a manager had decided."""
        if self.is_paid:
            return self.decision is ChargeDecision.NOT_PAID
        return self.status in CLOSED_UNPAID and self.decision is ChargeDecision.PAID

    @property
    def can_cancel(self) -> bool:
        """Whether a cancel of the unpaid charge may be asked for.

        Never of an earlier payment that came with a reused reference: that one is not ours to
        return.
        """
        is_open = self.status in {ChargeStatus.WAITING, ChargeStatus.UNKNOWN}
        is_ours = self.unknown_reason is not UnknownReason.REUSED_REFERENCE
        has_id = self.gateway_id is not None
        return is_open and is_ours and has_id and can_cancel(self.gateway, self.method)

    @property
    def wants_cancel(self) -> bool:
        """Whether a cancel is still to be carried out.

        It was asked for and has no final answer, or the sale was left before its code was known.
        Not once a manager has decided that the customer paid: it would return the money.
        """
        is_asked_for = self.cancel_requested_at is not None and self.cancel_confirmed_at is None
        is_kept = self.decision is ChargeDecision.PAID
        return self.can_cancel and not is_kept and (is_asked_for or self.left_at is not None)

    @property
    def can_send_again(self) -> bool:
        """Whether the same create may be sent again: without a code nobody can have paid."""
        return self.is_unanswered and not self.is_customer_presented

    @property
    def is_unanswered(self) -> bool:
        """Whether nothing is known yet of what the gateway made of it."""
        return self.status is ChargeStatus.CREATED and self.gateway_id is None

    @property
    def is_surely_not_sent(self) -> bool:
        """Whether every try was proven not to have reached the gateway."""
        return self.status is ChargeStatus.CREATED and self.not_sent_at is not None

    @property
    def _is_unknown(self) -> bool:
        return self.status is ChargeStatus.UNKNOWN and not self.is_decided
