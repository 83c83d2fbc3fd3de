"""Refunds: money back, as records beside their charges.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_OPEN = sa.text("status IN ('pending', 'requested', 'unknown')")


def upgrade() -> None:
    """Add the table of refunds; everything else stays as it is."""
    op.create_table(
        "refunds",
        _column("id", _NUMBER),
        _column("reference", sa.String(32)),
        _column("charge_id", _NUMBER),
        _choice("kind", "refund", "cancel"),
        _column("amount_minor", sa.BigInteger()),
        _column("amount_currency", sa.String(3)),
        _column("reason", sa.Text()),
        _column("till_code", sa.String(4)),
        _column("shift_id", _NUMBER),
        _column("asked_by", _NUMBER),
        _column("approved_by", _NUMBER),
        _column("requested_at", _INSTANT),
        _choice("status", "requested", "pending", "unknown", "done", "refused"),
        _column("answered_at", _INSTANT, nullable=True),
        _column("gateway_id", sa.Text(), nullable=True),
        _choice(
            "refusal", "too_much", "no_balance", "not_in_window", "not_sent", "other",
            nullable=True,
        ),
        _column("refusal_text", sa.Text()),
        _choice("decision", "went_out", "did_not_go_out", "still_not_known", nullable=True),
        _column("decided_at", _INSTANT, nullable=True),
        _column("decided_by", _NUMBER, nullable=True),
        _column("note", sa.Text()),
        _check("amount", "amount_minor > 0"),
        _check("refused_why", "(status = 'refused') = (refusal IS NOT NULL)"),
        _check("decided_when", "(decision IS NULL) = (decided_at IS NULL)"),
        _check("decided_who", "(decision IS NULL) = (decided_by IS NULL)"),
        _foreign("approved_by", "people"),
        _foreign("asked_by", "people"),
        _foreign("charge_id", "charges"),
        _foreign("decided_by", "people"),
        _foreign("shift_id", "shifts"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("reference", name="uq_refunds_reference"),
    )  # fmt: skip
    op.create_index("ix_refunds_charge_id", "refunds", ["charge_id"])
    op.create_index("ix_refunds_requested_at", "refunds", ["requested_at"])
    op.create_index(
        "ix_refunds_open", "refunds", ["id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    """Take the table away again, with what is in it."""
    op.drop_table("refunds")


def _column(name: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _choice(name: str, *values: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(
        *values,
        name=op.f(f"ck_refunds_{name}"),
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    return sa.Column(name, kind, nullable=nullable)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_refunds_{name}"))


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_refunds_{column}")
