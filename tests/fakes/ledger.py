"""Values for the ledger, one function each, and a ledger that is quick to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from pos_app.domain.charges import Charge
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.people import Person, Role
from pos_app.domain.refunds import Refund, RefundKind
from pos_app.domain.sales import Sale, SaleLine
from pos_app.domain.shifts import Shift
from pos_app.storage.store import Store, open_store
from pos_app.storage.unit_of_work import UnitOfWork

NOON = datetime(2026, 7, 12, 10, 21, 33, 123_456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PRICE = Money(4250, "USD")
_numbers = count(1)


@dataclass(frozen=True)
class Ledger:
    """Where a ledger is, before it is opened."""

    url: str | None
    file: Path

    def open(
        self, writer: str = "till:T1:abcdefgh", now: Callable[[], datetime] = lambda: NOON
    ) -> Store:
        return open_store(self.url, self.file, writer, now)

    @property
    def is_sqlite(self) -> bool:
        return self.url is None


class UndoError(Exception):
    """Ends a unit without keeping anything of it."""


@contextmanager
def undone(store: Store) -> Iterator[UnitOfWork]:
    """A writing unit of which nothing is kept."""
    with suppress(UndoError), store.write() as unit:
        yield unit
        raise UndoError


def a_person(unit: UnitOfWork, name: str = "Mei Lin", role: Role = Role.CASHIER) -> Person:
    return unit.people.add(name, role, 4, "$argon2id$not-a-real-hash")


def a_shift(unit: UnitOfWork, till_code: str = "T1") -> Shift:
    """The shift that is open at the till, opened when there is none."""
    found = unit.shifts.open_at(till_code)
    if found:
        return found
    number = unit.tills.next_shift_number(till_code)
    return unit.shifts.add(till_code, number, NOON, a_person(unit).id)


def a_sale(unit: UnitOfWork, till_code: str = "T1", price: Money = PRICE) -> Sale:
    shift = a_shift(unit, till_code)
    return unit.sales.add(
        Sale((SaleLine("", 1, price),)),
        price.currency,
        till_code=till_code,
        cashier_id=shift.opened_by,
        shift_id=shift.id,
        at=NOON,
    )


def a_charge(unit: UnitOfWork, **changes: Any) -> Charge:
    """A recorded charge of a new sale, unless `sale_id` names one."""
    till_code = changes.pop("till_code", "T1")
    shift = a_shift(unit, till_code)
    number = next(_numbers)
    charge = Charge(
        id=0,
        reference=f"{till_code}-260712{number:04d}-K7QX",
        sale_id=changes.pop("sale_id", 0) or a_sale(unit, till_code).id,
        till_code=till_code,
        shift_id=shift.id,
        cashier_id=shift.opened_by,
        method=PaymentMethod.ALIPAY,
        amount=PRICE,
        gateway="citcon_chop",
        credentials="citcon_chop",
        created_at=NOON,
    )
    return unit.charges.add(replace(charge, **changes))


def a_refund(unit: UnitOfWork, charge: Charge, **changes: Any) -> Refund:
    """A recorded refund of `charge`, which this unit holds; approved by its cashier."""
    refund = Refund(
        id=0,
        reference="",
        charge_id=charge.id,
        kind=RefundKind.REFUND,
        amount=Money(1250, charge.amount.currency),
        reason="Goods returned",
        till_code=charge.till_code,
        shift_id=charge.shift_id,
        asked_by=charge.cashier_id,
        approved_by=charge.cashier_id,
        requested_at=NOON,
    )
    return unit.refunds.add(replace(refund, **changes), charge)
