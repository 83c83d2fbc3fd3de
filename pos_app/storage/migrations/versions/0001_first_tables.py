"""The first tables: sales, charges, people, shifts and the journal with its guards.

Types are spelt out here, not taken from the program: a migration must stay what it was.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.BigInteger()
_AMOUNT = sa.BigInteger()
_CURRENCY = sa.String(3)
_TILL = sa.String(4)


def upgrade() -> None:
    """Make everything, on an empty database."""
    _people_and_tills()
    _sales()
    _charges()
    _charge_indices()
    _beside_charges()
    _journal()


def downgrade() -> None:
    """Take everything away again."""
    _guards_off()
    for table in (
        "journal", "contacts", "receipt_prints", "attentions", "charges", "sale_lines", "sales",
        "items", "shifts", "tills", "people", "about",
    ):  # fmt: skip
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", _NUMBER, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=f"pk_{table}")


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _column(name: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _choice(table: str, name: str, *values: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(
        *values,
        name=op.f(f"ck_{table}_{name}"),
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    return sa.Column(name, kind, nullable=nullable)


def _index(name: str, table: str, *columns: str, where: str = "", unique: bool = False) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name,
        table,
        list(columns),
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _people_and_tills() -> None:
    op.create_table(
        "about",
        _column("name", sa.String(64)),
        _column("value", sa.Text()),
        _key("about", "name"),
    )
    op.create_table(
        "people",
        _id(),
        _column("name", sa.Text()),
        _choice("people", "role", "cashier", "manager"),
        _column("pin_length", sa.Integer()),
        _column("pin_hash", sa.Text()),
        _column("wrong_pins", sa.Integer()),
        _column("lockouts", sa.Integer()),
        _column("locked_until", _INSTANT, nullable=True),
        _key("people"),
    )
    op.create_table(
        "tills",
        _column("code", _TILL),
        _column("last_number", _NUMBER),
        _column("last_shift_number", _NUMBER),
        _key("tills", "code"),
    )
    op.create_table(
        "shifts",
        _id(),
        _column("number", _NUMBER),
        _column("till_code", _TILL),
        _column("opened_at", _INSTANT),
        _column("opened_by", _NUMBER),
        _column("closed_at", _INSTANT, nullable=True),
        _foreign("shifts", "opened_by", "people"),
        _key("shifts"),
        sa.UniqueConstraint("till_code", "number", name="uq_shifts_till_code_number"),
    )
    where = "closed_at IS NULL"
    _index("one_open_shift_per_till", "shifts", "till_code", where=where, unique=True)


def _sales() -> None:
    op.create_table(
        "items",
        _id(),
        _column("name", sa.Text()),
        _column("price_minor", _AMOUNT),
        _column("currency", _CURRENCY),
        _column("barcode", sa.Text()),
        _key("items"),
    )
    op.create_table(
        "sales",
        _id(),
        _column("total_minor", _AMOUNT),
        _column("currency", _CURRENCY),
        _column("note", sa.Text()),
        _column("till_code", _TILL),
        _column("shift_id", _NUMBER),
        _column("cashier_id", _NUMBER),
        _column("created_at", _INSTANT),
        _foreign("sales", "cashier_id", "people"),
        _foreign("sales", "shift_id", "shifts"),
        _key("sales"),
    )
    op.create_table(
        "sale_lines",
        _column("sale_id", _NUMBER),
        _column("position", sa.Integer()),
        _column("name", sa.Text()),
        _column("quantity", _NUMBER),
        _column("unit_price_minor", _AMOUNT),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_sale_lines_quantity")),
        _foreign("sale_lines", "sale_id", "sales"),
        _key("sale_lines", "sale_id", "position"),
    )


def _charges() -> None:
    instants = (
        "not_sent_at", "left_at", "shown_at", "code_expires_at", "asked_at", "declined_hint_at",
        "cancel_requested_at", "cancel_confirmed_at", "put_aside_at", "stopped_at", "closed_at",
        "paid_at", "watch_until",
    )  # fmt: skip
    op.create_table(
        "charges",
        _id(),
        _column("reference", sa.String(32)),
        _column("sale_id", _NUMBER),
        _column("till_code", _TILL),
        _column("shift_id", _NUMBER),
        _column("cashier_id", _NUMBER),
        _column("method", sa.String(32)),
        _column("amount_minor", _AMOUNT),
        _column("amount_currency", _CURRENCY),
        _column("gateway", sa.Text()),
        _column("credentials", sa.Text()),
        _column("created_at", _INSTANT),
        _choice(
            "charges", "status", "created", "waiting", "unknown", "paid", "refused", "declined",
            "expired", "cancelled",
        ),
        _column("gateway_id", sa.Text(), nullable=True),
        _column("transaction_id", sa.Text(), nullable=True),
        _column("code", sa.Text(), nullable=True),
        *(_column(name, _INSTANT, nullable=True) for name in instants),
        _column("gateway_time", sa.Text()),
        _column("received_minor", _AMOUNT, nullable=True),
        _column("received_currency", _CURRENCY, nullable=True),
        _column("refusal", sa.Text()),
        _column("is_not_set_up", sa.Boolean()),
        _choice(
            "charges", "unknown_reason", "no_answer", "cancel_lost", "disagrees",
            "reused_reference", nullable=True,
        ),
        _column("watch_owner", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_charges_amount")),
        _foreign("charges", "cashier_id", "people"),
        _foreign("charges", "sale_id", "sales"),
        _foreign("charges", "shift_id", "shifts"),
        _key("charges"),
        sa.UniqueConstraint("reference", name="uq_charges_reference"),
    )  # fmt: skip


def _charge_indices() -> None:
    living = "status IN ('created', 'unknown', 'waiting')"
    _index("one_living_charge_per_sale", "charges", "sale_id", where=living, unique=True)
    _index("ix_charges_sale_id", "charges", "sale_id")
    _index("ix_charges_gateway_id", "charges", "gateway_id", "gateway")
    _index("ix_charges_amount_minor_created_at", "charges", "amount_minor", "created_at")
    _index("ix_charges_created_at", "charges", "created_at")
    _index("ix_charges_closed_at", "charges", "closed_at")
    _index("ix_charges_unknown", "charges", "id", where="status = 'unknown'")
    _index("ix_charges_paid", "charges", "till_code", "paid_at", where="status = 'paid'")


def _beside_charges() -> None:
    op.create_table(
        "attentions",
        _id(),
        _column("charge_id", _NUMBER),
        _choice(
            "attentions", "kind", "stopped", "paid_late", "mismatch", "reused_reference",
            "maybe_returned", "watch_ended", "refund_unknown",
        ),
        _column("raised_at", _INSTANT),
        _column("answered_at", _INSTANT, nullable=True),
        _column("answered_by", _NUMBER, nullable=True),
        _foreign("attentions", "answered_by", "people"),
        _foreign("attentions", "charge_id", "charges"),
        _key("attentions"),
    )  # fmt: skip
    _index("ix_attentions_charge_id", "attentions", "charge_id")
    open_kinds = ("one_open_attention_of_a_kind", "attentions", "charge_id", "kind")
    _index(*open_kinds, where="answered_at IS NULL", unique=True)
    op.create_table(
        "receipt_prints",
        _id(),
        _column("charge_id", _NUMBER),
        _column("printed_at", _INSTANT),
        _foreign("receipt_prints", "charge_id", "charges"),
        _key("receipt_prints"),
    )
    _index("ix_receipt_prints_charge_id", "receipt_prints", "charge_id")
    op.create_table(
        "contacts",
        sa.Column("charge_id", _NUMBER, nullable=False, autoincrement=False),
        _column("contact", sa.Text()),
        _foreign("contacts", "charge_id", "charges"),
        _key("contacts", "charge_id"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        _id(),
        _column("writer", sa.Text()),
        _column("number", _NUMBER),
        _column("at", _INSTANT),
        _column("kind", sa.Text()),
        _column("subject", sa.Text()),
        _column("who", _NUMBER, nullable=True),
        _column("body", sa.Text()),
        _column("previous", sa.String(64)),
        _column("hash", sa.String(64)),
        _key("journal"),
        sa.UniqueConstraint("writer", "number", name="uq_journal_writer_number"),
    )
    _index("ix_journal_subject", "journal", "subject")
    _index("ix_journal_at", "journal", "at")
    _guards_on()


_SQLITE_GUARDS = [
    f"CREATE TRIGGER journal_keeps_{name} BEFORE {event} ON journal BEGIN"
    " SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for name, event in (("entries", "UPDATE"), ("everything", "DELETE"))
]
_POSTGRES_GUARDS = [
    """
    CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
    """,
    """
    CREATE TRIGGER journal_keeps_everything BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()
    """,
]


def _guards_on() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_GUARDS if is_sqlite else _POSTGRES_GUARDS:
        op.execute(statement)


def _guards_off() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_keeps_entries")
        op.execute("DROP TRIGGER journal_keeps_everything")
    else:
        op.execute("DROP TRIGGER journal_keeps_everything ON journal")
        op.execute("DROP FUNCTION journal_is_append_only()")
