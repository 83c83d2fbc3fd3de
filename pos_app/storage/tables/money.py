"""Money: charges, what a person should look at, and refunds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.domain.charges import (
    LIVING,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.refunds import UNANSWERED, Decision, RefundKind, RefundStatus, Refusal
from pos_app.storage.tables.base import Base, Currency, TillCode, status_in, table_of
from pos_app.storage.types import LedgerId, MinorAmount, UtcDateTime, stored_enum

IS_LIVING = status_in(LIVING)
KEEPS_SALE = text(f"{IS_LIVING.text} AND (decision IS NULL OR decision <> 'not_paid')")
IS_CALLED_PAID = text("decision = 'paid' AND status <> 'paid'")
IS_UNKNOWN = text("status = 'unknown'")
IS_PAID = text("status = 'paid'")
IS_TIPPED = text("tip_minor IS NOT NULL")
IS_UNANSWERED = text("answered_at IS NULL")
IS_REFUND_OPEN = status_in(UNANSWERED)
"""Conditions of partial indices; see `tables`."""


class ChargeRow(Base):
    """One attempt to take the money of a sale (`domain.charges.Charge`, same names).

    Attributes:
        watch_owner: which watcher may ask the gateway about it; None: nobody does.
        watch_until: when that right ends, unless it is renewed.
    """

    __tablename__ = "charges"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("tip_minor > 0 AND tip_minor < amount_minor", name="tip"),
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
        Index(
            "ix_charges_credentials",
            "gateway",
            "credentials",
            "id",
            sqlite_where=IS_PAID,
            postgresql_where=IS_PAID,
        ),
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
        Index(
            "ix_charges_tipped",
            "created_at",
            sqlite_where=IS_TIPPED,
            postgresql_where=IS_TIPPED,
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
    is_card_keyed: Mapped[bool] = mapped_column(server_default=false())
    tip_minor: Mapped[int | None] = mapped_column(MinorAmount)
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
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    watch_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


charges = table_of(ChargeRow)
attentions = table_of(AttentionRow)
refunds = table_of(RefundRow)
