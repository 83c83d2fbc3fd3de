"""What was told, printed, kept for a while, and written for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.storage.tables.base import Base, table_of
from pos_app.storage.types import LedgerId, UtcDateTime

IS_WAITING_NOTICE = text("taken_at IS NULL AND charge_id IS NOT NULL")
"""Condition of a partial index; see `tables`."""
IS_WAITING_ARRIVAL = text("taken_at IS NULL")
"""Likewise."""


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


class ArrivalRow(Base):
    """A customer's browser that came back from a charge's page; one row for each charge, ever.

    Attributes:
        taken_at: when the gateway was asked because of it.
    """

    __tablename__ = "arrivals"
    __table_args__ = (
        Index(
            "ix_arrivals_waiting",
            "charge_id",
            sqlite_where=IS_WAITING_ARRIVAL,
            postgresql_where=IS_WAITING_ARRIVAL,
        ),
    )

    charge_id: Mapped[int] = mapped_column(
        LedgerId, ForeignKey("charges.id"), primary_key=True, autoincrement=False
    )
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReceiverRow(Base):
    """A receiver of notices that is at work, or was until it was killed.

    Attributes:
        name: its writer's name in the journal.
        beat: grows as long as it lives.
    """

    __tablename__ = "receivers"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    beat: Mapped[int] = mapped_column(BigInteger)


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


notices = table_of(NoticeRow)
arrivals = table_of(ArrivalRow)
receivers = table_of(ReceiverRow)
receipt_prints = table_of(ReceiptPrintRow)
slip_prints = table_of(SlipPrintRow)
contacts = table_of(ContactRow)
journal = table_of(JournalRow)
