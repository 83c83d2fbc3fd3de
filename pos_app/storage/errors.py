"""The one place where a database's troubles become the till's own, told in one plain sentence.

StorageError
├── DatabaseReadOnlyError, DiskFullError, NewerSchemaError   (domain.errors)
└── ConflictError    a rule of the ledger (unique, foreign key, CHECK) refused the rows
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from pos_app.domain.errors import DatabaseReadOnlyError, DiskFullError, StorageError

_SQLITE_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_POSTGRES_BUSY = {"40001", "40P01", "55P03"}  # serialization, deadlock, lock timeout
_POSTGRES_FULL = {"53100", "53200"}  # disk full, out of memory
_POSTGRES_READ_ONLY = {"25006", "42501"}  # read-only transaction, missing privilege
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


class ConflictError(StorageError):
    """A rule of the ledger refused the change. Money: nothing was written."""


@contextmanager
def translated_database(place: str) -> Iterator[None]:
    """Turn what the database raises inside the block into a `StorageError`.

    OSError goes on as it is: what a caller does inside a unit, such as writing an export into a
    pipe, is not the ledger's trouble.

    Args:
        place: the database in words, e.g. "the file /…/till.sqlite3"; never with a password.

    Raises:
        DatabaseReadOnlyError: the file, folder or server does not take writes.
        DiskFullError: no space is left.
        ConflictError: a unique, foreign key or CHECK rule refused the change.
        StorageError: anything else (busy, damaged, unreachable).
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise _of_database(error, place) from error
    except exc.TimeoutError as error:
        raise _busy(place) from error


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn what the database or its file raises inside the block into a `StorageError`.

    Arguments and errors as `translated_database`; OSError becomes one of them, too.
    """
    try:
        with translated_database(place):
            yield
    except OSError as error:
        raise _of_system(error, place) from error


def _of_system(error: OSError, place: str) -> StorageError:
    if error.errno in _NO_SPACE:
        return _full(place)
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
        return _read_only(place)
    return StorageError(f"The ledger in {place} can't be opened: {error.strerror or error}.")


def _of_database(error: exc.DBAPIError, place: str) -> StorageError:
    if isinstance(error, exc.IntegrityError):
        return ConflictError(
            f"The ledger in {place} already has something else in this place; nothing was changed."
        )
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig, place)
    return _of_postgres(getattr(error.orig, "sqlstate", None), place)


def _of_sqlite(error: sqlite3.Error, place: str) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # extended codes sit above the low byte
    if code in _SQLITE_READ_ONLY:
        return _read_only(place)
    if code == sqlite3.SQLITE_FULL:
        return _full(place)
    if code in _SQLITE_BUSY:
        return _busy(place)
    if code in _SQLITE_DAMAGED:
        return StorageError(f"The ledger in {place} is damaged: restore it from a backup.")
    return StorageError(f"The ledger in {place} can't be read or written ({error}).")


def _of_postgres(state: str | None, place: str) -> StorageError:
    if state in _POSTGRES_FULL:
        return _full(place)
    if state in _POSTGRES_READ_ONLY:
        return _read_only(place)
    if state in _POSTGRES_BUSY:
        return _busy(place)
    if state is None or state[:2] in {"08", "28", "3D", "57"}:
        return StorageError(
            f"The ledger in {place} can't be reached: check the server and the database setting."
        )
    return StorageError(f"The ledger in {place} can't be read or written (SQLSTATE {state}).")


def _read_only(place: str) -> DatabaseReadOnlyError:
    return DatabaseReadOnlyError(f"The ledger in {place} can't be written: it is read-only.")


def _full(place: str) -> DiskFullError:
    return DiskFullError(f"No space is left for the ledger in {place}.")


def _busy(place: str) -> StorageError:
    return StorageError(f"The ledger in {place} is held by another program; please try again.")
