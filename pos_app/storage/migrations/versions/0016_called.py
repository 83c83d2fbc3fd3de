"""Payments that a manager settled by hand have a status of their own in the list.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OPEN = ("waiting", "stopped", "unknown", "mismatch")
_CALLED = ("called_paid", "called_not_paid")
_KNOWN = (
    "paid", "part_refunded", "refunded", "refund_unknown", "returning", "expired", "cancelled",
    "declined", "refused",
)  # fmt: skip

_SETTLED = """
UPDATE history SET status = (SELECT 'called_' || c.decision FROM charges c
                             WHERE c.id = history.charge_id)
WHERE charge_id IN (SELECT c.id FROM charges c
                    WHERE c.decision IN ('paid', 'not_paid')
                    AND c.status IN ('created', 'waiting', 'unknown')
                    AND NOT EXISTS (SELECT 1 FROM attentions a WHERE a.charge_id = c.id
                                    AND a.answered_at IS NULL
                                    AND a.kind IN ('mismatch', 'reused_reference')))
"""
_UNSETTLED = """
UPDATE history SET status = (SELECT CASE WHEN c.stopped_at IS NOT NULL THEN 'stopped'
                                         WHEN c.status = 'created' THEN 'waiting'
                                         ELSE c.status END
                             FROM charges c WHERE c.id = history.charge_id)
WHERE status IN ('called_paid', 'called_not_paid')
"""


def upgrade() -> None:
    """Allow the new statuses and give them to the payments that were settled before."""
    _allow((*_OPEN, *_CALLED, *_KNOWN))
    op.execute(_SETTLED)


def downgrade() -> None:
    """Tell those payments again as the older program does."""
    op.execute(_UNSETTLED)
    _allow((*_OPEN, *_KNOWN))


def _allow(statuses: tuple[str, ...]) -> None:
    rule = "status IN ({})".format(", ".join(f"'{one}'" for one in statuses))
    name = op.f("ck_history_status")
    # SQLite copies the table, and leaves the old rule out by itself.
    with op.batch_alter_table("history") as table:
        if op.get_bind().dialect.name != "sqlite":
            table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, rule)
