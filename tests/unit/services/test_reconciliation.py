"""Reconciling on a whole till with a gateway in memory: what is found, repaired, told."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import PaymentState
from pos_app.domain.reconciliation import DifferenceKind, DifferenceOutcome
from pos_app.domain.refunds import RefundStatus
from tests.fakes.gateway import FakePayment, FakeRefund
from tests.fakes.refunds import RefundDesk

K, O = DifferenceKind, DifferenceOutcome  # noqa: E741
A_DAY = timedelta(days=1)


class Desk(RefundDesk):
    """A till that reconciles; `list_is` changes what the gateway's list says."""

    @property
    def today(self):
        return self.clock.local(self.clock.now()).date()

    def reconcile(self, day=None, **more):
        return self.till.reconciliation.reconcile(day or self.today, **more)

    def found(self, day=None):
        return [(one.kind, one.outcome) for one in self.reconcile(day).differences]

    def lose(self, charge, plain="12.50", fault="lost_answer"):
        self.gateway.fail(fault)
        return self.refund(charge, plain)

    def truth(self, charge):
        return self.gateway.payments[charge.reference]

    def list_is(self, change):
        listed = self.gateway._listed
        self.gateway._listed = lambda: tuple(change(one) for one in listed())

    def without_list(self):
        def no_list():
            raise OutcomeUnknown("no list")

        self.gateway.transactions = no_list


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_a_day_on_which_all_agrees_has_no_differences(desk):
    whole, part, cancelled = desk.paid(), desk.paid(), desk.paid()
    desk.waiting(is_other_customer=True)
    desk.refund(whole, "42.50")
    desk.refund(part, "12.50")
    desk.cancel(cancelled)
    report = desk.reconcile()
    assert (report.differences, report.charges, report.not_compared) == ((), 4, 0)
    assert report.is_clean


def test_a_refund_whose_answer_was_lost_is_found_and_known_from_then_on(desk):
    charge = desk.paid()
    refund = desk.lose(charge)
    assert desk.left(charge) == "30.00"
    (one,) = desk.reconcile().differences
    assert (one.kind, one.outcome) == (K.REFUND_DONE_THERE, O.REPAIRED)
    assert (one.reference, one.refund) == (charge.reference, refund.reference)
    after = desk.refunding.standing(charge.id).refunds[0]
    assert (after.status, after.gateway_id) == (RefundStatus.DONE, "Uq0-R1")
    assert desk.now(charge).attention == frozenset()
    assert desk.gateway.count("refund") == 1
    assert desk.found() == []


def test_a_refund_that_is_not_in_the_list_stays_held_back_and_is_not_sent_again(desk):
    charge = desk.paid()
    desk.lose(charge, fault="lost_request")
    for _ in range(2):
        assert desk.found() == [(K.REFUND_UNKNOWN, O.NEEDS_PERSON)]
    assert desk.left(charge) == "30.00"
    assert desk.gateway.count("refund") == 1
    assert desk.now(charge).attention == {Attention.REFUND_UNKNOWN}


def test_a_decision_that_the_list_contradicts_calls_for_a_person(desk):
    charge = desk.paid()
    desk.settle(desk.lose(charge), went_out=False)
    assert desk.found() == [(K.REFUND_DONE_THERE, O.NEEDS_PERSON)]
    assert Attention.REFUND_UNKNOWN in desk.now(charge).attention


def test_a_decision_that_the_list_confirms_is_repaired(desk):
    charge = desk.paid()
    desk.settle(desk.lose(charge), went_out=True)
    assert desk.found() == [(K.REFUND_DONE_THERE, O.REPAIRED)]
    assert desk.found() == []


def test_a_refund_that_the_ledger_does_not_have_calls_for_a_person(desk):
    charge = desk.paid()
    desk.truth(charge).refunds.append(FakeRefund("D1", Money(500, "USD"), "by telephone"))
    (one,) = desk.reconcile().differences
    assert (one.kind, one.outcome, one.refund) == (K.REFUND_NOT_HERE, O.NEEDS_PERSON, "D1")
    assert one.there == Money(500, "USD")
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_what_is_on_the_list_for_another_reason_is_marked_for_this_one_too(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(10)
    desk.gateway.pay(charge.reference)
    desk.let_pass(60)
    desk.truth(charge).refunds.append(FakeRefund("D1", Money(500, "USD"), "by telephone"))
    desk.reconcile()
    assert desk.now(charge).attention == {Attention.PAID_LATE, Attention.LIST_DISAGREES}


def test_a_refund_carried_out_twice_shows(desk):
    charge = desk.paid()
    refund = desk.refund(charge, "12.50")
    desk.truth(charge).refunds.append(FakeRefund("D1", refund.amount, refund.told_reason))
    assert desk.found() == [(K.REFUND_NOT_HERE, O.NEEDS_PERSON)]


def test_more_that_went_back_than_is_known_shows_by_the_count_alone(desk):
    charge = desk.paid()
    desk.refund(charge, "12.50")
    more = Money(1251, "USD")
    desk.list_is(lambda one: replace(one, refunded=more))
    (one,) = desk.reconcile().differences
    assert (one.kind, one.outcome) == (K.MORE_REFUNDED_THERE, O.NEEDS_PERSON)
    assert (one.here, one.there) == (Money(1250, "USD"), more)
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_what_may_have_gone_back_is_not_more_than_is_known(desk):
    charge = desk.paid()
    desk.lose(charge, fault="lost_request")
    desk.lose(charge, "10.00", fault="lost_request")
    desk.list_is(lambda one: replace(one, refunded=Money(1000, "USD")))
    assert desk.found() == [(K.REFUND_UNKNOWN, O.NEEDS_PERSON)] * 2
    assert desk.now(charge).attention == {Attention.REFUND_UNKNOWN}


def test_what_went_back_of_a_payment_that_was_never_refunded_here_shows(desk):
    desk.paid()
    desk.list_is(lambda one: replace(one, refunded=Money(1, "USD")))
    (one,) = desk.reconcile().differences
    assert (one.kind, one.here, one.there) == (
        K.MORE_REFUNDED_THERE, Money(0, "USD"), Money(1, "USD")
    )  # fmt: skip


def test_less_in_the_list_than_went_back_proves_nothing(desk):
    charge = desk.paid()
    desk.refund(charge, "12.50")
    desk.clock.pass_time(60)
    desk.truth(charge).refunds.clear()
    assert desk.found() == [(K.LESS_REFUNDED_THERE, O.OPEN)]
    assert desk.now(charge).attention == frozenset()


def test_what_was_refunded_while_the_list_was_made_is_not_missed_in_it(desk):
    charge = desk.paid()
    listed = desk.gateway._listed

    def list_and_refund():
        entries = listed()
        desk.clock.pass_time(1)
        desk.refund(charge, "12.50")
        return entries

    desk.gateway._listed = list_and_refund
    assert desk.found() == []


def test_a_payment_that_is_paid_there_is_asked_for_and_paid_here(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(10)
    assert desk.now(charge).status is ChargeStatus.EXPIRED
    desk.gateway.pay(charge.reference)
    assert desk.found() == [(K.PAID_THERE, O.REPAIRED)]
    assert desk.now(charge).is_paid
    assert Attention.PAID_LATE in desk.now(charge).attention


def test_a_payment_that_is_paid_there_with_another_amount_calls_for_a_person(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(10)
    desk.gateway.pay(charge.reference)
    desk.truth(charge).amount = Money(4251, "USD")
    assert desk.found() == [(K.PAID_THERE, O.NEEDS_PERSON)]
    assert not desk.now(charge).is_paid
    assert Attention.MISMATCH in desk.now(charge).attention


def test_a_payment_that_is_paid_there_stays_open_without_an_answer(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(10)
    desk.gateway.pay(charge.reference)
    desk.gateway.fail("", "lost_answer")
    assert desk.found() == [(K.PAID_THERE, O.OPEN)]
    assert desk.now(charge).attention == frozenset()
    assert desk.found() == [(K.PAID_THERE, O.REPAIRED)]


def test_a_paid_one_with_another_amount_in_the_list_calls_for_a_person(desk):
    charge = desk.paid()
    desk.list_is(lambda one: replace(one, amount=Money(4251, "USD")))
    (one,) = desk.reconcile().differences
    assert (one.kind, one.outcome) == (K.DISAGREES, O.NEEDS_PERSON)
    assert (one.here, one.there) == (charge.amount, Money(4251, "USD"))
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_not_being_in_the_list_proves_nothing_so_it_is_asked_about(desk):
    desk.paid()
    desk.gateway._listed = lambda: ()
    before = desk.gateway.count("inquire")
    assert desk.found() == []
    assert desk.gateway.count("inquire") == before + 1
    desk.gateway.fail("", "lost_answer")
    assert desk.found() == [(K.PAID_ONLY_HERE, O.OPEN)]


def test_a_paid_one_that_the_gateway_calls_unpaid_calls_for_a_person(desk):
    charge = desk.paid()
    desk.truth(charge).state = PaymentState.OPEN
    assert desk.found() == [(K.PAID_ONLY_HERE, O.NEEDS_PERSON)]
    assert desk.now(charge).is_paid
    assert desk.now(charge).attention == {Attention.LIST_DISAGREES}


def test_a_cancelled_one_may_be_called_unpaid_afterwards(desk):
    charge = desk.paid()
    desk.cancel(charge)
    desk.truth(charge).state = PaymentState.EXPIRED
    desk.truth(charge).is_returned = False
    assert (K.PAID_ONLY_HERE, O.NEEDS_PERSON) not in desk.found()


def test_an_unknown_payment_is_asked_about(desk):
    charge = desk.waiting()
    desk.till.payments.open(charge.id)
    desk.gateway.fail(*["lost_answer"] * 60)
    desk.let_pass(120)
    assert desk.now(charge).status is ChargeStatus.UNKNOWN
    desk.gateway.faults.clear()
    desk.gateway.expire(charge.reference)
    assert desk.found() == [(K.UNKNOWN_HERE, O.REPAIRED)]
    assert desk.now(charge).status is ChargeStatus.EXPIRED


def test_a_payment_that_the_ledger_does_not_have_is_told(desk):
    desk.paid()
    lost = f"HSG1-{desk.today:%y%m%d}9999-AAAA"
    for reference in (lost, "HSG2-2607129999-AAAA", f"HSG1-{desk.today - A_DAY:%y%m%d}9999-AAAA"):
        desk.gateway.payments[reference] = FakePayment(
            f"x{reference}", reference, Money(700, "USD"), "alipay", PaymentState.PAID
        )
    (one,) = desk.reconcile().differences
    assert (one.kind, one.outcome, one.charge_id) == (K.UNKNOWN_REFERENCE, O.NEEDS_PERSON, None)
    assert (one.reference, one.there) == (lost, Money(700, "USD"))


def test_only_the_day_that_was_asked_for_is_compared(desk):
    desk.truth(desk.paid()).refunds.append(FakeRefund("D1", Money(500, "USD"), "by telephone"))
    yesterday = desk.today
    desk.clock.pass_time(86_400)
    desk.lose(desk.paid())
    assert Counter(desk.found()) == {(K.REFUND_DONE_THERE, O.REPAIRED): 1}
    assert desk.found(yesterday) == [(K.REFUND_NOT_HERE, O.NEEDS_PERSON)]


def test_an_older_charge_that_was_refunded_on_the_day_is_of_the_day(desk):
    charge = desk.paid()
    desk.clock.pass_time(86_400)
    assert desk.reconcile().charges == 0
    desk.lose(charge)
    assert desk.found() == [(K.REFUND_DONE_THERE, O.REPAIRED)]


def test_without_a_list_every_charge_is_asked_about_and_refunds_stay(desk):
    charge, late = desk.paid(), desk.waiting("5.00")
    desk.gateway.expire(late.reference)
    desk.let_pass(10)
    desk.gateway.pay(late.reference)
    refund = desk.lose(charge)
    desk.without_list()
    before = desk.gateway.count("inquire")
    report = desk.reconcile()
    assert not report.has_list
    assert not report.is_clean
    assert desk.gateway.count("inquire") == before + 2
    assert [(one.kind, one.outcome) for one in report.differences] == [
        (K.REFUND_UNKNOWN, O.OPEN),
        (K.PAID_THERE, O.REPAIRED),
    ]
    assert desk.now(late).is_paid
    assert desk.refunding.standing(charge.id).refunds == (refund,)


def test_a_gateway_that_does_not_answer_is_given_up(desk):
    for _ in range(6):
        desk.paid()
    desk.without_list()
    desk.gateway.fail(*["lost_answer"] * 20)
    before = desk.gateway.count("inquire")
    report = desk.reconcile()
    assert desk.gateway.count("inquire") == before + 3
    assert (report.charges, report.not_compared) == (0, 6)


def test_a_charge_of_another_token_is_not_compared(desk):
    desk.paid()
    desk.gateway.credentials = "two"
    report = desk.reconcile()
    assert (report.charges, report.not_compared, report.is_clean) == (0, 1, False)


def test_it_can_be_given_up(desk):
    for charge in [desk.paid() for _ in range(3)]:
        desk.lose(charge)
    told = []

    def progress(done, total):
        told.append((done, total))
        return done < 1

    report = desk.reconcile(progress=progress)
    assert told == [(0, 3), (1, 3)]
    assert (report.charges, report.not_compared, report.repaired) == (1, 2, 1)


def test_that_it_was_done_is_in_the_journal_and_names_nobody(desk):
    desk.lose(desk.paid())
    desk.reconcile(person_id=desk.manager.id)
    with desk.till.recovery._ledger.store.read() as work:
        (entry,) = work.journal.entries(f"day:{desk.today}")
        work.journal.verify()
    assert (entry.kind, entry.who) == ("reconciled", desk.manager.id)
    assert json.loads(entry.body) == {
        "day": desk.today.isoformat(),
        "charges": 1,
        "not_compared": 0,
        "has_list": True,
        "repaired": 1,
        "remaining": 0,
    }


def test_a_charge_that_nobody_looks_at_does_not_stay_in_memory(desk):
    charge = desk.paid()
    desk.till.payments.close(charge.id)
    desk.let_pass(30)
    board = desk.till.payments._board
    board.forget(charge.id)
    desk.gateway._listed = lambda: ()
    desk.reconcile()
    assert board.charge(charge.id) is None


@pytest.mark.parametrize(("is_returned", "outcome"), [(True, O.REPAIRED), (False, O.NEEDS_PERSON)])
def test_the_list_tells_whether_our_cancel_has_returned_a_payment(desk, is_returned, outcome):
    charge = desk.waiting()
    desk.gateway.before_cancel = lambda one: setattr(one, "state", PaymentState.PAID)
    desk.till.payments.cancel(charge.id)
    desk.gateway.payments[charge.reference].is_returned = is_returned
    assert Attention.MAYBE_RETURNED in desk.now(charge).attention
    assert desk.found() == [(K.MAYBE_RETURNED, outcome)]
    assert (Attention.MAYBE_RETURNED in desk.now(charge).attention) != is_returned
    assert desk.left(charge) == "0.00"


@pytest.mark.parametrize("method", [PaymentMethod.ALIPAY, PaymentMethod.UPOP])
def test_checking_a_lost_refund_looks_for_it_in_the_list(desk, method):
    charge = desk.paid(method=method)
    refund = desk.lose(charge)
    after = desk.refunding.check(refund.id)
    assert (after.status, after.gateway_id) == (RefundStatus.DONE, "Uq0-R1")
    assert desk.gateway.count("refund") == 1


def test_checking_a_refund_that_is_not_in_the_list_changes_nothing(desk):
    refund = desk.lose(desk.paid(), fault="lost_request")
    asked = replace(refund, asked_at=desk.clock.now())
    assert desk.refunding.check(refund.id) == asked
    desk.without_list()
    assert desk.refunding.check(refund.id) == asked
    assert desk.gateway.count("refund") == 1


@pytest.mark.parametrize("has_notes", [True, False])
def test_a_refund_on_its_way_is_no_stranger(desk, has_notes):
    charge = desk.paid()
    carry_out, found = desk.gateway._refund, []

    def carried_out_and_compared(*call):
        answer = carry_out(*call)
        found.extend(desk.found())
        return answer

    desk.gateway._refund = carried_out_and_compared
    if not has_notes:
        desk.list_is(lambda one: replace(one, note=""))
    refund = desk.refund(charge, "12.50")
    assert found == ([(K.REFUND_DONE_THERE, O.REPAIRED)] if has_notes else [])
    assert (refund.status, refund.gateway_id) == (RefundStatus.DONE, "Uq0-R1")
    assert desk.now(charge).attention == frozenset()
    assert desk.found() == []
