"""What a payment service tells by itself. It makes us ask; it never makes anything paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MASKED = "…"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice whose signature holds (promise 3: still only a reason to ask).

    Attributes:
        gateway: id of the payment service that signed it.
        key: the same for the same notice told twice, and for no other of that service.
        reference: of the charge, as the notice says it.
        is_paid: it speaks of a payment; else of one that the wallet refused.
        members: what came, without what must not be kept (see `kept_members`).
    """

    gateway: str
    key: str
    reference: str
    is_paid: bool
    members: Mapping[str, str] = field(default_factory=dict)


def kept_members(members: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    """Return the members of a notice as they may be kept: the values of all others are masked.

    Args:
        members: as they came.
        known: names of those that say nothing about a card and could not help to forge.
    """
    return {name: value if name in known else MASKED for name, value in members.items()}
