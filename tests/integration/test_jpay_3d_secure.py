"""A card whose bank asks first (3-D Secure): what the till knows meanwhile, over real HTTP."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from tests.fakes.card_desk import CardDesk
from tests.fakes.running_simulator import running_simulator

S = ChargeStatus
ASKS_FIRST = "4000 0025 0000 3155"
A_DAY_S = 86_400


@pytest.fixture(scope="module")
def simulator():
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path, simulator):
    desk = CardDesk(tmp_path, simulator)
    yield desk
    desk.close()


@pytest.fixture
def charge(desk):
    """The customer has entered the card, and the bank's page is open."""
    charge = desk.shown()
    desk.let_pass(2)
    desk.bank = desk.type_card(charge, ASKS_FIRST)
    desk.let_pass(5)
    return charge


def answer(desk, action):
    """The customer answers the bank."""
    return desk.http.post(desk.bank, data={"action": action})


def test_the_page_leads_to_the_bank_and_the_till_goes_on_waiting(desk, charge):
    assert "/pay/secure" in desk.bank
    assert desk.screen(charge) == "waiting"
    assert desk.till.payments.view(charge.id).code == charge.code


def test_confirmed_at_the_bank_it_is_paid(desk, charge):
    assert answer(desk, "pay").status_code == 303
    desk.let_pass(5)
    assert (desk.now(charge).status, desk.screen(charge)) == (S.PAID, "paid")


def test_a_no_to_the_bank_closes_it(desk, charge):
    answer(desk, "decline")
    desk.let_pass(5)
    assert (desk.now(charge).status, desk.screen(charge)) == (S.DECLINED, "declined")


def test_abandoned_at_the_bank_it_is_still_open_at_the_end_of_the_codes_life(desk, charge):
    desk.let_pass(300, step=2)
    assert desk.screen(charge) == "stillOpen"
    assert desk.till.payments.view(charge.id).code == charge.code


def test_abandoned_it_lapses_and_money_that_comes_all_the_same_is_told(desk, charge):
    desk.let_pass(300, step=2)
    desk.till.payments.stop(charge.id)
    desk.till.payments.close(charge.id)
    assert desk.now(charge).attention == {Attention.STOPPED}
    desk.let_pass(2 * A_DAY_S, step=3600)
    assert answer(desk, "pay").status_code == 409
    assert desk.act(charge, "pay")
    desk.let_pass(A_DAY_S, step=3600)
    late = desk.now(charge)
    assert (late.status, late.attention) == (S.PAID, {Attention.PAID_LATE})
    assert late.amount == charge.amount


def test_never_answered_it_is_handed_to_a_person_after_seven_days(desk, charge):
    desk.till.payments.put_aside(charge.id)
    desk.till.payments.close(charge.id)
    desk.let_pass(9 * A_DAY_S, step=3600)
    over = desk.now(charge)
    assert (over.status, over.attention) == (S.WAITING, {Attention.WATCH_ENDED})
    assert desk.needing_answer() == [charge.id]


def test_a_crash_while_the_bank_asks_loses_nothing(desk, charge):
    desk.restart()
    answer(desk, "pay")
    desk.let_pass(5)
    assert desk.now(charge).status is S.PAID
    assert len(desk.payments(charge)) == 1
