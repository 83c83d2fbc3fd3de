"""Settling by hand on a whole till: recorded beside the status, journalled, contradicted."""

import json

import pytest

from pos_app.domain import transitions
from pos_app.domain.charges import Attention, ChargeDecision, ChargeStatus
from pos_app.domain.errors import (
    ChargeStillOpenError,
    NotApprovedError,
    ReasonMissingError,
    SaleAlreadyPaidError,
)
from pos_app.domain.money import Money
from pos_app.domain.outcomes import RefundDone, RefundRefusalKind, RefundRefused
from pos_app.domain.settling import Question
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk

D = ChargeDecision
Q = Question


class SettlingDesk(RefundDesk):
    """A till with payments that nobody knows anything about."""

    def unknown(self, plain="42.50"):
        charge = self.waiting(plain)
        self.gateway.fail(*["lost_request"] * 100)
        self.let_pass(70)
        self.gateway.faults.clear()
        return self.now(charge)

    def decide(self, charge, decision, note="the customer showed the app"):
        who = self.cashier.id, self.manager.id
        return self.till.settling.settle_charge(charge.id, decision, note, *who)

    def questions(self, charge):
        return [one.question for one in self.till.settling.matters(charge.id)]

    def again(self, charge):
        sale = self.till.payments.sale_of(charge.id)
        return self.till.checkout.charge(sale, charge.method, self.cashier.id)


@pytest.fixture
def desk(tmp_path):
    desk = SettlingDesk(tmp_path, gateway=RefundingGateway())
    yield desk
    desk.close()


def test_what_goes_well_has_nothing_to_settle(desk):
    assert desk.questions(desk.waiting("3.00")) == []
    assert desk.questions(desk.paid("9.00")) == []


def test_a_decision_is_kept_journalled_and_takes_it_off_the_list(desk):
    charge = desk.unknown()
    calls = len(desk.gateway.calls)
    assert desk.questions(charge) == [Q.CHARGE]
    after = desk.decide(charge, D.PAID, "  Mr Chan showed his app ")
    assert (after.status, after.decision) == (ChargeStatus.UNKNOWN, D.PAID)
    assert after.decision_note == "Mr Chan showed his app"
    assert (desk.till.answers.count(), desk.questions(charge)) == (0, [])
    assert len(desk.gateway.calls) == calls
    [entry] = desk.entries(charge, "charge_settled")
    assert entry.who == desk.cashier.id
    body = json.loads(entry.body)
    assert (body["decision"], body["decided_by"]) == ("paid", desk.manager.id)
    assert "Chan" not in entry.body


def test_a_decision_survives_a_restart(desk):
    charge = desk.unknown()
    desk.decide(charge, D.NOT_PAID)
    desk.restart()
    assert desk.now(charge).decision is D.NOT_PAID


@pytest.mark.parametrize("note", ["", "  "])
def test_a_decision_needs_a_note(desk, note):
    charge = desk.unknown()
    with pytest.raises(ReasonMissingError):
        desk.decide(charge, D.PAID, note)
    assert desk.now(charge) == charge


def test_a_cashier_cannot_approve_it(desk):
    charge = desk.unknown()
    with pytest.raises(NotApprovedError):
        desk.till.settling.settle_charge(
            charge.id, D.PAID, "seen", desk.manager.id, desk.cashier.id
        )
    assert desk.now(charge) == charge


def test_still_not_known_leaves_everything_as_it_is(desk):
    charge = desk.unknown()
    desk.decide(charge, D.STILL_NOT_KNOWN, "called the bank")
    assert desk.questions(charge) == [Q.CHARGE]
    assert desk.till.answers.count() == 1
    with pytest.raises(ChargeStillOpenError):
        desk.again(charge)


def test_a_sale_that_was_not_paid_is_charged_again_and_late_money_is_caught(desk):
    charge = desk.unknown()
    desk.decide(charge, D.NOT_PAID)
    again = desk.again(charge)
    assert (again.sale_id, again.reference) != (0, charge.reference)
    assert again.sale_id == charge.sale_id
    desk.till.checkout.send(again.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    late = desk.now(charge)
    assert late.is_paid
    assert late.attention == {Attention.PAID_LATE}
    assert desk.screen(charge) == "paidLate"
    assert desk.till.answers.count() == 1


def test_a_sale_that_was_paid_is_not_charged_again(desk):
    charge = desk.unknown()
    desk.decide(charge, D.PAID)
    with pytest.raises(SaleAlreadyPaidError):
        desk.again(charge)


def test_the_gateway_agreeing_with_paid_asks_nobody(desk):
    charge = desk.unknown()
    desk.decide(charge, D.PAID)
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    assert desk.now(charge).is_paid
    assert desk.till.answers.count() == 0


def test_the_gateway_saying_otherwise_brings_it_back(desk):
    charge = desk.unknown()
    desk.decide(charge, D.PAID)
    desk.gateway.expire(charge.reference)
    desk.let_pass(40)
    after = desk.now(charge)
    assert after.status is ChargeStatus.EXPIRED
    assert after.is_contradicted
    [matter] = desk.till.settling.matters(charge.id)
    assert (matter.question, matter.decided_by) == (Q.CHARGE, "Priya")
    assert desk.till.answers.count() == 1
    desk.decide(charge, D.NOT_PAID, "the app showed another shop")
    assert desk.till.answers.count() == 0


def test_a_released_charge_waits_for_the_one_that_took_its_place(desk):
    charge = desk.unknown()
    desk.decide(charge, D.NOT_PAID)
    again = desk.again(charge)
    desk.gateway.payments[charge.reference].amount = Money(100, "USD")
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    assert desk.questions(charge) == [Q.CHARGE]
    with pytest.raises(ChargeStillOpenError) as caught:
        desk.decide(charge, D.PAID)
    assert caught.value.charge_id == again.id
    assert desk.decide(charge, D.NOT_PAID).needs_answer is False


def test_an_answer_that_came_meanwhile_goes_before_the_decision(desk):
    charge = desk.unknown()
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    assert desk.decide(charge, D.NOT_PAID).decision is None
    assert desk.entries(charge, "charge_settled") == []


@pytest.mark.parametrize(("fault", "days"), [("", 7.8), ("", 9), ("lost_request", 9)])
def test_the_watch_of_a_settled_charge_ends_without_a_word(desk, fault, days):
    charge = desk.unknown()
    desk.decide(charge, D.NOT_PAID)
    desk.till.payments.close(charge.id)
    desk.gateway.fail(*[fault] * 10_000)
    desk.let_pass(days * 24 * 3600, step=3600)
    assert desk.till.answers.count() == 0
    ledger, changes = desk.till.recovery._ledger, []
    ledger.change = lambda *change: changes.append(change)
    desk.let_pass(5)
    assert changes == []


def test_an_unknown_refund_is_to_be_settled(desk):
    charge = desk.paid()
    desk.gateway.fail("lost_request")
    refund = desk.refund(charge, "12.50")
    [matter] = desk.till.settling.matters(charge.id)
    assert (matter.question, matter.refund) == (Q.REFUND, refund)
    desk.settle(refund, went_out=True)
    assert desk.questions(charge) == []
    assert desk.till.answers.count() == 0


@pytest.mark.parametrize(
    ("went_out", "answer"),
    [
        (False, RefundDone("R1")),
        (True, RefundRefused(RefundRefusalKind.OTHER, "no such payment")),
    ],
)
def test_a_refund_that_the_gateway_tells_otherwise_is_seen_by_a_manager(desk, went_out, answer):
    charge = desk.paid()
    desk.gateway.fail("lost_request")
    refund = desk.refund(charge, "12.50")
    desk.settle(refund, went_out)
    desk.refunding.learn(refund.id, answer)
    [matter] = desk.till.settling.matters(charge.id)
    assert (matter.question, matter.decided_by) == (Q.CONTRADICTION, "Priya")
    assert desk.till.answers.count() == 1
    desk.till.settling.see(charge.id, Q.CONTRADICTION, desk.cashier.id, desk.manager.id)
    assert (desk.questions(charge), desk.till.answers.count()) == ([], 0)


def test_a_contradiction_is_not_waved_through_while_another_refund_is_unknown(desk):
    charge = desk.paid()
    desk.gateway.fail("lost_request", "lost_request")
    first, second = desk.refund(charge, "12.50"), desk.refund(charge, "3.00")
    desk.settle(first, went_out=False)
    desk.refunding.learn(first.id, RefundDone("R1"))
    desk.till.settling.see(charge.id, Q.CONTRADICTION, desk.cashier.id, desk.manager.id)
    assert desk.questions(charge) == [Q.CONTRADICTION, Q.REFUND]
    desk.settle(second, went_out=False)
    assert desk.till.answers.count() == 1


def test_a_payment_around_our_cancel_is_one_question_until_it_is_known(desk):
    charge = desk.waiting()
    desk.gateway.before_cancel = lambda payment: desk.gateway.pay(payment.reference)
    desk.till.payments.cancel(charge.id, desk.cashier.id)
    assert desk.questions(charge) == [Q.RETURN]
    desk.refunding.settle_return(charge.id, None, "called Citcon", desk.manager.id)
    assert desk.questions(charge) == [Q.RETURN]
    desk.refunding.settle_return(charge.id, True, "seen in the app", desk.manager.id)
    assert desk.questions(charge) == []
    assert desk.till.answers.count() == 0


def test_what_reconciling_found_is_seen_by_a_manager(desk):
    charge = desk.paid()
    desk.till.payments._ledger.change(charge.id, "list_disagrees", transitions.list_disagrees)
    assert desk.questions(charge) == [Q.LIST]
    people = desk.cashier.id, desk.manager.id
    with pytest.raises(NotApprovedError):
        desk.till.settling.see(charge.id, Q.LIST, *reversed(people))
    desk.till.settling.see(charge.id, Q.LIST, *people)
    assert (desk.questions(charge), desk.till.answers.count()) == ([], 0)
    assert desk.entries(charge, "attention_answered")[-1].who == desk.cashier.id


def test_who_the_customer_was_is_forgotten_a_month_after_it_was_settled(desk):
    charge = desk.unknown()
    desk.till.payments.save_contact(charge.id, "Ms Chan 5551234")
    desk.decide(charge, D.NOT_PAID)
    for days, contact in ((29, "Ms Chan 5551234"), (2, "")):
        desk.clock.pass_time(days * 24 * 3600)
        desk.restart()
        assert desk.till.payments.contact(charge.id) == contact


def test_the_first_decision_stands_when_two_are_made_at_once(desk):
    charge = desk.unknown()
    first = desk.decide(charge, D.NOT_PAID, "asked the bank")
    assert desk.decide(charge, D.PAID, "seen in the app") == first
    assert len(desk.entries(charge, "charge_settled")) == 1
