"""The payment page's commands."""

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import StorageError
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.sales import Sale, SaleLine
from pos_app.services.payment_view import Said


@pytest.fixture
def payments(desk):
    return desk.till.payments


def test_the_page_shows_who_sells_what(desk, payments):
    sale = Sale((SaleLine("Paper fan", 3, Money(680, "USD")), SaleLine("", 1, Money(100, "USD"))))
    view = payments.view(desk.charge(sale=sale).id)
    assert (view.cashier, view.item_count, view.gateway_name) == ("Mei Lin", 4, "Citcon")
    assert view.is_training
    desk.restart()
    view = payments = desk.till.payments.open(1)
    assert (view.cashier, view.item_count) == ("Mei Lin", 4)


def test_what_is_not_in_hand_cannot_be_looked_at(payments):
    with pytest.raises(LookupError):
        payments.view(99)
    payments.close(99)


def test_looking_needs_neither_disk_nor_gateway(desk, payments, monkeypatch):
    """It may be called on the GUI thread."""
    charge = desk.waiting()
    asked = len(desk.gateway.calls)
    store = desk.till.recovery._ledger.store
    monkeypatch.setattr(store, "read", None)
    monkeypatch.setattr(store, "write", None)
    assert payments.view(charge.id).state.value == "waiting"
    assert len(desk.gateway.calls) == asked


def test_check_now_asks_at_once(desk, payments):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    view = payments.check_now(charge.id)
    assert view.state.value == "paid"
    assert view.checks[0].said is Said.PAID
    assert view.last_check_at == desk.clock.now()


def test_a_paid_one_is_not_asked_about_again(desk, payments):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    payments.check_now(charge.id)
    asked = len(desk.gateway.calls)
    payments.check_now(charge.id)
    assert len(desk.gateway.calls) == asked


def test_a_closed_one_can_be_checked_for_late_money(desk, payments):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    assert payments.check_now(charge.id).state.value == "expired"
    desk.gateway.pay(charge.reference)
    assert payments.check_now(charge.id).state.value == "paidLate"


def test_the_page_knows_when_the_next_question_is_due(desk, payments):
    charge = desk.waiting()
    view = payments.view(charge.id)
    assert 0 < (view.next_check_at - desk.clock.now()).total_seconds() <= 1


def test_opening_again_takes_up_what_was_put_aside(desk, payments):
    charge = desk.waiting()
    payments.put_aside(charge.id)
    payments.close(charge.id)
    assert desk.now(charge).put_aside_at == desk.clock.now()
    assert payments.open(charge.id).state.value == "waiting"
    assert desk.now(charge).put_aside_at is None


def test_opening_again_takes_up_what_was_stopped_and_asks_nobody_any_more(desk, payments):
    charge = desk.waiting(method=PaymentMethod.UPOP)
    assert payments.stop(charge.id, desk.cashier.id).code is None
    assert desk.now(charge).attention == {Attention.STOPPED}
    view = payments.open(charge.id)
    assert (view.state.value, view.code) == ("waiting", charge.code)
    assert desk.till.answers.count() == 0


def test_opening_what_is_closed_changes_nothing(desk, payments):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    closed = desk.now(charge)
    assert payments.open(charge.id).state.value == "expired"
    assert desk.now(charge) == closed


def test_an_open_page_is_watched_closely_until_it_is_left(desk, payments):
    charge = desk.waiting()
    desk.let_pass(300, step=1)
    assert payments.view(charge.id).state.value == "stillOpen"
    asked = desk.gateway.count("inquire")
    desk.let_pass(60, step=1)
    assert desk.gateway.count("inquire") - asked >= 5
    payments.close(charge.id)
    asked = desk.gateway.count("inquire")
    desk.let_pass(60, step=1)
    assert desk.gateway.count("inquire") - asked <= 2


def test_a_decline_hint_keeps_the_code(desk, payments):
    charge = desk.waiting()
    view = payments.hint_declined(charge.id)
    assert (view.state.value, view.code) == ("declinedHint", charge.code)
    assert desk.now(charge).status is ChargeStatus.WAITING
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    assert desk.screen(charge) == "paid"


def test_keep_waiting_after_a_refused_cancel(desk, payments):
    charge = desk.waiting()
    desk.gateway.fail("lost_request")
    assert payments.cancel(charge.id).state.value == "cancelRefused"
    assert payments.keep_waiting(charge.id).state.value == "waiting"


def test_who_gave_it_up_is_in_the_journal(desk, payments):
    stopped = desk.waiting(method=PaymentMethod.UPOP)
    payments.stop(stopped.id, 2)
    aside = desk.waiting("9.00")
    payments.put_aside(aside.id, 3)
    cancelled = desk.waiting("3.00")
    payments.cancel(cancelled.id, 1)
    with desk.till.recovery._ledger.store.read() as work:
        who = {entry.kind: entry.who for entry in work.journal.entries()}
    assert (who["charge_stopped"], who["charge_put_aside"], who["cancel_requested"]) == (2, 3, 1)
    assert who["charge_accepted"] is None


def test_a_customers_contact_is_kept_apart_and_never_journalled(desk, payments):
    charge = desk.waiting()
    assert payments.contact(charge.id) == ""
    payments.save_contact(charge.id, "  Wei, 555-0199 ")
    assert payments.contact(charge.id) == "Wei, 555-0199"
    payments.save_contact(charge.id, "Wei, 555-0142")
    assert payments.contact(charge.id) == "Wei, 555-0142"
    with desk.till.recovery._ledger.store.read() as work:
        assert not [one for one in work.journal.entries() if "555-01" in repr(one)]
    payments.save_contact(charge.id, " ")
    assert payments.contact(charge.id) == ""


def test_the_sale_comes_back_as_it_was_charged(desk, payments):
    lines = (SaleLine("Paper fan", 3, Money(680, "USD")), SaleLine("", 1, Money(100, "USD")))
    charge = desk.charge(sale=Sale(lines, "for Wei"))
    sale = payments.sale_of(charge.id)
    assert (sale.id, sale.lines, sale.note) == (charge.sale_id, lines, "for Wei")
    with desk.till.recovery._ledger.store.read() as work:
        assert not [one for one in work.journal.entries() if "Wei" in repr(one)]


@pytest.mark.parametrize("command", ["stop", "put_aside", "cancel", "hint_declined"])
def test_a_ledger_that_cannot_be_written_changes_nothing(desk, payments, monkeypatch, command):
    charge = desk.waiting()

    def full():
        raise StorageError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(desk.till.recovery._ledger.store, "write", full)
        with pytest.raises(StorageError):
            getattr(payments, command)(charge.id)
        assert payments.view(charge.id).state.value == "waiting"
    assert desk.now(charge) == charge
    assert desk.gateway.count("cancel") == 0


@pytest.mark.parametrize("command", ["stop", "put_aside"])
def test_asking_twice_for_the_same_changes_nothing_more(desk, payments, command):
    charge = desk.waiting()
    getattr(payments, command)(charge.id)
    once = desk.now(charge)
    desk.clock.pass_time(1)
    getattr(payments, command)(charge.id)
    assert desk.now(charge) == once


def test_any_payment_can_be_asked_about_after_a_restart(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    desk.restart()
    asked = len(desk.gateway.calls)
    assert desk.till.payments.ask(charge.id) is Said.PAID
    assert len(desk.gateway.calls) == asked + 1
    assert desk.now(charge).is_paid


def test_a_question_without_an_answer_changes_nothing(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    paid = desk.now(charge)
    desk.gateway.fail("lost_request")
    assert desk.till.payments.ask(charge.id) is Said.NO_ANSWER
    assert desk.now(charge) == paid
