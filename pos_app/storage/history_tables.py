"""The tables that make past payments quick to find. They repeat what other tables say.

Each change of a charge or refund brings its line up to date in the same transaction
(`history_lines`); the money is in the tables that are repeated.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.domain.history import HistoryStatus
from pos_app.domain.methods import PaymentMethod
from pos_app.storage.tables import Base, Currency
from pos_app.storage.types import LedgerId, MinorAmount, UtcDateTime, stored_enum

IS_NEEDING = text("needs_answer")
"""Condition of a partial index; queries must use the very same text."""


def _in_order_of_codes(length: int) -> String:
    """Text that PostgreSQL, too, orders by code points, so that a prefix is a range."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class HistoryLineRow(Base):
    """A charge as the list of past payments shows it.

    Two indices hold all that sums need, so that a sum never reads the lines themselves; a price
    that is taken all day is found with its filters by an index alone, too.

    Attributes:
        number: the four digits of its receipt, "0087".
        refunded_minor: what of it went back for sure.
    """

    __tablename__ = "history"
    __table_args__ = (
        Index(
            "ix_history_time",
            "created_at",
            "charge_id",
            "status",
            "method",
            "needs_answer",
            "currency",
            "amount_minor",
            "refunded_minor",
        ),
        Index(
            "ix_history_method",
            "method",
            "status",
            "created_at",
            "charge_id",
            "needs_answer",
            "currency",
            "amount_minor",
            "refunded_minor",
        ),
        Index(
            "ix_history_amount",
            "amount_minor",
            "created_at",
            "charge_id",
            "currency",
            "status",
            "method",
        ),
        Index("ix_history_number", "number", "created_at"),
        Index("ix_history_reference", "reference"),
        Index(
            "ix_history_needing",
            "created_at",
            sqlite_where=IS_NEEDING,
            postgresql_where=IS_NEEDING,
        ),
    )

    charge_id: Mapped[int] = mapped_column(
        LedgerId, ForeignKey("charges.id"), primary_key=True, autoincrement=False
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reference: Mapped[str] = mapped_column(_in_order_of_codes(32))
    number: Mapped[str] = mapped_column(String(4))
    method: Mapped[PaymentMethod] = mapped_column(
        stored_enum(PaymentMethod, "method", is_closed=False)
    )
    status: Mapped[HistoryStatus] = mapped_column(stored_enum(HistoryStatus, "status"))
    currency: Mapped[str] = mapped_column(Currency)
    amount_minor: Mapped[int] = mapped_column(MinorAmount)
    refunded_minor: Mapped[int] = mapped_column(MinorAmount)
    needs_answer: Mapped[bool]


class HistoryWordRow(Base):
    """A word of the note of a charge's sale (`domain.search_words`)."""

    __tablename__ = "history_words"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(_in_order_of_codes(24), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    charge_id: Mapped[int] = mapped_column(
        LedgerId, ForeignKey("charges.id"), primary_key=True, autoincrement=False
    )


history = cast("Table", HistoryLineRow.__table__)
history_words = cast("Table", HistoryWordRow.__table__)
