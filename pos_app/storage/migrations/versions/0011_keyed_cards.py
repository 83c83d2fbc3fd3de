"""Charges by a card that was keyed at the till."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NAME = "is_card_keyed"


def upgrade() -> None:
    """Add the mark; every earlier card was entered by its customer on the service's page."""
    column: sa.Column[bool] = sa.Column(
        _NAME, sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("charges", column)


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("charges", _NAME)
