"""Column types of the ledger: instants, amounts and enums, each refusing what it must not hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, Enum, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

LedgerId = BigInteger().with_variant(Integer(), "sqlite")
"""Ids are 64 bit; SQLite numbers rows by itself only in a column that says INTEGER."""


def to_microseconds(at: datetime) -> int:
    """Return the microseconds since 1970 of an aware UTC instant.

    Raises:
        ValueError: the instant is naive or in another zone: a bug that would shift times.
    """
    if at.tzinfo is not UTC and at.utcoffset() != timedelta(0):
        raise ValueError(f"instants are aware UTC, not {at!r}")
    return (at - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Return the aware UTC instant `count` microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=count)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant as whole microseconds since 1970: nothing is rounded on the way."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Refuse instants that are not aware UTC."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Give back what was stored, to the microsecond."""
        return None if value is None else from_microseconds(value)


class MinorAmount(TypeDecorator[int]):
    """Minor units of the currency in the column beside it; never a float."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, _dialect: Dialect) -> int | None:
        """Refuse anything but an integer."""
        if value is not None and type(value) is not int:
            raise TypeError(f"minor units are an int, not {type(value).__name__}")
        return value


def stored_enum(kind: type[StrEnum], name: str, *, is_closed: bool = True) -> Enum:
    """Return a column type that stores the values of `kind` as text.

    Args:
        kind: the values.
        name: name of the CHECK, unique in the schema.
        is_closed: guard the column by a CHECK of the values. False where the list grows with
            the world (payment methods): a new one must not need every row copied.
    """
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=is_closed,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
        length=32,
    )
