"""People who use the till: cashiers and managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_app.domain.errors import PinFormatError

MAX_WRONG_PINS = 5
LOCKOUTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""How long five wrong PINs lock a person: the first, the second, every further time."""


class Role(StrEnum):
    """What a person may do (design.md, section 6)."""

    CASHIER = "cashier"
    """Sell, put aside, reprint, close the shift."""
    MANAGER = "manager"
    """Also refund, settle by hand, settings, people, export, leave training."""


PIN_LENGTHS = {Role.CASHIER: range(4, 7), Role.MANAGER: range(6, 9)}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in. The PIN's hash stays in storage and is never part of this.

    Attributes:
        pin_length: digits of the PIN, so that the pad can send it at full length.
        wrong_pins: wrong PINs since the last right one or lockout.
        lockouts: how often in a row five wrong PINs have locked this person.
        locked_until: aware UTC; None when not locked.
        retired_at: aware UTC, since when this person neither signs in nor approves; None while
            they may. They stay in the history by name.
    """

    id: int
    name: str
    role: Role
    pin_length: int
    wrong_pins: int = 0
    lockouts: int = 0
    locked_until: datetime | None = None
    retired_at: datetime | None = None

    @property
    def is_retired(self) -> bool:
        """Whether this person may do nothing any more."""
        return self.retired_at is not None

    @property
    def is_manager(self) -> bool:
        """Whether this person may approve what managers approve."""
        return self.role is Role.MANAGER and not self.is_retired

    def is_locked_at(self, now: datetime) -> bool:
        """Whether wrong PINs keep this person out at `now` (aware)."""
        return self.locked_until is not None and now < self.locked_until


@dataclass(frozen=True, slots=True)
class Approval:
    """Who wanted something that managers approve, and the manager whose PIN approved it.

    Attributes:
        asked_by, approved_by: ids of people; the same one for a manager who is signed in.
    """

    asked_by: int
    approved_by: int


def check_new_pin(pin: str, role: Role) -> None:
    """Refuse a new PIN that is no PIN.

    Raises:
        PinFormatError: wrong length or not digits. Never repeats the PIN.
    """
    lengths = PIN_LENGTHS[role]
    if not (pin.isascii() and pin.isdigit() and len(pin) in lengths):
        first, last = lengths[0], lengths[-1]
        raise PinFormatError(f"A {role.value}'s PIN has {first} to {last} digits.")
