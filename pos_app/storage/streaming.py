"""Reading more rows than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select

_BATCH = 2_000
"""Rows held at a time; PostgreSQL sends them by a cursor of its own."""


def in_batches(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """Yield the rows of `query` at flat memory, for as long as the transaction lasts."""
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as result:
        for rows in result.partitions():
            yield from rows
