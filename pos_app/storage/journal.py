"""The journal: what happened to money, append-only and hash-chained per writer (promise 8).

Every entry carries the hash of its writer's entry before. Changing, dropping or inserting one
anywhere breaks the chain there; a cut tail shows by the heads, which the Z report prints.

Callers pass facts only: ids, references, amounts, statuses, instants. Never a customer's name or
contact, a note, a PIN, a token, a card or a scanned code. What is written here stays for good.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
)

from pos_app.domain.errors import JournalBrokenError
from pos_app.storage.streaming import in_batches
from pos_app.storage.tables import journal
from pos_app.storage.types import to_microseconds

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What a body may hold. No floats: amounts are minor units, instants ISO text."""

FIRST_PREVIOUS = "0" * 64
"""What the first entry of a writer names as the hash before it."""

_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode

_AT = type_coerce(journal.c.at, BigInteger).label("at_us")
_LINK: Select[Any] = select(
    journal.c.writer, journal.c.number, _AT, journal.c.kind, journal.c.subject, journal.c.who,
    journal.c.body, journal.c.previous, journal.c.hash,
).order_by(journal.c.writer, journal.c.number, journal.c.id)  # fmt: skip
_HEAD = (
    select(journal.c.number, journal.c.hash)
    .where(journal.c.writer == bindparam("writer"))
    .order_by(journal.c.number.desc())
    .limit(1)
)
_APPEND = insert(journal).inline()
RECENT = 200
"""Entries that may have been committed in another order than they were numbered in: more than all
tills of a store write in the seconds between two looks."""
_RECENT_OF_OTHERS = (
    select(journal.c.id, journal.c.subject)
    .where(
        journal.c.id > select(func.max(journal.c.id) - RECENT).scalar_subquery(),
        journal.c.writer != bindparam("writer"),
    )
    .order_by(journal.c.id)
)
_LAST_AT: Select[Any] = select(func.max(journal.c.at))


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry as it is stored.

    Attributes:
        number: counts from 1 within the writer.
        at: aware UTC.
        subject: what it is about, e.g. "charge:12".
        who: id of the person, None where the program acted by itself.
        body: canonical JSON, the exact text that was hashed.
    """

    writer: str
    number: int
    at: datetime
    kind: str
    subject: str
    who: int | None
    body: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class JournalNews:
    """That there is an entry, by its ledger id, and what it is about."""

    id: int
    subject: str


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The last entry of a writer; printed on the Z report so that a cut tail shows."""

    writer: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """What a complete, unbroken journal holds: its number of entries and each writer's head."""

    entries: int
    heads: tuple[JournalHead, ...]


Link: TypeAlias = tuple[str, int, int, str, str, int | None, str, str]
"""Writer, number, microseconds since 1970, kind, subject, who, body as stored, previous hash."""


def entry_hash(link: Link) -> str:
    """Return the SHA-256, in hex, of `link` as a canonical JSON array.

    Canonical: UTF-8, no spaces, nothing escaped that need not be.
    """
    return sha256(_canonical(link).encode("utf-8", "surrogatepass")).hexdigest()


class Journal:
    """The journal inside one unit of work."""

    def __init__(self, connection: Connection, writer: str) -> None:
        self._connection = connection
        self._writer = writer

    def append(
        self, kind: str, subject: str, at: datetime, who: int | None, body: Mapping[str, Json]
    ) -> None:
        """Add an entry to this writer's chain; it is there when the unit commits, or never.

        The head is read in the same transaction, under the lock that every writing unit takes
        first, so that two threads or programs with one writer's name cannot fork the chain.

        Args:
            kind: what happened, e.g. "charge.paid".
            subject: what it happened to, e.g. "charge:12".
            at: aware UTC.
            who: id of the person; None: the program by itself.
            body: facts only (see the module).
        """
        head = self._connection.execute(_HEAD, {"writer": self._writer}).first()
        number, previous = (head[0] + 1, head[1]) if head else (1, FIRST_PREVIOUS)
        text = _canonical(body)
        at_us = to_microseconds(at)
        link: Link = (self._writer, number, at_us, kind, subject, who, text, previous)
        self._connection.execute(
            _APPEND,
            {
                "writer": self._writer,
                "number": number,
                "at": at,
                "kind": kind,
                "subject": subject,
                "who": who,
                "body": text,
                "previous": previous,
                "hash": entry_hash(link),
            },
        )

    def entries(self, subject: str | None = None) -> Iterator[JournalEntry]:
        """Yield entries, oldest first; all, or those about `subject`. Flat memory."""
        columns = [c for c in journal.c if c.name != "id"]
        query = select(*columns).order_by(journal.c.id)
        if subject is not None:
            query = query.where(journal.c.subject == subject)
        for row in in_batches(self._connection, query):
            yield _entry(row)

    def recent_of_others(self) -> tuple[JournalNews, ...]:
        """Return which of the last `RECENT` entries are of other writers, oldest first."""
        rows = self._connection.execute(_RECENT_OF_OTHERS, {"writer": self._writer})
        return tuple(JournalNews(*row) for row in rows)

    def last_at(self) -> datetime | None:
        """Return the instant of the newest entry of all writers; None: there is none."""
        at: datetime | None = self._connection.execute(_LAST_AT).scalar()
        return at

    def verify(self) -> JournalCheck:
        """Walk every chain from its first entry; flat memory, some 100,000 entries a second.

        Raises:
            JournalBrokenError: names the first link that does not hold (by writer, then number).
        """
        count = 0
        heads: list[JournalHead] = []
        last = JournalHead("", 0, FIRST_PREVIOUS)
        for row in in_batches(self._connection, _LINK):
            if row[0] != last.writer:
                heads.append(last)
                last = JournalHead(row[0], 0, FIRST_PREVIOUS)
            last = _next_head(last, row)
            count += 1
        heads.append(last)
        return JournalCheck(count, tuple(head for head in heads if head.number))


def _entry(row: Sequence[Any]) -> JournalEntry:
    return JournalEntry(*row)


def _next_head(last: JournalHead, row: Sequence[Any]) -> JournalHead:
    writer, number, *_, previous, stored = row
    if number != last.number + 1:
        if number == last.number:
            raise JournalBrokenError(writer, number, "there are two entries with this number")
        raise JournalBrokenError(writer, last.number + 1, "the entry is missing")
    if previous != last.hash:
        raise JournalBrokenError(writer, number, "it does not follow the entry before it")
    if not _is_hash_of(stored, row[:-1]):
        raise JournalBrokenError(writer, number, "its content was changed")
    return JournalHead(writer, number, stored)


def _is_hash_of(stored: str, link: Sequence[Any]) -> bool:
    try:
        return entry_hash(cast("Link", tuple(link))) == stored
    except TypeError:  # SQLite's columns hold whatever is put there, even bytes
        return False
