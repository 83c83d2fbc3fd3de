"""Who may sign in."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pos_app.domain.errors import LockedOutError, NotAManagerError, SignInError, WrongPinError
from pos_app.domain.people import LOCKOUTS, MAX_WRONG_PINS, Person, Role, check_new_pin

if TYPE_CHECKING:
    from pos_app.services.clock import Clock
    from pos_app.storage.store import Store


TIME_COST, MEMORY_KIB, LANES = 2, 19_456, 1
"""argon2id as the OWASP password storage sheet recommends it at least. The library's own default
takes four times as long on a store PC, and nobody wants to wait for the Sell page; a PIN of four
digits is protected by the lockout, not by the cost of a guess."""


class People:
    """Signs people in and keeps count of wrong PINs, in the database.

    Hashing takes a while: never call `sign_in` or `add_first_manager` on the GUI thread. No PIN
    is kept or logged.
    """

    def __init__(self, store: Store, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher or PasswordHasher(TIME_COST, MEMORY_KIB, LANES)
        self._one_at_a_time = threading.Lock()

    def everyone(self) -> tuple[Person, ...]:
        """Return all people, in the order in which they were added."""
        with self._store.read() as work:
            return work.people.all()

    def sign_in(self, person_id: int, pin: str) -> Person:
        """Let a person in.

        Raises:
            LockedOutError: five wrong PINs; says until when.
            WrongPinError: says how many tries are left.
        """
        with self._one_at_a_time:
            with self._store.read() as work:
                person = work.people.get(person_id)
                pin_hash = work.people.pin_hash(person_id)
            now = self._clock.now()
            if person.locked_until is not None and now < person.locked_until:
                raise LockedOutError(person.locked_until)
            if self._is_right(pin_hash, pin):
                return self._let_in(person)
            raise self._refusal(person_id)

    def approve(self, person_id: int, pin: str) -> Person:
        """Let a manager approve a single action, without switching who is signed in.

        Who asked and who approved is journalled with the action itself. Wrong PINs count as at
        signing in.

        Raises:
            NotAManagerError: no manager; their PIN was not even looked at.
            LockedOutError: five wrong PINs; says until when.
            WrongPinError: says how many tries are left.
        """
        with self._store.read() as work:
            person = work.people.get(person_id)
        if not person.is_manager:
            raise NotAManagerError(f"{person.name} can't approve this: a manager has to.")
        return self.sign_in(person_id, pin)

    def add_first_manager(self, name: str, pin: str) -> Person:
        """Add the first person of a new till, a manager.

        Raises:
            PinFormatError: no PIN of a manager.
            SignInError: there are people already, or the name is empty.
        """
        return self._add(name, pin, Role.MANAGER, is_first=True)

    def add(self, name: str, pin: str, role: Role) -> Person:
        """Add a person.

        Raises:
            PinFormatError: no PIN of that role.
            SignInError: the name is empty.
        """
        return self._add(name, pin, role, is_first=False)

    def _add(self, name: str, pin: str, role: Role, *, is_first: bool) -> Person:
        check_new_pin(pin, role)
        if not name.strip():
            raise SignInError("A person needs a name.")
        pin_hash = self._hasher.hash(pin)
        with self._store.write() as work:
            if is_first and work.people.all():
                raise SignInError("There is a manager already.")
            person = work.people.add(name.strip(), role, len(pin), pin_hash)
            work.journal.append(
                "person_added", f"person {person.id}", self._clock.now(), None, {"role": str(role)}
            )
        return person

    def _is_right(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _let_in(self, person: Person) -> Person:
        clean = replace(person, wrong_pins=0, lockouts=0, locked_until=None)
        if clean != person:
            with self._store.write() as work:
                work.people.save(clean)
        return clean

    def _refusal(self, person_id: int) -> SignInError:
        """Count one more wrong PIN; the fifth locks."""
        now = self._clock.now()
        with self._store.write() as work:
            person = work.people.get(person_id)
            person = replace(person, wrong_pins=person.wrong_pins + 1, locked_until=None)
            if person.wrong_pins < MAX_WRONG_PINS:
                work.people.save(person)
                return WrongPinError(MAX_WRONG_PINS - person.wrong_pins)
            until = now + LOCKOUTS[min(person.lockouts, len(LOCKOUTS) - 1)]
            person = replace(
                person, wrong_pins=0, lockouts=person.lockouts + 1, locked_until=until
            )
            work.people.save(person)
            work.journal.append(
                "person_locked", f"person {person.id}", now, None, {"lockouts": person.lockouts}
            )
        return LockedOutError(until)
