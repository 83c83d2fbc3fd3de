"""Which payments need the credentials that they were made with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_INDEX = "ix_charges_credentials"


def upgrade() -> None:
    """Count the payments of one token without reading them."""
    is_paid = sa.text("status = 'paid'")
    op.create_index(
        _INDEX,
        "charges",
        ["gateway", "credentials", "id"],
        sqlite_where=is_paid,
        postgresql_where=is_paid,
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(_INDEX, "charges")
