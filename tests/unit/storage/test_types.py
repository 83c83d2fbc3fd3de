"""What the ledger's columns refuse, and that nothing is rounded on the way."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from pos_app.storage.types import (
    MinorAmount,
    UtcDateTime,
    from_microseconds,
    stored_enum,
    to_microseconds,
)

NOON = datetime(2026, 7, 12, 12, tzinfo=UTC)


class Fruit(StrEnum):
    APPLE = "an apple"


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "rows"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    amount: Mapped[int | None] = mapped_column(MinorAmount)
    fruit: Mapped[Fruit | None] = mapped_column(stored_enum(Fruit, "fruit"))
    grows: Mapped[Fruit | None] = mapped_column(stored_enum(Fruit, "grows", is_closed=False))


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_to_the_microsecond(at):
    assert from_microseconds(to_microseconds(at)) == at


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stored_instants_keep_their_order(one, other):
    assert (to_microseconds(one) < to_microseconds(other)) == (one < other)


@pytest.mark.parametrize(
    "at", [NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=8)))]
)
def test_an_instant_that_is_not_utc_is_refused(session, at):
    session.add(Row(at=at))
    with pytest.raises(StatementError, match="aware UTC"):
        session.flush()


@pytest.mark.parametrize("amount", [42.5, True, "4250"])
def test_an_amount_that_is_no_integer_is_refused(session, amount):
    session.add(Row(amount=amount))
    with pytest.raises(StatementError, match="minor units"):
        session.flush()


def test_values_come_back_as_they_were(session):
    session.add(Row(at=NOON, amount=-(10**15), fruit=Fruit.APPLE))
    session.add(Row())
    session.commit()
    full, empty = session.query(Row).order_by(Row.id)
    assert (full.at, full.amount, full.fruit) == (NOON, -(10**15), Fruit.APPLE)
    assert full.at.tzinfo is UTC
    assert (empty.at, empty.amount, empty.fruit) == (None, None, None)


def test_an_enum_is_stored_by_its_value(session):
    session.add(Row(fruit=Fruit.APPLE))
    session.flush()
    assert session.execute(text("SELECT fruit FROM rows")).scalar() == "an apple"


def test_the_database_refuses_a_value_of_a_closed_list_that_does_not_exist(session):
    session.execute(text("INSERT INTO rows (grows) VALUES ('a pear')"))
    with pytest.raises(IntegrityError):
        session.execute(text("INSERT INTO rows (fruit) VALUES ('a pear')"))
