"""The list of past payments: a line per charge, the words of notes, and indices to find them.

Types and rules are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEEDING = sa.text("needs_answer")
_STATUSES = (
    "waiting", "stopped", "unknown", "mismatch", "paid", "part_refunded", "refunded",
    "refund_unknown", "returning", "expired", "cancelled", "declined", "refused",
)  # fmt: skip
_COVERED = ("charge_id", "needs_answer", "currency", "amount_minor", "refunded_minor")

_LINES = """
INSERT INTO history (charge_id, created_at, reference, number, method, status, currency,
                     amount_minor, refunded_minor, needs_answer)
SELECT c.id, c.created_at, c.reference, substr(c.reference, {dash}(c.reference, '-') + 7, 4),
       c.method,
       CASE
         WHEN c.status = 'paid' THEN CASE
           WHEN EXISTS (SELECT 1 FROM refunds r WHERE r.charge_id = c.id
                        AND r.status = 'unknown' AND NOT {decided}) THEN 'refund_unknown'
           WHEN {is_open}'refund_unknown') THEN 'refund_unknown'
           WHEN (c.cancel_requested_at IS NOT NULL OR c.cancel_confirmed_at IS NOT NULL
                 OR {is_open}'maybe_returned'))
                AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.charge_id = c.id
                                AND r.kind = 'cancel' AND (r.status = 'done' OR {decided}))
                THEN 'returning'
           WHEN {gone} = 0 THEN 'paid'
           WHEN {gone} < c.amount_minor THEN 'part_refunded'
           ELSE 'refunded' END
         WHEN {is_open}'mismatch') THEN 'mismatch'
         WHEN {is_open}'reused_reference') THEN 'unknown'
         WHEN c.status IN ('created', 'waiting', 'unknown') AND c.stopped_at IS NOT NULL
              THEN 'stopped'
         WHEN c.status = 'created' THEN 'waiting'
         ELSE c.status END,
       c.amount_currency, c.amount_minor,
       CASE WHEN c.status = 'paid' THEN {gone} ELSE 0 END,
       (c.status = 'unknown' AND coalesce(c.decision, '') NOT IN ('paid', 'not_paid'))
       OR EXISTS (SELECT 1 FROM attentions a
                  WHERE a.charge_id = c.id AND a.answered_at IS NULL)
FROM charges c
"""
_DECIDED = "coalesce(r.decision, '') IN ('went_out', 'did_not_go_out')"
_GONE = """(SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r WHERE r.charge_id = c.id
            AND (r.status = 'done' OR (r.status IN ('requested', 'pending', 'unknown')
                                       AND coalesce(r.decision, '') = 'went_out')))"""
_IS_OPEN = """EXISTS (SELECT 1 FROM attentions a WHERE a.charge_id = c.id
                      AND a.answered_at IS NULL AND a.kind = """


def upgrade() -> None:
    """Add the tables, fill them from what is there, then build their indices."""
    _create_tables()
    connection = op.get_bind()
    dash = "instr" if connection.dialect.name == "sqlite" else "strpos"
    op.execute(_LINES.format(dash=dash, decided=_DECIDED, gone=_GONE, is_open=_IS_OPEN))
    _keep_words(connection)
    for columns in (
        ("created_at", "charge_id", "status", "method", *_COVERED[1:]),
        ("method", "status", "created_at", *_COVERED),
    ):
        name = "time" if columns[0] == "created_at" else "method"
        op.create_index(f"ix_history_{name}", "history", list(columns))
    amount = ["amount_minor", "created_at", "charge_id", "currency", "status", "method"]
    op.create_index("ix_history_amount", "history", amount)
    op.create_index("ix_history_number", "history", ["number", "created_at"])
    op.create_index("ix_history_reference", "history", ["reference"])
    op.create_index(
        "ix_history_needing",
        "history",
        ["created_at"],
        sqlite_where=_NEEDING,
        postgresql_where=_NEEDING,
    )
    op.create_index("ix_charges_transaction_id", "charges", ["transaction_id"])
    if connection.dialect.name == "postgresql":  # which else plans by guesses until the night
        op.execute("ANALYZE history, history_words, charges")


def downgrade() -> None:
    """Take all of it away again; it only repeated what other tables say."""
    op.drop_index("ix_charges_transaction_id", "charges")
    op.drop_table("history_words")
    op.drop_table("history")


def _create_tables() -> None:
    status = sa.Enum(
        *_STATUSES,
        name=op.f("ck_history_status"),
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "history",
        _column("charge_id", _NUMBER, autoincrement=False),
        _column("created_at", sa.BigInteger()),
        _column("reference", _in_order_of_codes(32)),
        _column("number", sa.String(4)),
        _column("method", sa.String(32)),
        sa.Column("status", status, nullable=False),
        _column("currency", sa.String(3)),
        _column("amount_minor", sa.BigInteger()),
        _column("refunded_minor", sa.BigInteger()),
        _column("needs_answer", sa.Boolean()),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name="fk_history_charge_id"),
        sa.PrimaryKeyConstraint("charge_id", name="pk_history"),
    )
    op.create_table(
        "history_words",
        _column("word", _in_order_of_codes(24)),
        _column("created_at", sa.BigInteger()),
        _column("charge_id", _NUMBER, autoincrement=False),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name="fk_history_words_charge_id"),
        sa.PrimaryKeyConstraint("word", "created_at", "charge_id", name="pk_history_words"),
        sqlite_with_rowid=False,
    )


def _column(name: str, kind: Any, *, autoincrement: Any = "auto") -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=autoincrement)


def _in_order_of_codes(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _keep_words(connection: sa.Connection) -> None:
    notes = sa.text(
        "SELECT c.id, c.created_at, s.note FROM sales s JOIN charges c ON c.sale_id = s.id"
        " WHERE s.note <> ''"
    )
    keep = sa.text("INSERT INTO history_words VALUES (:word, :created_at, :charge_id)")
    with connection.execute(notes, execution_options={"yield_per": 1_000}) as found:
        for rows in found.partitions():
            words = [
                {"word": word, "created_at": at, "charge_id": charge_id}
                for charge_id, at, note in rows
                for word in set(_words(note))
            ]
            if words:
                connection.execute(keep, words)


_LETTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_RUN = re.compile(rf"[{_LETTERS}]+|[^\W_{_LETTERS}]+")


def _words(note: str) -> Iterator[str]:
    apart = unicodedata.normalize("NFKD", note).casefold()
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    for run in _RUN.findall(unicodedata.normalize("NFKC", bare)):
        last = len(run) if re.match(f"[{_LETTERS}]", run) else 1
        yield from (run[start : start + 24] for start in range(last))
