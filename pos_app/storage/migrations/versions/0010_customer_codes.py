"""Charges by the code that the customer shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAME = "is_customer_presented"


def upgrade() -> None:
    """Add the mark; every earlier charge was paid by the till's own code."""
    column: sa.Column[bool] = sa.Column(
        _NAME, sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("charges", column)


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("charges", _NAME)
