"""Tips, as a part of a charge's amount.

The column with its rule is plain SQL that both databases read: adding it copies no row.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INDEX = "ix_charges_tipped"


def upgrade() -> None:
    """Add the tip, and an index of the few charges with one; no earlier charge had any."""
    op.execute(
        "ALTER TABLE charges ADD COLUMN tip_minor BIGINT "
        "CONSTRAINT ck_charges_tip CHECK (tip_minor > 0 AND tip_minor < amount_minor)"
    )
    is_tipped = sa.text("tip_minor IS NOT NULL")
    op.create_index(
        _INDEX, "charges", ["created_at"], sqlite_where=is_tipped, postgresql_where=is_tipped
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(_INDEX, "charges")
    op.execute("ALTER TABLE charges DROP COLUMN tip_minor")
