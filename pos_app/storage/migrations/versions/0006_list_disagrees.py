"""One more reason why a person should look at a charge: reconciling found a difference.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BEFORE = (
    "stopped", "paid_late", "mismatch", "reused_reference", "maybe_returned", "watch_ended",
    "refund_unknown",
)  # fmt: skip


def upgrade() -> None:
    """Allow the new kind; every row stays as it is."""
    _allow((*_BEFORE, "list_disagrees"))


def downgrade() -> None:
    """Forget those attentions: the older program knows nothing of them."""
    op.execute("DELETE FROM attentions WHERE kind = 'list_disagrees'")
    _allow(_BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    rule = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    name = op.f("ck_attentions_kind")
    # SQLite copies the table, and leaves the old rule out by itself.
    with op.batch_alter_table("attentions") as table:
        if op.get_bind().dialect.name != "sqlite":
            table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, rule)
