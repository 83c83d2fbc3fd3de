"""Decisions by hand about charges, beside their status.

Written as plain SQL that both databases read: adding a column copies no row, and what is in the
table stays as it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LIVING = "status IN ('created', 'unknown', 'waiting')"
_KEEPS_SALE = f"{_LIVING} AND (decision IS NULL OR decision <> 'not_paid')"
_DECISIONS = "'paid', 'not_paid', 'still_not_known'"


def upgrade() -> None:
    """Add the columns; a charge that a manager calls not paid no longer keeps its sale."""
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    _add("decision VARCHAR(32)", "decision", f"decision IN ({_DECISIONS})")
    _add("decision_note TEXT", "decided_why", _together("decision_note"))
    _add("decided_at BIGINT", "decided_when", _together("decided_at"))
    _add(
        f"decided_by {number} CONSTRAINT fk_charges_decided_by REFERENCES people (id)",
        "decided_who",
        _together("decided_by"),
    )
    _one_per_sale(_KEEPS_SALE)
    living = sa.text(_LIVING)
    op.create_index(
        "ix_charges_living", "charges", ["id"], sqlite_where=living, postgresql_where=living
    )


def downgrade() -> None:
    """Take the columns away again, with what is in them."""
    op.drop_index("ix_charges_living", "charges")
    _one_per_sale(_LIVING)
    for column in ("decided_by", "decided_at", "decision_note", "decision"):
        op.execute(f"ALTER TABLE charges DROP COLUMN {column}")


def _add(column: str, name: str, rule: str) -> None:
    op.execute(
        f"ALTER TABLE charges ADD COLUMN {column} CONSTRAINT ck_charges_{name} CHECK ({rule})"
    )


def _together(column: str) -> str:
    return f"(decision IS NULL) = ({column} IS NULL)"


def _one_per_sale(rule: str) -> None:
    name = "one_living_charge_per_sale"
    op.drop_index(name, "charges")
    op.create_index(
        name,
        "charges",
        ["sale_id"],
        unique=True,
        sqlite_where=sa.text(rule),
        postgresql_where=sa.text(rule),
    )
