"""An index of the few charges that a manager called paid and no gateway has confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NAME = "ix_charges_called_paid"


def upgrade() -> None:
    """Add it; no row changes."""
    rule = sa.text("decision = 'paid' AND status <> 'paid'")
    op.create_index(_NAME, "charges", ["id"], sqlite_where=rule, postgresql_where=rule)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(_NAME, "charges")
