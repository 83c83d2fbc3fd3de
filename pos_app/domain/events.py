"""What happened to money, told to whoever listens after it was committed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.charges import Charge
from pos_app.domain.refunds import Refund


@dataclass(frozen=True, slots=True)
class ChargeChanged:
    """A charge's row changed; sent after the commit, on the thread that committed.

    Attributes:
        before: the charge as it was; None when it was created.
        after: the charge as it is on disk now.
    """

    before: Charge | None
    after: Charge


@dataclass(frozen=True, slots=True)
class RefundChanged:
    """A refund's row changed; sent after the commit, on the thread that committed.

    Attributes:
        before: the refund as it was; None when it was asked for.
        after: the refund as it is on disk now.
    """

    before: Refund | None
    after: Refund


@dataclass(frozen=True, slots=True)
class Asked:
    """The gateway was asked about a charge, answered or not; nothing in the ledger changed."""

    charge_id: int


@dataclass(frozen=True, slots=True)
class ChangedElsewhere:
    """Another program on the same ledger has changed these charges, or refunds of them."""

    charge_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The gateway started or stopped answering.

    Attributes:
        gateway: id of the gateway.
        is_answering: False after two questions in a row without an answer.
        has_network: False when requests cannot even leave this PC.
        is_known: False as long as nothing has been asked: then the others are hopes.
    """

    gateway: str
    is_answering: bool
    has_network: bool
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """A manager has changed settings, and they are in force."""


@dataclass(frozen=True, slots=True)
class ServicesChanged:
    """Which payment services can be used is known, or has changed: a token came or went."""


Event = (
    ChargeChanged
    | RefundChanged
    | Asked
    | ChangedElsewhere
    | ConnectionChanged
    | SettingsChanged
    | ServicesChanged
)
