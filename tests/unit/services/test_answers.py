"""The list of payments that need an answer by a person."""

import json

import pytest

from pos_app.domain.charges import Attention
from pos_app.domain.methods import PaymentMethod


@pytest.fixture
def answers(desk):
    return desk.till.answers


def unknown(desk, plain="42.50"):
    charge = desk.waiting(plain)
    desk.gateway.fail(*["lost_request"] * 100)
    desk.let_pass(70)
    desk.gateway.faults.clear()
    return charge


def late(desk, plain="42.50"):
    charge = desk.waiting(plain)
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    return charge


def test_nothing_needs_an_answer_while_all_goes_well(desk, answers):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    assert (desk.needing_answer(), answers.count()) == ([], 0)


def test_what_needs_an_answer_is_listed_and_counted(desk, answers):
    paid_late = late(desk, "9.00")
    lost = unknown(desk)
    stopped = desk.till.checkout.send(desk.charge("3.00", PaymentMethod.UPOP).id)
    desk.till.payments.stop(stopped.id)
    assert desk.needing_answer() == [stopped.id, lost.id, paid_late.id]
    assert answers.count() == 3


def test_the_list_survives_a_restart(desk):
    charge = late(desk)
    desk.restart()
    assert desk.needing_answer() == [charge.id]


def test_what_a_person_has_seen_is_off_the_list_and_moves_no_money(desk, answers):
    charge = late(desk)
    before, calls = desk.now(charge), len(desk.gateway.calls)
    seen = answers.mark_seen(charge.id, Attention.PAID_LATE, 3)
    assert answers.count() == 0
    assert seen.is_paid
    assert (seen.paid_at, seen.amount) == (before.paid_at, before.amount)
    assert len(desk.gateway.calls) == calls
    desk.let_pass(60)
    assert answers.count() == 0


def test_who_has_seen_it_is_in_the_journal(desk, answers):
    charge = late(desk)
    answers.mark_seen(charge.id, Attention.PAID_LATE, 3)
    with desk.till.recovery._ledger.store.read() as work:
        last = list(work.journal.entries(charge.reference))[-1]
    assert (last.kind, last.who) == ("attention_answered", 3)
    assert json.loads(last.body) == {"attention": []}


def test_marking_something_else_answers_nothing(desk, answers):
    charge = late(desk)
    answers.mark_seen(charge.id, Attention.MISMATCH, 3)
    assert answers.count() == 1


def test_unknown_stays_until_the_gateway_answers(desk, answers):
    charge = unknown(desk)
    answers.mark_seen(charge.id, Attention.STOPPED, 3)
    assert answers.count() == 1
    desk.let_pass(40)
    assert answers.count() == 0


def test_what_was_open_is_told_once_newest_first(desk):
    first, second = desk.waiting("3.00"), desk.waiting("9.00")
    desk.restart()
    assert [one.id for one in desk.till.answers.to_resume()] == [second.id, first.id]
    assert desk.till.answers.to_resume() == ()
