"""What the databases say, and the sentence and kind that it becomes."""

import errno
import sqlite3

import psycopg.errors
import pytest
from sqlalchemy import exc

from pos_app.domain.errors import DatabaseReadOnlyError, DiskFullError, StorageError
from pos_app.storage.errors import ConflictError, translated

PLACE = "the file /till/till.sqlite3"


def sqlite_error(code):
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return exc.OperationalError("SELECT 1", {}, error)


def postgres_error(state):
    error = psycopg.errors.lookup(state)("what PostgreSQL says")
    return exc.DBAPIError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (sqlite_error(sqlite3.SQLITE_READONLY), DatabaseReadOnlyError, "read-only"),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), DatabaseReadOnlyError, "read-only"),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), DatabaseReadOnlyError, "read-only"),
        (sqlite_error(sqlite3.SQLITE_FULL), DiskFullError, "No space"),
        (sqlite_error(sqlite3.SQLITE_BUSY), StorageError, "held by another program"),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), StorageError, "held by another program"),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), StorageError, "damaged"),
        (sqlite_error(sqlite3.SQLITE_NOTADB), StorageError, "damaged"),
        (sqlite_error(sqlite3.SQLITE_IOERR), StorageError, "can't be read or written"),
        (postgres_error("53100"), DiskFullError, "No space"),
        (postgres_error("25006"), DatabaseReadOnlyError, "read-only"),
        (postgres_error("42501"), DatabaseReadOnlyError, "read-only"),
        (postgres_error("40P01"), StorageError, "held by another program"),
        (postgres_error("55P03"), StorageError, "held by another program"),
        (postgres_error("57P01"), StorageError, "can't be reached"),
        (postgres_error("28P01"), StorageError, "can't be reached"),
        (postgres_error("42P01"), StorageError, "SQLSTATE 42P01"),
        (exc.IntegrityError("x", {}, sqlite3.IntegrityError()), ConflictError, "nothing was"),
        (exc.TimeoutError(), StorageError, "held by another program"),
        (OSError(errno.ENOSPC, "full"), DiskFullError, "No space"),
        (OSError(errno.EROFS, "read-only"), DatabaseReadOnlyError, "read-only"),
        (OSError(errno.EACCES, "denied"), DatabaseReadOnlyError, "read-only"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), StorageError, "Not a directory"),
    ],
)
def test_a_trouble_becomes_one_plain_sentence(error, kind, words):
    with pytest.raises(StorageError) as caught, translated(PLACE):
        raise error
    assert type(caught.value) is kind
    sentence = str(caught.value)
    assert words in sentence
    assert PLACE in sentence
    assert sentence.count("\n") == 0
    assert sentence.endswith(".")


def test_other_errors_go_through_untouched():
    with pytest.raises(KeyError), translated(PLACE):
        raise KeyError
