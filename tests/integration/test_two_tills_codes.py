"""A till dies while a customer has to confirm: another one sees it through, on both databases."""

import pytest

from pos_app.domain.charges import ChargeStatus, UnknownReason
from pos_app.domain.customer_codes import CONFIRM_WITHIN, read_code
from pos_app.domain.money import Money
from pos_app.domain.outcomes import PaymentState
from pos_app.domain.sales import Sale, SaleLine
from pos_app.paths import DataPaths
from pos_app.services.watching import LEASE
from tests.fakes.clock import FakeClock
from tests.fakes.selling_till import SellingTill
from tests.fakes.taking_gateway import TakingGateway

S = ChargeStatus
CODE = read_code("2812345678901234")
SALE = Sale((SaleLine("", 1, Money(4250, "USD")),))
DEAD = LEASE.total_seconds() + 1


@pytest.fixture(params=["sqlite", "postgres"])
def tills(request, tmp_path):
    """Two tills on one ledger: of a server, or of a file that two data folders have in common."""
    clock, payments, environ = FakeClock(), {}, {}
    first, second = DataPaths(tmp_path / "first"), DataPaths(tmp_path / "second")
    if request.param == "postgres":
        environ = {"POS_APP_DATABASE_URL": request.getfixturevalue("postgres_ledger").url}
    else:
        second.database.parent.mkdir(parents=True)
        second.database.symlink_to(first.database)
    desks = [
        SellingTill(
            paths.root, gateway=TakingGateway(payments=payments), clock=clock, environ=environ
        )
        for paths in (first, second)
    ]
    yield desks
    for desk in desks:
        desk.close()


def intent(till):
    return till.till.taking.charge(SALE, CODE, till.cashier.id)


def confirming(till):
    """A charge whose customer has to confirm on the phone."""
    till.gateway.next_state = PaymentState.OPEN
    charge = till.till.taking.send(intent(till).id, CODE)
    assert charge.status is S.WAITING
    return charge


def test_the_other_till_asks_cancels_and_looks_one_last_time(tills):
    first, second = tills
    charge = confirming(first)
    first.let_pass(10)
    second.let_pass(DEAD, step=1)
    assert second.now(charge).status is S.CANCELLED
    assert [call for call, _ in second.gateway.calls] == ["inquire", "cancel", "inquire"]
    assert second.gateway.codes == []


def test_while_it_lives_only_the_first_till_cancels(tills):
    first, second = tills
    charge = confirming(first)
    for _ in range(int(CONFIRM_WITHIN.total_seconds()) + 2):
        second.let_pass(0.5)
        first.let_pass(0.5)
    assert first.now(charge).status is S.CANCELLED
    assert second.gateway.calls == []


def test_what_was_confirmed_meanwhile_is_paid_at_the_other_till(tills):
    first, second = tills
    charge = confirming(first)
    first.gateway.pay(charge.reference)
    second.let_pass(DEAD, step=1)
    assert second.now(charge).status is S.PAID
    assert second.gateway.count("cancel") == 0


def test_the_same_till_cancels_at_its_next_start(tills):
    first, _ = tills
    charge = confirming(first)
    first.clock.pass_time(CONFIRM_WITHIN.total_seconds() + 5)
    first.restart()
    first.let_pass(3)
    assert first.now(charge).status is S.CANCELLED
    assert [call for call, _ in first.gateway.calls[1:]] == ["inquire", "cancel", "inquire"]


def test_a_till_that_dies_before_the_answer_leaves_a_question_for_the_other(tills):
    first, second = tills
    first.gateway.fail("lost_answer")
    charge = intent(first)
    second.let_pass(DEAD, step=1)
    lost = second.now(charge)
    assert (lost.status, lost.unknown_reason) == (S.UNKNOWN, UnknownReason.NO_ANSWER)
    assert second.needing_answer() == [charge.id]
    assert second.gateway.codes == []


def test_an_answer_that_comes_after_the_other_till_gave_it_up_counts(tills):
    first, second = tills
    charge = intent(first)

    take = first.gateway.take

    def take_slowly(*sent):
        second.let_pass(DEAD, step=1)
        assert second.now(charge).status is S.UNKNOWN
        return take(*sent)

    first.gateway.take = take_slowly
    first.till.taking.send(charge.id, CODE)
    assert second.now(charge).status is S.PAID
    assert first.gateway.codes == [CODE.reveal()]
