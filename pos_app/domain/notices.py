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


def kept_members(members: Mapping[str, str], hidden: frozenset[str]) -> dict[str, str]:
    """Return the members of a notice as they may be kept: hidden ones are masked.

    Args:
        members: as they came.
        hidden: names of those that say something about a card, or could help to forge.
    """
    return {name: MASKED if name in hidden and value else value for name, value in members.items()}
