"""People in the ledger. Hashes of PINs are written and compared elsewhere, and only kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from pos_app.domain.people import Person, Role
from pos_app.storage.tables import people

_PERSON: Select[Any] = select(*(people.c[field.name] for field in fields(Person)))
_BY_ID = _PERSON.where(people.c.id == bindparam("key"))
_MANAGERS = _PERSON.where(people.c.role == Role.MANAGER).order_by(people.c.id)


class People:
    """The people of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Person, ...]:
        """Return everybody, the retired too, in the order in which they were added."""
        return tuple(map(_person, self._connection.execute(_PERSON.order_by(people.c.id))))

    def lock_managers(self) -> tuple[Person, ...]:
        """Return all who may approve, and keep others from changing them until the unit's end.

        Two tills that each retire another of the last two managers do so one after the other.
        """
        found = self._connection.execute(_MANAGERS.with_for_update())
        return tuple(person for person in map(_person, found) if person.is_manager)

    def get(self, person_id: int) -> Person:
        """Return one person.

        Raises:
            KeyError: there is nobody with this id: a bug.
        """
        row = self._connection.execute(_BY_ID, {"key": person_id}).first()
        if row is None:
            raise KeyError(f"no person {person_id}")
        return _person(row)

    def lock(self, person_id: int) -> Person:
        """Return one person and keep others from changing them until the end of the unit.

        Raises:
            KeyError: there is nobody with this id: a bug.
        """
        query = _PERSON.where(people.c.id == person_id).with_for_update()
        return _person(self._one(query, person_id))

    def pin_hash(self, person_id: int) -> str:
        """Return the argon2id hash of a person's PIN. It goes nowhere but into the comparison.

        Raises:
            KeyError: there is nobody with this id: a bug.
        """
        row = self._one(select(people.c.pin_hash).where(people.c.id == person_id), person_id)
        return str(row[0])

    def add(self, name: str, role: Role, pin_length: int, pin_hash: str) -> Person:
        """Record a person and return them with their id.

        `pin_hash` is the argon2id hash as text, made by the caller; `pin_length` counts digits.
        """
        row = {
            "name": name,
            "role": role,
            "pin_length": pin_length,
            "pin_hash": pin_hash,
            "wrong_pins": 0,
            "lockouts": 0,
        }
        key = self._connection.execute(insert(people).returning(people.c.id), row).scalar_one()
        return Person(key, name, role, pin_length)

    def save(self, person: Person) -> None:
        """Write a person's changes; the PIN's hash stays as it is."""
        self._connection.execute(
            update(people)
            .where(people.c.id == person.id)
            .values(
                name=person.name,
                role=person.role,
                pin_length=person.pin_length,
                wrong_pins=person.wrong_pins,
                lockouts=person.lockouts,
                locked_until=person.locked_until,
                retired_at=person.retired_at,
            )
        )

    def set_pin_hash(self, person_id: int, pin_hash: str) -> None:
        """Put the argon2id hash of a new PIN in place of the old one."""
        self._connection.execute(
            update(people).where(people.c.id == person_id).values(pin_hash=pin_hash)
        )

    def _one(self, query: Select[Any], person_id: int) -> Sequence[Any]:
        row = self._connection.execute(query).first()
        if row is None:
            raise KeyError(f"no person {person_id}")
        return row


def _person(row: Sequence[Any]) -> Person:
    return Person(*row)
