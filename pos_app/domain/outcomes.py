"""What a gateway answered, as values. What prevented an answer is an exception (errors.py)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.money import Money


class RefusalKind(StrEnum):
    """What a refusal is about, as far as the gateway's words tell."""

    NOT_SET_UP = "not_set_up"
    """The token is missing or unknown: a manager must check the connection settings."""
    OTHER = "other"
    """A field, a limit, a rule of the contract: see the text."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway's own answer says no. Money: nothing happened.

    Attributes:
        code: the gateway's code, empty where it has none.
        text: the gateway's own words, for Details.
    """

    kind: RefusalKind
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CodeCreated:
    """A charge was accepted: the customer can pay with `code`.

    Attributes:
        gateway_id: the gateway's id for later questions; opaque, at most 64 characters.
        code: what the QR code must say; or a `data:image/png;base64,` address where the service
            sent a picture that could not be read, to be shown as it is.
    """

    gateway_id: str
    code: str


class PaymentState(StrEnum):
    """What an inquire says of the payment."""

    PAID = "paid"
    """The gateway has the money."""
    OPEN = "open"
    """Not paid; the customer still can."""
    EXPIRED = "expired"
    """The code ran out unpaid."""
    DECLINED = "declined"
    """The gateway closed it after a no (not CHOP)."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The answer to an inquire. Members that the gateway did not send are None.

    Attributes:
        is_charge: False when the answer speaks of something else (a refund); such an answer can
            never make a charge paid.
        amount: None when amount or currency were not sent or not readable.
        tip: the part of `amount` that is a tip; zero for none, None when it was not sent.
        method: the provider's payment method as our id, None when not sent or not ours.
        transaction_id: the gateway's transaction id; may be there while unpaid.
        time_text: the gateway's time as it was sent; no zone is known, only ever shown.
        is_refunded: the gateway says that money of it went back, and not how much.
    """

    state: PaymentState
    is_charge: bool = True
    reference: str | None = None
    amount: Money | None = None
    tip: Money | None = None
    method: str | None = None
    transaction_id: str | None = None
    time_text: str = ""
    is_refunded: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a gateway made of a customer's code, or of a card that was keyed here.

    Attributes:
        gateway_id: its id of the payment; None only where no payment came to be.
        inquiry: how the payment stands: paid; open until the customer confirms on the phone, or
            until an inquiry confirms what was only said; declined; or expired where the code
            itself was too old.
    """

    gateway_id: str | None
    inquiry: Inquiry


class CancelResult(StrEnum):
    """What the gateway made of a cancel."""

    CANCELLED = "cancelled"
    """Cancelled: an unpaid one is closed, a paid one is returned in full."""
    DUPLICATE = "duplicate"
    """It had been cancelled before: counts as cancelled after one more inquire."""
    NOT_IN_WINDOW = "not_in_window"
    """Too early or too late: the payment is unchanged."""
    FAILED = "failed"
    """Refused for another reason: the payment is unchanged."""


@dataclass(frozen=True, slots=True)
class CancelAnswer:
    """The answer to a cancel, with the gateway's own words for Details."""

    result: CancelResult
    text: str = ""


@dataclass(frozen=True, slots=True)
class RefundDone:
    """The money goes back to the customer.

    Attributes:
        gateway_id: the gateway's id of the refund, at most 64 characters; None when it sent none.
    """

    gateway_id: str | None


@dataclass(frozen=True, slots=True)
class RefundPending:
    """The gateway has accepted the refund and will carry it out, or fail to.

    Attributes:
        gateway_id: the gateway's id of the refund, to ask about it; at most 64 characters.
    """

    gateway_id: str


class RefundRefusalKind(StrEnum):
    """Why the gateway did not refund."""

    TOO_MUCH = "too_much"
    """More than it has left of this payment, or it does not know of the payment being paid."""
    NO_BALANCE = "no_balance"
    """There is not enough money in the merchant's open balance today."""
    OTHER = "other"
    """Another rule: see the text."""


@dataclass(frozen=True, slots=True)
class RefundRefused:
    """The gateway's answer to a refund says no. Money: nothing went back.

    Attributes:
        text: the gateway's own words, for Details.
        code: the gateway's code, empty where it has none.
    """

    kind: RefundRefusalKind
    text: str
    code: str = ""


RefundAnswer = RefundDone | RefundPending | RefundRefused
"""What a gateway answered to a refund."""


class ListedKind(StrEnum):
    """What an entry of the gateway's list is."""

    CHARGE = "charge"
    """Money from a customer, asked for or taken."""
    REFUND = "refund"
    """Money back to a customer."""
    OTHER = "other"
    """Something that this program does not know: it proves nothing."""


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """An entry of the gateway's own list. Members that the gateway did not send are None.

    Attributes:
        state: what became of it, PAID also of a refund that is done; None when the gateway used
            a word that is not known.
        reference: of a refund the reference of the payment.
        gateway_id: the entry's own id; of a refund the one that `RefundDone` has.
        transaction_id: of the payment, also in a refund's entry.
        amount: what was taken, or what went back; None when not readable.
        refunded: how much of a charge has gone back by all its refunds; None when not told.
        method: the provider's payment method as our id, None when not sent or not ours.
        time_text: the gateway's time as it was sent; no zone is known, only ever shown.
        note: the reason that was given with a refund.
    """

    kind: ListedKind
    state: PaymentState | None
    reference: str | None = None
    gateway_id: str | None = None
    transaction_id: str | None = None
    amount: Money | None = None
    refunded: Money | None = None
    method: str | None = None
    time_text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionCheck:
    """What a harmless question told of the connection.

    Attributes:
        is_token_known: the gateway accepted our token.
        took_s: seconds until the answer.
        text: the gateway's own words, for Details.
    """

    is_token_known: bool
    took_s: float
    text: str = ""
