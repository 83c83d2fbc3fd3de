"""People can be retired: they keep their name in the history and do nothing any more.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add since when somebody is retired; nobody is yet."""
    op.add_column("people", sa.Column("retired_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Forget who is retired: they may sign in again."""
    op.drop_column("people", "retired_at")
