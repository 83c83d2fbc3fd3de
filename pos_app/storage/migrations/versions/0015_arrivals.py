"""Customers' browsers that came back from a payment service's page.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_WAITING = sa.text("taken_at IS NULL")


def upgrade() -> None:
    """Add the table; everything else stays as it is."""
    op.create_table(
        "arrivals",
        sa.Column("charge_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("came_at", _INSTANT, nullable=False),
        sa.Column("taken_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name="fk_arrivals_charge_id"),
        sa.PrimaryKeyConstraint("charge_id", name="pk_arrivals"),
    )
    op.create_index(
        "ix_arrivals_waiting",
        "arrivals",
        ["charge_id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    """Take the table away again, with what is in it."""
    op.drop_table("arrivals")
