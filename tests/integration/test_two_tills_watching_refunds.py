"""Two tills on one PostgreSQL: one of them asks about a refund, and both come to know."""

import pytest

from pos_app.domain.events import RefundChanged
from pos_app.domain.money import Money
from pos_app.domain.refunds import RefundStatus
from pos_app.services.watching import LEASE, RENEW_EVERY
from tests.fakes.clock import FakeClock
from tests.fakes.pending_gateway import PendingGateway
from tests.fakes.selling_till import SellingTill

S = RefundStatus


@pytest.fixture
def tills(tmp_path, postgres_ledger):
    """Both see the same payments and refunds, each by a connection of its own."""
    clock, payments, answers = FakeClock(), {}, {}
    desks = [
        SellingTill(
            tmp_path / code,
            gateway=PendingGateway(payments=payments, answers=answers),
            clock=clock,
            environ={
                "POS_APP_DATABASE_URL": postgres_ledger.url,
                "POS_APP_STORE_TILL_CODE": code,
            },
        )
        for code in ("HSG1", "HSG2")
    ]
    yield desks
    for desk in desks:
        desk.close()


@pytest.fixture
def refund(tills):
    """A refund that the first till sent and that its service has accepted."""
    first, _ = tills
    charge = first.waiting()
    first.gateway.pay(charge.reference)
    first.let_pass(2)
    who = first.cashier.id
    made = first.till.refunding.refund(charge.id, Money(1250, "USD"), "Broken", who, who)
    assert made.status is S.PENDING
    return made


def both_for(tills, seconds, step=1.0):
    """Time goes by once; both watch."""
    first, second = tills
    for _ in range(int(seconds / step)):
        second.till.watcher.run_due()
        first.let_pass(step, step)


def now(desk, refund):
    (found,) = desk.till.refunding.standing(refund.charge_id).refunds
    return found


def test_only_one_till_asks(tills, refund):
    both_for(tills, 40)
    first, second = tills
    assert (first.gateway.count("inquire_refund"), second.gateway.count("inquire_refund")) == (
        2,
        0,
    )


def test_the_other_takes_over_when_that_one_dies(tills, refund):
    first, second = tills
    first.let_pass(10)
    asked = first.gateway.count("inquire_refund")
    first.gateway.carry_out("P1")
    second.let_pass(LEASE.total_seconds() + 30, step=5)
    assert now(second, refund).status is S.DONE
    assert first.gateway.count("inquire_refund") == asked
    assert first.gateway.count("refund") + second.gateway.count("refund") == 1


def test_the_till_that_only_waits_is_told_what_the_other_has_learned(tills, refund):
    first, second = tills
    first.let_pass(6)
    second.let_pass(LEASE.total_seconds() + 10, step=5)  # the first one stands still meanwhile
    first.let_pass(1)
    first.gateway.carry_out("P1")
    second.let_pass(RENEW_EVERY.total_seconds() + 200, step=5)
    assert now(second, refund).status is S.DONE
    first.events.clear()
    first.let_pass(1)
    first.let_pass(RENEW_EVERY.total_seconds() + 1, step=5)
    told = [one.after.status for one in first.events if isinstance(one, RefundChanged)]
    assert told == [S.DONE]
