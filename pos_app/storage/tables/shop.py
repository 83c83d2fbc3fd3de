"""The store: its people, tills, shifts, items and sales."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.domain.people import Role
from pos_app.storage.tables.base import Base, Currency, TillCode, table_of
from pos_app.storage.types import LedgerId, MinorAmount, UtcDateTime, stored_enum

IS_SHIFT_OPEN = text("closed_at IS NULL")
"""Condition of a partial index; see `tables`."""


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


about = table_of(AboutRow)
people = table_of(PersonRow)
tills = table_of(TillRow)
shifts = table_of(ShiftRow)
items = table_of(ItemRow)
sales = table_of(SaleRow)
sale_lines = table_of(SaleLineRow)
