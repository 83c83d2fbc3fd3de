"""What all tables share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import cast

from sqlalchemy import MetaData, String, Table, TextClause, text
from sqlalchemy.orm import DeclarativeBase

Currency = String(3)
TillCode = String(4)


class Base(DeclarativeBase):
    """All tables, with one way to name constraints (migrations need the names)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table_of(row: type[Base]) -> Table:
    """Return the table of a row, for queries."""
    return cast("Table", row.__table__)


def status_in(statuses: Iterable[StrEnum]) -> TextClause:
    """Return the condition of a partial index over these statuses."""
    return text("status IN ({})".format(", ".join(f"'{status}'" for status in sorted(statuses))))
