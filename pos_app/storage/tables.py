"""The ledger's tables. Rows never leave this package; the rest sees the domain's values.

Texts of fixed lists are guarded by a CHECK, instants are `UtcDateTime`, amounts `MinorAmount`
beside their currency. Changing anything here needs a migration (tests compare the two).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from pos_app.domain.charges import (
    LIVING,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.people import Role
from pos_app.domain.refunds import UNANSWERED, Decision, RefundKind, RefundStatus, Refusal
from pos_app.storage.types import LedgerId, MinorAmount, UtcDateTime, stored_enum


def _status_in(statuses: Iterable[StrEnum]) -> TextClause:
    return text("status IN ({})".format(", ".join(f"'{status}'" for status in sorted(statuses))))


IS_LIVING = _status_in(LIVING)
KEEPS_SALE = text(f"{IS_LIVING.text} AND (decision IS NULL OR decision <> 'not_paid')")
IS_CALLED_PAID = text("decision = 'paid' AND status <> 'paid'")
IS_UNKNOWN = text("status = 'unknown'")
IS_PAID = text("status = 'paid'")
IS_SHIFT_OPEN = text("closed_at IS NULL")
IS_UNANSWERED = text("answered_at IS NULL")
IS_REFUND_OPEN = _status_in(UNANSWERED)
IS_WAITING_NOTICE = text("taken_at IS NULL AND charge_id IS NOT NULL")
"""Conditions of partial indices. Queries must use the very same text: with a bound value in its
place neither database can prove that the index holds all rows."""

Currency = String(3)
TillCode = String(4)


class Base(DeclarativeBase):
    """All tables, with one way to name constraints (migrations need the names)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class AboutRow(Base):
    """Facts about the ledger itself, such as the version of the program that last migrated it."""

    __tablename__ = "about"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class PersonRow(Base):
    """Somebody who can sign in. Only the argon2id hash of the PIN is ever stored."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(stored_enum(Role, "role"))
    pin_length: Mapped[int]
    pin_hash: Mapped[str] = mapped_column(Text)
    wrong_pins: Mapped[int]
    lockouts: Mapped[int]
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TillRow(Base):
    """The running numbers of a till: the last ones given."""

    __tablename__ = "tills"

    code: Mapped[str] = mapped_column(TillCode, primary_key=True)
    last_number: Mapped[int] = mapped_column(LedgerId)
    last_shift_number: Mapped[int] = mapped_column(LedgerId)


class ShiftRow(Base):
    """A period of selling; at most one is open at a till."""

    __tablename__ = "shifts"
    __table_args__ = (
        UniqueConstraint("till_code", "number"),
        Index(
            "one_open_shift_per_till",
            "till_code",
            unique=True,
            sqlite_where=IS_SHIFT_OPEN,
            postgresql_where=IS_SHIFT_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    number: Mapped[int] = mapped_column(LedgerId)
    till_code: Mapped[str] = mapped_column(TillCode)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int] = mapped_column(LedgerId, ForeignKey("people.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemRow(Base):
    """Something the store sells at a fixed price."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    price_minor: Mapped[int] = mapped_column(MinorAmount)
    currency: Mapped[str] = mapped_column(Currency)
    barcode: Mapped[str] = mapped_column(Text)


class SaleRow(Base):
    """What a customer buys."""

    __tablename__ = "sales"

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    total_minor: Mapped[int] = mapped_column(MinorAmount)
    currency: Mapped[str] = mapped_column(Currency)
    note: Mapped[str] = mapped_column(Text)
    till_code: Mapped[str] = mapped_column(TillCode)
    shift_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("shifts.id"))
    cashier_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SaleLineRow(Base):
    """One line of a sale, in the sale's currency; positions count from 0, oldest first."""

    __tablename__ = "sale_lines"
    __table_args__ = (CheckConstraint("quantity >= 1", name="quantity"),)

    sale_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("sales.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int] = mapped_column(LedgerId)
    unit_price_minor: Mapped[int] = mapped_column(MinorAmount)


class ChargeRow(Base):
    """One attempt to take the money of a sale (`domain.charges.Charge`, same names).

    Attributes:
        watch_owner: which watcher may ask the gateway about it; None: nobody does.
        watch_until: when that right ends, unless it is renewed.
    """

    __tablename__ = "charges"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("(decision IS NULL) = (decision_note IS NULL)", name="decided_why"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_when"),
        CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decided_who"),
        Index(
            "one_living_charge_per_sale",
            "sale_id",
            unique=True,
            sqlite_where=KEEPS_SALE,
            postgresql_where=KEEPS_SALE,
        ),
        Index("ix_charges_living", "id", sqlite_where=IS_LIVING, postgresql_where=IS_LIVING),
        Index("ix_charges_sale_id", "sale_id"),
        Index("ix_charges_gateway_id", "gateway_id", "gateway"),
        Index("ix_charges_transaction_id", "transaction_id"),
        Index("ix_charges_amount_minor_created_at", "amount_minor", "created_at"),
        Index("ix_charges_created_at", "created_at"),
        Index("ix_charges_closed_at", "closed_at"),
        Index(
            "ix_charges_called_paid",
            "id",
            sqlite_where=IS_CALLED_PAID,
            postgresql_where=IS_CALLED_PAID,
        ),
        Index("ix_charges_unknown", "id", sqlite_where=IS_UNKNOWN, postgresql_where=IS_UNKNOWN),
        Index(
            "ix_charges_paid",
            "till_code",
            "paid_at",
            sqlite_where=IS_PAID,
            postgresql_where=IS_PAID,
        ),
        Index("ix_charges_paid_at", "paid_at", sqlite_where=IS_PAID, postgresql_where=IS_PAID),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    sale_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("sales.id"))
    till_code: Mapped[str] = mapped_column(TillCode)
    shift_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("shifts.id"))
    cashier_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("people.id"))
    method: Mapped[PaymentMethod] = mapped_column(
        stored_enum(PaymentMethod, "method", is_closed=False)
    )
    amount_minor: Mapped[int] = mapped_column(MinorAmount)
    amount_currency: Mapped[str] = mapped_column(Currency)
    gateway: Mapped[str] = mapped_column(Text)
    credentials: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[ChargeStatus] = mapped_column(stored_enum(ChargeStatus, "status"))
    not_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gateway_id: Mapped[str | None] = mapped_column(Text)
    transaction_id: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_hint_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_requested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    put_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gateway_time: Mapped[str] = mapped_column(Text)
    received_minor: Mapped[int | None] = mapped_column(MinorAmount)
    received_currency: Mapped[str | None] = mapped_column(Currency)
    refusal: Mapped[str] = mapped_column(Text)
    is_not_set_up: Mapped[bool]
    is_customer_presented: Mapped[bool] = mapped_column(server_default=false())
    unknown_reason: Mapped[UnknownReason | None] = mapped_column(
        stored_enum(UnknownReason, "unknown_reason")
    )
    decision: Mapped[ChargeDecision | None] = mapped_column(
        stored_enum(ChargeDecision, "decision")
    )
    decision_note: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(LedgerId, ForeignKey("people.id"))
    watch_owner: Mapped[str | None] = mapped_column(Text)
    watch_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AttentionRow(Base):
    """Why a person should look at a charge, and who did. Answered rows stay."""

    __tablename__ = "attentions"
    __table_args__ = (
        Index(
            "one_open_attention_of_a_kind",
            "charge_id",
            "kind",
            unique=True,
            sqlite_where=IS_UNANSWERED,
            postgresql_where=IS_UNANSWERED,
        ),
        Index("ix_attentions_charge_id", "charge_id"),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    charge_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("charges.id"))
    kind: Mapped[Attention] = mapped_column(stored_enum(Attention, "kind"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(LedgerId, ForeignKey("people.id"))


class RefundRow(Base):
    """Money on its way back (`domain.refunds.Refund`, same names)."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("(status = 'refused') = (refusal IS NOT NULL)", name="refused_why"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_when"),
        CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decided_who"),
        Index("ix_refunds_charge_id", "charge_id"),
        Index("ix_refunds_requested_at", "requested_at"),
        Index(
            "ix_refunds_open",
            "id",
            sqlite_where=IS_REFUND_OPEN,
            postgresql_where=IS_REFUND_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    charge_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("charges.id"))
    kind: Mapped[RefundKind] = mapped_column(stored_enum(RefundKind, "kind"))
    amount_minor: Mapped[int] = mapped_column(MinorAmount)
    amount_currency: Mapped[str] = mapped_column(Currency)
    reason: Mapped[str] = mapped_column(Text)
    till_code: Mapped[str] = mapped_column(TillCode)
    shift_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("shifts.id"))
    asked_by: Mapped[int] = mapped_column(LedgerId, ForeignKey("people.id"))
    approved_by: Mapped[int] = mapped_column(LedgerId, ForeignKey("people.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[RefundStatus] = mapped_column(stored_enum(RefundStatus, "status"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gateway_id: Mapped[str | None] = mapped_column(Text)
    refusal: Mapped[Refusal | None] = mapped_column(stored_enum(Refusal, "refusal"))
    refusal_text: Mapped[str] = mapped_column(Text)
    decision: Mapped[Decision | None] = mapped_column(stored_enum(Decision, "decision"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(LedgerId, ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text)


class NoticeRow(Base):
    """A genuine notice of a payment service (`domain.notices.Notice`), masked.

    Attributes:
        taken_at: when the gateway was asked because of it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("gateway", "key"),
        Index(
            "ix_notices_waiting",
            "id",
            sqlite_where=IS_WAITING_NOTICE,
            postgresql_where=IS_WAITING_NOTICE,
        ),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    gateway: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(128))
    charge_id: Mapped[int | None] = mapped_column(LedgerId, ForeignKey("charges.id"))
    is_paid: Mapped[bool]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    body: Mapped[str] = mapped_column(Text)


class ReceiptPrintRow(Base):
    """One printed receipt; the first is the original, all others are copies."""

    __tablename__ = "receipt_prints"

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    charge_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("charges.id"), index=True)
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SlipPrintRow(Base):
    """One printed slip of a refund; the first is the original, all others are copies."""

    __tablename__ = "slip_prints"

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    refund_id: Mapped[int] = mapped_column(LedgerId, ForeignKey("refunds.id"), index=True)
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContactRow(Base):
    """How to reach the customer of a charge: personal, so apart and never journalled."""

    __tablename__ = "contacts"

    charge_id: Mapped[int] = mapped_column(
        LedgerId, ForeignKey("charges.id"), primary_key=True, autoincrement=False
    )
    contact: Mapped[str] = mapped_column(Text)


class JournalRow(Base):
    """One link of a writer's chain. Triggers refuse UPDATE and DELETE.

    Attributes:
        number: counts from 1 within the writer, without gaps.
        body: canonical JSON; the exact text is part of the hash.
        previous: hash of the writer's entry before; 64 zeros for the first.
        hash: see `journal.entry_hash`.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("writer", "number"),
        Index("ix_journal_subject", "subject"),
        Index("ix_journal_at", "at"),
    )

    id: Mapped[int] = mapped_column(LedgerId, primary_key=True)
    writer: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(LedgerId)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    who: Mapped[int | None] = mapped_column(LedgerId)
    body: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


def _table(row: type[Base]) -> Table:
    return cast("Table", row.__table__)


about = _table(AboutRow)
people = _table(PersonRow)
tills = _table(TillRow)
shifts = _table(ShiftRow)
items = _table(ItemRow)
sales = _table(SaleRow)
sale_lines = _table(SaleLineRow)
charges = _table(ChargeRow)
attentions = _table(AttentionRow)
refunds = _table(RefundRow)
notices = _table(NoticeRow)
receipt_prints = _table(ReceiptPrintRow)
slip_prints = _table(SlipPrintRow)
contacts = _table(ContactRow)
journal = _table(JournalRow)
