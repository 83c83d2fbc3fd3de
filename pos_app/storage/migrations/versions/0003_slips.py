"""Slips: which were printed; and an index for what was taken today at all tills.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_PAID = sa.text("status = 'paid'")


def upgrade() -> None:
    """Add the table of printed slips and the index; everything else stays as it is."""
    op.create_table(
        "slip_prints",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("refund_id", _NUMBER, nullable=False),
        sa.Column("printed_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_slip_prints_refund_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slip_prints"),
    )
    op.create_index("ix_slip_prints_refund_id", "slip_prints", ["refund_id"])
    op.create_index(
        "ix_charges_paid_at",
        "charges",
        ["paid_at"],
        sqlite_where=_PAID,
        postgresql_where=_PAID,
    )


def downgrade() -> None:
    """Take both away again, with what is in them."""
    op.drop_index("ix_charges_paid_at", "charges")
    op.drop_table("slip_prints")
