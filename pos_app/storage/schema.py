"""Brings a ledger to this program's schema when it is opened.

Alembic is imported only when there is something to migrate: a plain query tells.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, insert, select, text, update

import pos_app
from pos_app.domain.errors import NewerSchemaError
from pos_app.storage.tables import about

HEAD = "0017"
KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
)
"""All revisions, oldest first. A ledger at any other was migrated by a newer program."""

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = "program_version"
_MIGRATION_LOCK = 7_423_110_015
"""Any number, the same in all versions: PostgreSQL's lock against two programs migrating."""


def bring_up_to_date(connection: Connection, place: str) -> None:
    """Create or migrate the schema, inside the caller's write transaction.

    May be repeated; does nothing when the schema is this program's.

    Raises:
        NewerSchemaError: a newer program has migrated it; nothing was changed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
    revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is not None and revision not in KNOWN:
        raise NewerSchemaError(_newer(connection, place))
    _upgrade(connection)
    _note_version(connection)


def revision_of(connection: Connection) -> str | None:
    """Return the ledger's revision; None when it is empty."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _newer(connection: Connection, place: str) -> str:
    found = connection.execute(select(about.c.value).where(about.c.name == _VERSION)).scalar()
    version = f"version {found} or newer" if found else "the newest version"
    return (
        f"The ledger in {place} was made by a newer QR Till than this {pos_app.__version__}: "
        f"install {version}."
    )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _note_version(connection: Connection) -> None:
    """Tell older programs which version to ask for."""
    found = connection.execute(
        update(about).where(about.c.name == _VERSION).values(value=pos_app.__version__)
    )
    if found.rowcount == 0:
        connection.execute(insert(about).values(name=_VERSION, value=pos_app.__version__))
