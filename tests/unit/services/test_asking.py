"""One question and what becomes of the charge by it."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from pos_app.domain.charges import ChargeStatus, UnknownReason
from pos_app.domain.errors import NotSent, StorageError
from pos_app.domain.events import Asked
from pos_app.domain.outcomes import Inquiry, PaymentState, RefusalKind, Refused
from pos_app.services.payment_view import Said
from pos_app.storage.store import Store

FOREIGN = {"reference": "HSG1-2607129999-AAAA"}


def about(charge, state, **changes):
    answer = Inquiry(state, reference=charge.reference, amount=charge.amount)
    return replace(answer, **changes)


@pytest.mark.parametrize("state", [PaymentState.EXPIRED, PaymentState.OPEN])
@pytest.mark.parametrize("about_another", [FOREIGN, {"is_charge": False}])
def test_an_answer_about_another_payment_is_no_answer(desk, state, about_another):
    charge = desk.waiting()
    desk.gateway.fail(*[about(charge, state, **about_another)] * 100)
    desk.let_pass(3)
    assert desk.now(charge).status is ChargeStatus.WAITING
    assert desk.till.payments.view(charge.id).checks[0].said is Said.NO_ANSWER
    desk.let_pass(65)
    assert desk.now(charge).unknown_reason is UnknownReason.NO_ANSWER
    desk.gateway.faults.clear()
    desk.let_pass(40)
    assert desk.now(charge).status is ChargeStatus.WAITING


def test_no_cancel_is_sent_on_the_word_of_another_payment(desk):
    charge = desk.waiting()
    desk.gateway.fail(about(charge, PaymentState.OPEN, **FOREIGN))
    assert desk.till.payments.cancel(charge.id).cancel_refusal == "unreachable"
    assert desk.gateway.count("cancel") == 0


def test_a_refused_question_is_no_answer(desk):
    charge = desk.waiting()
    desk.gateway.fail(*[Refused(RefusalKind.OTHER, "no such payment")] * 100)
    desk.let_pass(5)
    assert desk.screen(charge) == "noAnswer"
    assert desk.till.payments.view(charge.id).checks[0].said is Said.REFUSED
    assert desk.till.connection.state.is_answering


def test_a_charge_of_another_token_is_not_asked_about_with_this_one(desk):
    charge = desk.waiting()
    desk.gateway.credentials = "two"
    asked = desk.gateway.count("inquire")
    desk.let_pass(70)
    assert desk.gateway.count("inquire") == asked
    assert desk.screen(charge) == "unknown"
    assert desk.till.connection.state.is_answering
    desk.gateway.credentials = "one"
    desk.let_pass(40)
    assert desk.screen(charge) == "waiting"


def test_a_token_that_vanished_after_a_lost_create_refuses_nothing(desk):
    desk.gateway.fail(*["lost_answer"] * 40)
    charge = desk.till.checkout.send(desk.charge().id)
    desk.gateway.credentials = "two"
    assert desk.till.checkout.send(charge.id).status is ChargeStatus.CREATED
    assert desk.screen(charge) == "createLost"


def test_every_question_is_told_whatever_it_brings(desk):
    charge = desk.waiting()
    desk.gateway.fail("lost_request")
    before = desk.events.count(Asked(charge.id))
    desk.till.payments.check_now(charge.id)
    desk.till.payments.check_now(charge.id)
    assert desk.events.count(Asked(charge.id)) == before + 2


def test_an_answer_that_cannot_be_written_down_is_asked_for_again(desk, monkeypatch):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    store = desk.till.recovery._ledger.store

    def full():
        raise StorageError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write", full)
        with pytest.raises(StorageError):
            desk.till.payments.check_now(charge.id)
        desk.let_pass(3)
        assert desk.screen(charge) == "waiting"
    desk.let_pass(3)
    assert desk.screen(charge) == "paid"


def test_nothing_is_sent_when_the_intent_cannot_be_written_down(desk, monkeypatch):
    def read_only():
        raise StorageError("The ledger is read-only.")

    monkeypatch.setattr(desk.till.recovery._ledger.store, "write", read_only)
    with pytest.raises(StorageError):
        desk.charge()
    assert desk.gateway.calls == []


def test_a_repeated_create_tells_the_ledger_first_that_it_may_be_sent(desk):
    """A crash right after sending must find a charge that may have been sent."""
    desk.gateway.fail("not_sent", "lost_answer", *["not_sent"] * 30)
    charge = desk.till.checkout.send(desk.charge().id)
    assert charge.is_surely_not_sent
    charge = desk.till.checkout.send(charge.id)
    assert not charge.is_surely_not_sent
    assert isinstance(desk.till.checkout._asker.create(charge), NotSent)
    assert not desk.now(charge).is_surely_not_sent


def test_a_charge_made_while_leases_are_renewed_is_asked_about_at_once(desk, monkeypatch):
    """Charging and watching are on threads of their own."""
    store = desk.till.recovery._ledger.store
    desk.clock.pass_time(60)
    made = []

    @contextmanager
    def write_then_sell():
        with Store.write(store) as work:
            yield work
        monkeypatch.undo()
        made.append(desk.till.checkout.send(desk.charge().id))

    monkeypatch.setattr(store, "write", write_then_sell)
    desk.till.watcher.run_due()
    (charge,) = made
    assert ("inquire", charge.reference) in desk.gateway.calls
