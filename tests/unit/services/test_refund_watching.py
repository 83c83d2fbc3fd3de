"""What became of a refund without an answer is found out by itself, and nothing is sent again."""

from datetime import timedelta

import pytest

from pos_app.domain.charges import Attention
from pos_app.domain.errors import StorageError
from pos_app.domain.events import RefundChanged
from pos_app.domain.history import HistoryStatus
from pos_app.domain.refunds import Decision, RefundStatus, Refusal
from pos_app.services import schedule
from pos_app.services.payment_view import Progress
from tests.fakes.charges import later
from tests.fakes.clock import FakeClock
from tests.fakes.pending_gateway import PendingGateway
from tests.fakes.refunds import RefundDesk, a_refund

S = RefundStatus
A_DAY_S = 86_400


@pytest.fixture
def pending(tmp_path):
    """A till whose payment service carries refunds out later."""
    desk = RefundDesk(tmp_path, gateway=PendingGateway())
    yield desk
    desk.close()


@pytest.fixture
def listed(tmp_path):
    """A till whose payment service has a list."""
    desk = RefundDesk(tmp_path)
    yield desk
    desk.close()


def refund_of(desk, charge):
    (refund,) = desk.refunding.standing(charge.id).refunds
    return refund


def row_status(desk, charge):
    return desk.till.history.detail(charge.id).status


def statuses_told(desk):
    return [one.after.status for one in desk.events if isinstance(one, RefundChanged)]


def test_an_accepted_refund_becomes_done_by_itself(pending):
    charge = pending.paid()
    assert pending.refund(charge, "12.50").status is S.PENDING
    pending.let_pass(20, step=1)
    assert pending.gateway.count("inquire_refund") == 1
    pending.gateway.carry_out("P1")
    pending.let_pass(11, step=1)
    assert refund_of(pending, charge).status is S.DONE
    assert statuses_told(pending) == [S.REQUESTED, S.PENDING, S.DONE]
    assert pending.left(charge) == "30.00"
    assert pending.gateway.count("refund") == 1


def test_an_accepted_refund_that_fails_frees_its_amount(pending):
    charge = pending.paid()
    pending.refund(charge, "42.50")
    assert pending.left(charge) == "0.00"
    pending.gateway.let_fail("P1")
    pending.let_pass(6)
    refund = refund_of(pending, charge)
    assert (refund.status, refund.refusal) == (S.REFUSED, Refusal.OTHER)
    assert pending.left(charge) == "42.50"


def test_an_accepted_refund_that_fails_after_all_needs_a_person(pending):
    charge = pending.paid()
    pending.refund(charge, "42.50")
    pending.gateway.let_fail("P1")
    pending.let_pass(6)
    assert pending.needing_answer() == [charge.id]
    (matter,) = pending.till.settling.matters(charge.id)
    people = (pending.cashier.id, pending.manager.id)
    pending.till.settling.see(charge.id, matter.question, *people)
    assert pending.needing_answer() == []


def test_one_that_a_manager_has_said_did_not_go_out_needs_nobody_when_it_fails(pending):
    charge = pending.paid()
    refund = pending.refund(charge, "42.50")
    pending.settle(refund, went_out=False)
    pending.gateway.let_fail("P1")
    pending.let_pass(6)
    assert pending.needing_answer() == []


def test_a_lost_answer_is_found_in_the_list_by_itself(listed):
    charge = listed.paid()
    listed.gateway.fail("lost_answer")
    assert listed.refund(charge, "12.50").status is S.UNKNOWN
    assert listed.needing_answer() == [charge.id]
    listed.let_pass(6)
    assert refund_of(listed, charge).status is S.DONE
    assert listed.needing_answer() == []
    assert listed.gateway.count("refund") == 1
    assert len(listed.entries(charge, "refund_answered")) == 1


def test_a_cancel_without_an_answer_is_looked_for_and_not_sent_again(listed):
    charge = listed.paid()
    listed.gateway.fail("lost_answer")
    assert listed.cancel(charge).status is S.UNKNOWN
    listed.let_pass(6)
    assert refund_of(listed, charge).status is S.DONE
    assert listed.gateway.count("cancel") == 1


def test_what_is_never_found_is_looked_for_seldom_and_stays_held_back(listed):
    charge = listed.paid()
    listed.till.payments.close(charge.id)
    listed.gateway.fail("lost_request")
    listed.refund(charge, "12.50")
    listed.let_pass(12 * A_DAY_S, step=600)
    refund = refund_of(listed, charge)
    assert (refund.status, listed.left(charge)) == (S.UNKNOWN, "30.00")
    assert 10 <= listed.gateway.count("transactions") <= 14
    assert listed.gateway.count("refund") == 1
    assert listed.till.payments._board.charge(charge.id) is None


def test_after_seven_days_an_accepted_refund_needs_a_person(pending):
    charge = pending.paid()
    pending.refund(charge, "12.50")
    pending.let_pass(6 * A_DAY_S, step=600)
    assert pending.needing_answer() == []
    pending.let_pass(3 * A_DAY_S, step=600)
    assert pending.now(charge).attention == {Attention.REFUND_UNKNOWN}
    assert row_status(pending, charge) is HistoryStatus.REFUND_UNKNOWN
    assert len(pending.entries(charge, "refund_watch_ended")) == 1
    assert pending.till.settling.matters(charge.id) != ()
    asked = pending.gateway.count("inquire_refund")
    pending.let_pass(3 * A_DAY_S, step=600)
    assert pending.gateway.count("inquire_refund") == asked


def test_a_person_may_still_ask_when_the_watch_has_ended(pending):
    charge = pending.paid()
    refund = pending.refund(charge, "12.50")
    pending.let_pass(9 * A_DAY_S, step=600)
    pending.gateway.carry_out("P1")
    assert pending.refunding.check(refund.id).status is S.DONE
    assert pending.now(charge).attention == frozenset()


def test_a_restart_goes_on_where_the_watch_was(pending):
    charge = pending.paid()
    pending.refund(charge, "12.50")
    pending.let_pass(40, step=1)
    asked = pending.gateway.count("inquire_refund")
    pending.restart()
    pending.let_pass(40, step=1)
    assert pending.gateway.count("inquire_refund") == asked
    pending.gateway.carry_out("P1")
    pending.let_pass(60, step=1)
    assert refund_of(pending, charge).status is S.DONE


def test_an_overdue_question_is_asked_at_the_next_start(pending):
    charge = pending.paid()
    pending.refund(charge, "12.50")
    pending.gateway.carry_out("P1")
    pending.till.close_everything()
    pending.clock.pass_time(30 * A_DAY_S)
    pending._start()
    pending.let_pass(1)
    assert refund_of(pending, charge).status is S.DONE


def test_a_question_that_cannot_leave_is_asked_again_soon_and_not_at_every_look(pending):
    charge = pending.paid()
    pending.refund(charge, "12.50")
    pending.gateway.carry_out("P1")
    pending.gateway.fail(*["not_sent"] * 3)
    pending.let_pass(10)
    assert pending.gateway.count("inquire_refund") == 2
    pending.let_pass(30)
    assert refund_of(pending, charge).status is S.DONE


def test_another_question_is_asked_about_a_settled_refund_and_a_contradiction_is_told(pending):
    charge = pending.paid()
    refund = pending.refund(charge, "12.50")
    pending.settle(refund, went_out=False)
    assert pending.left(charge) == "42.50"
    pending.gateway.carry_out("P1")
    pending.let_pass(6)
    now = refund_of(pending, charge)
    assert (now.status, now.decision) == (S.DONE, Decision.DID_NOT_GO_OUT)
    assert pending.needing_answer() == [charge.id]


def test_a_refund_whose_till_died_is_found_out_by_another(listed):
    charge = listed.paid()
    listed.gateway.fail("lost_answer")
    refund = listed.refund(charge, "12.50")
    store = listed.till.recovery._ledger.store
    with store._engines.writing.begin() as connection:  # as if it had died before the answer
        connection.exec_driver_sql("UPDATE refunds SET status = 'requested', till_code = 'HSG9'")
    listed.restart()
    listed.let_pass(60)
    assert refund_of(listed, charge).status is S.REQUESTED
    listed.let_pass(70)
    assert refund_of(listed, charge).status is S.DONE
    assert refund.amount == refund_of(listed, charge).amount


def test_a_refund_whose_till_died_and_that_is_nowhere_needs_a_person(listed):
    charge = listed.paid()
    listed.gateway.fail("lost_request")
    listed.refund(charge, "12.50")
    store = listed.till.recovery._ledger.store
    with store._engines.writing.begin() as connection:  # as if it had died before the answer
        connection.exec_driver_sql("UPDATE refunds SET status = 'requested', till_code = 'HSG9'")
        connection.exec_driver_sql("DELETE FROM attentions")
    listed.restart()
    listed.let_pass(130)
    assert refund_of(listed, charge).status is S.UNKNOWN
    assert listed.needing_answer() == [charge.id]


def test_without_the_right_to_ask_nothing_is_asked(pending, monkeypatch):
    charge = pending.paid()
    pending.let_pass(30)  # the right that went with its being open has ended
    pending.refund(charge, "12.50")
    store = pending.till.recovery._ledger.store

    def full():
        raise StorageError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(store, "write", full)
        pending.let_pass(10)
        assert pending.gateway.count("inquire_refund") == 0
    pending.let_pass(2)
    assert pending.gateway.count("inquire_refund") == 1


def test_looking_again_asks_about_the_refund_as_well(pending):
    charge = pending.paid()
    pending.refund(charge, "12.50")
    pending.gateway.carry_out("P1")
    pending.till.payments.ask(charge.id)
    assert refund_of(pending, charge).status is S.DONE


class TestThePlan:
    """`next_refund_question_at` alone."""

    PENDING = a_refund(S.PENDING)

    def due(self, refund, now_s, progress=None):
        clock = FakeClock(later(now_s))
        at = schedule.next_refund_question_at(refund, progress or Progress(), clock)
        return None if at is None else (at - refund.requested_at).total_seconds()

    def asked(self, seconds):
        return a_refund(S.PENDING, asked_at=later(60 + seconds))

    @pytest.mark.parametrize(
        ("asked_s", "next_s"), [(5, 30), (29, 30), (30, 120), (120, 900), (900, 3600)]
    )
    def test_it_is_as_sparse_as_that_of_late_money(self, asked_s, next_s):
        assert self.due(self.asked(asked_s), 60 + asked_s) == next_s

    def test_the_first_question_comes_after_five_seconds(self):
        assert self.due(self.PENDING, 61) == 5

    def test_it_ends_after_seven_days(self):
        assert self.due(self.asked(9 * A_DAY_S), 60 + 9 * A_DAY_S) is None

    def test_what_never_leaves_ends_as_well(self):
        progress = Progress(misses=4, ended_at=later(9 * A_DAY_S))
        assert self.due(self.asked(5), 9 * A_DAY_S + 60, progress) is None

    def test_a_request_that_may_be_on_its_way_is_left_alone(self):
        assert self.due(a_refund(S.REQUESTED), 61) == schedule.LOST_AFTER.total_seconds()

    def test_after_a_clock_was_set_back_it_is_asked_at_once(self):
        refund = a_refund(S.PENDING, asked_at=later(60 + A_DAY_S))
        assert self.due(refund, 100) == timedelta(seconds=40).total_seconds()
