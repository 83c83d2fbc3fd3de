"""Two tills that somebody gave the same code, on one PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import ChargeStillOpenError
from pos_app.services.watching import LEASE
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.selling_till import SellingTill

SALES = 12


@pytest.fixture
def tills(tmp_path, postgres_ledger):
    """Both see the same payments at the gateway, each by a connection of its own."""
    clock, payments = FakeClock(), {}
    desks = [
        SellingTill(
            tmp_path / name,
            gateway=FakeGateway(payments=payments),
            clock=clock,
            environ={"POS_APP_DATABASE_URL": postgres_ledger.url},
        )
        for name in ("first", "second")
    ]
    yield desks
    for desk in desks:
        desk.close()


def test_references_never_come_twice_even_with_the_same_luck(tills):
    def sell(desk, number):
        return desk.charge(f"{number + 1}.00", is_other_customer=True).reference

    with ThreadPoolExecutor(4) as pool:
        sold = [
            pool.submit(sell, desk, number) for number in range(SALES) for desk in tills
        ]  # fmt: skip
        references = [one.result(timeout=60) for one in sold]
    assert len(set(references)) == 2 * SALES
    with tills[0].till.recovery._ledger.store.read() as work:
        assert work.journal.verify().entries > 2 * SALES


def test_only_the_till_that_made_a_charge_asks_about_it(tills):
    first, second = tills
    charge = first.till.checkout.send(first.charge().id)
    for _ in range(20):
        second.let_pass(0.5)
        first.let_pass(0.5)
    assert first.gateway.count("inquire") > 5
    assert second.gateway.count("inquire") == 0
    first.gateway.pay(charge.reference)
    first.let_pass(2)
    assert second.now(charge).status is ChargeStatus.PAID


def test_the_other_till_takes_over_when_one_dies(tills):
    first, second = tills
    charge = first.till.checkout.send(first.charge().id)
    first.let_pass(5)
    asked = first.gateway.count("inquire")
    first.gateway.pay(charge.reference)
    second.let_pass(LEASE.total_seconds() + 30, step=5)
    assert second.now(charge).status is ChargeStatus.PAID
    assert second.gateway.count("inquire") == 1
    assert first.gateway.count("inquire") == asked


def test_a_sale_in_hand_at_one_till_is_no_second_charge_at_the_other(tills):
    first, second = tills
    charge = first.till.checkout.send(first.charge("42.50").id)
    first.let_pass(5)
    with pytest.raises(ChargeStillOpenError, match=charge.reference):
        second.charge("42.50")
