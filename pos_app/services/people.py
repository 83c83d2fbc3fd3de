"""Who may sign in and approve, and the changes that a manager makes to that (design.md, 6)."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pos_app.domain.errors import (
    LastManagerError,
    LockedOutError,
    NameTakenError,
    NobodyOfThatNameError,
    NoNameError,
    NotAManagerError,
    RetiredError,
    SignInError,
    WrongPinError,
)
from pos_app.domain.people import (
    LOCKOUTS,
    MAX_WRONG_PINS,
    Approval,
    Person,
    Role,
    check_new_pin,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.services.clock import Clock
    from pos_app.storage.store import Store
    from pos_app.storage.unit_of_work import UnitOfWork


TIME_COST, MEMORY_KIB, LANES = 2, 19_456, 1
"""argon2id as the OWASP password storage sheet recommends it at least. The library's own default
takes four times as long on a store PC, and nobody wants to wait for the Sell page; a PIN of four
digits is protected by the lockout, not by the cost of a guess."""


class People:
    """Signs people in, keeps count of wrong PINs, and changes who may do what.

    Hashing takes a while: nothing here is for the GUI thread. No PIN is kept or logged. Two people
    may have the same PIN: everybody is chosen by name before they key it, and refusing one would
    tell whoever keys it that it is somebody's.

    Every change is one transaction with its journal entry, which names people by id only. The
    changes raise, and have then changed nothing:
        NotAManagerError: who approved it is no manager (any more).
        LastManagerError: no manager would be left.
        RetiredError: it is about somebody who is retired.
        PinFormatError: no PIN for that role.
        StorageError: it could not be written.
    """

    def __init__(self, store: Store, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher or PasswordHasher(TIME_COST, MEMORY_KIB, LANES)
        self._one_at_a_time = threading.Lock()

    def everyone(self) -> tuple[Person, ...]:
        """Return all who may sign in, in the order in which they were added."""
        with self._store.read() as work:
            return tuple(person for person in work.people.all() if not person.is_retired)

    # Signing in and approving

    def sign_in(self, person_id: int, pin: str) -> Person:
        """Let a person in.

        Raises:
            RetiredError: not any more.
            LockedOutError: five wrong PINs; says until when.
            WrongPinError: says how many tries are left.
        """
        with self._one_at_a_time:
            with self._store.read() as work:
                person = work.people.get(person_id)
                pin_hash = work.people.pin_hash(person_id)
            self._check_may_try(person)
            let_in = self._let_in(person_id, pin_hash) if self._is_right(pin_hash, pin) else None
            if let_in is None:
                raise self._refusal(person_id)
            return let_in

    def approve(self, person_id: int, pin: str) -> Person:
        """Let a manager approve a single action, without switching who is signed in.

        Who asked and who approved is journalled with the action itself. Wrong PINs count as at
        signing in.

        Raises:
            NotAManagerError: no manager; their PIN was not even looked at.
            RetiredError, LockedOutError, WrongPinError: as `sign_in`.
        """
        with self._store.read() as work:
            person = work.people.get(person_id)
        if not person.is_manager and not person.is_retired:
            raise NotAManagerError(f"{person.name} can't approve this: a manager has to.")
        return self.sign_in(person_id, pin)

    # Changes

    def add_first_manager(self, name: str, pin: str) -> Person:
        """Add the first person of a new till, a manager.

        Raises:
            NoNameError: the name is empty.
            SignInError: there are people already.
        """
        return self._add(name, pin, Role.MANAGER, None, is_first=True)

    def add(self, name: str, pin: str, role: Role, approval: Approval | None = None) -> Person:
        """Add a person; without `approval` only where nobody can give it (training).

        Raises:
            NoNameError: the name is empty.
            NameTakenError: somebody who may sign in has this name: who could tell them apart?
        """
        return self._add(name, pin, role, approval, is_first=False)

    def retire(self, person_id: int, approval: Approval) -> Person:
        """Keep a person out for good; what they did stays theirs, and their name is free again."""
        now = self._clock.now()
        return self._change(
            "person_retired", person_id, lambda one: replace(one, retired_at=now), approval
        )

    def change_role(self, person_id: int, role: Role, pin: str, approval: Approval) -> Person:
        """Make a person cashier or manager.

        The PIN is always a new one: a cashier's was keyed in front of customers all the time.
        """
        return self._change(
            "person_role_changed",
            person_id,
            lambda one: _with_new_pin(replace(one, role=role), pin),
            approval,
            self._hasher.hash(pin),
        )

    def reset_pin(self, person_id: int, pin: str, approval: Approval) -> Person:
        """Give a person a new PIN and unlock them."""
        return self._change(
            "person_pin_reset",
            person_id,
            lambda one: _with_new_pin(one, pin),
            approval,
            self._hasher.hash(pin),
        )

    def reset_pin_by_administrator(self, name: str, pin: str) -> Person:
        """Give the person of that name a new PIN and unlock them, with nobody's approval.

        For the command of whoever may read and write the ledger's files anyway (design.md, 6).

        Raises:
            NobodyOfThatNameError: nobody who may sign in is called so.
        """
        return self._change(
            "person_pin_reset",
            self.named(name).id,
            lambda one: _with_new_pin(one, pin),
            None,
            self._hasher.hash(pin),
        )

    def named(self, name: str) -> Person:
        """Return who is called `name`, whatever the case of its letters.

        Raises:
            NobodyOfThatNameError: nobody who may sign in is called so.
        """
        with self._store.read() as work:
            person = _called(work, name)
        if person is None:
            raise NobodyOfThatNameError(f"Nobody called “{name}” can sign in.")
        return person

    def _add(
        self, name: str, pin: str, role: Role, approval: Approval | None, *, is_first: bool
    ) -> Person:
        check_new_pin(pin, role)
        if not name.strip():
            raise NoNameError("A person needs a name.")
        pin_hash = self._hasher.hash(pin)
        with self._store.write() as work:
            if is_first and work.people.all():
                raise SignInError("There is a manager already.")
            _check_approver(work.people.lock_managers(), approval)
            if _called(work, name) is not None:
                raise NameTakenError(f"There is a “{name.strip()}” already.")
            person = work.people.add(name.strip(), role, len(pin), pin_hash)
            self._note(work, "person_added", person, approval)
        return person

    def _change(
        self,
        kind: str,
        person_id: int,
        change: Callable[[Person], Person],
        approval: Approval | None,
        pin_hash: str | None = None,
    ) -> Person:
        with self._store.write() as work:
            managers = work.people.lock_managers()
            _check_approver(managers, approval)
            before = work.people.lock(person_id)
            _check_works_here(before)
            after = change(before)
            if before.is_manager and not after.is_manager and len(managers) == 1:
                raise LastManagerError
            work.people.save(after)
            if pin_hash is not None:
                work.people.set_pin_hash(person_id, pin_hash)
            self._note(work, kind, after, approval)
        return after

    def _note(
        self, work: UnitOfWork, kind: str, person: Person, approval: Approval | None
    ) -> None:
        """Journal a change; an entry without approval is the program's or the administrator's."""
        asked_by = approval.asked_by if approval else None
        body: dict[str, str | int] = {"role": str(person.role)}
        if approval is not None:
            body["approved_by"] = approval.approved_by
        work.journal.append(kind, f"person {person.id}", self._clock.now(), asked_by, body)

    # PINs

    def _is_right(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _let_in(self, person_id: int, pin_hash: str) -> Person | None:
        """Forget the wrong PINs; None when the PIN has been replaced while it was checked."""
        with self._store.write() as work:
            person = work.people.lock(person_id)
            self._check_may_try(person)
            if work.people.pin_hash(person_id) != pin_hash:
                return None
            clean = replace(person, wrong_pins=0, lockouts=0, locked_until=None)
            if clean != person:
                work.people.save(clean)
        return clean

    def _refusal(self, person_id: int) -> SignInError:
        """Count one more wrong PIN; the fifth locks."""
        now = self._clock.now()
        with self._store.write() as work:
            person = work.people.lock(person_id)
            if person.locked_until is not None and person.is_locked_at(now):
                return LockedOutError(person.locked_until)  # by another till, meanwhile
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

    def _check_may_try(self, person: Person) -> None:
        _check_works_here(person)
        if person.locked_until is not None and person.is_locked_at(self._clock.now()):
            raise LockedOutError(person.locked_until)


def _with_new_pin(person: Person, pin: str) -> Person:
    check_new_pin(pin, person.role)
    return replace(person, pin_length=len(pin), wrong_pins=0, lockouts=0, locked_until=None)


def _called(work: UnitOfWork, name: str) -> Person | None:
    wanted = name.strip().casefold()
    found = (one for one in work.people.all() if one.name.casefold() == wanted)
    return next((one for one in found if not one.is_retired), None)


def _check_works_here(person: Person) -> None:
    if person.is_retired:
        raise RetiredError(f"{person.name} can't sign in any more.")


def _check_approver(managers: Sequence[Person], approval: Approval | None) -> None:
    if approval and approval.approved_by not in {one.id for one in managers}:
        raise NotAManagerError("Whoever approved this is no manager.")
