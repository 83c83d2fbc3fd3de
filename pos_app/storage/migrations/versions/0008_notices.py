"""Notices that payment services send by themselves.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_WAITING = sa.text("taken_at IS NULL AND charge_id IS NOT NULL")


def upgrade() -> None:
    """Add the table; everything else stays as it is."""
    op.create_table(
        "notices",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("gateway", sa.String(32), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("charge_id", _NUMBER, nullable=True),
        sa.Column("is_paid", sa.Boolean(), nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("taken_at", _INSTANT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name="fk_notices_charge_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("gateway", "key", name="uq_notices_gateway_key"),
    )
    op.create_index(
        "ix_notices_waiting",
        "notices",
        ["id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    """Take the table away again, with what is in it."""
    op.drop_table("notices")
