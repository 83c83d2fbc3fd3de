"""Receivers of notices, and that they live.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; everything else stays as it is."""
    op.create_table(
        "receivers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_receivers"),
    )


def downgrade() -> None:
    """Take the table away again, with what is in it."""
    op.drop_table("receivers")
