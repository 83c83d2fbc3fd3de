"""How long refunds without a final answer have been asked about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_COLUMNS = ("asked_at", "watch_ended_at")


def upgrade() -> None:
    """Add both instants; nobody has asked by itself about an earlier refund."""
    for name in _COLUMNS:
        column: sa.Column[int] = sa.Column(name, sa.BigInteger())
        op.add_column("refunds", column)


def downgrade() -> None:
    """Take them away again."""
    for name in _COLUMNS:
        op.drop_column("refunds", name)
