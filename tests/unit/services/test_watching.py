"""The watcher finds out what became of every charge, whenever it becomes it."""

from dataclasses import replace
from queue import SimpleQueue

from pos_app.domain.charges import Attention, ChargeStatus, UnknownReason
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import Inquiry, PaymentState
from pos_app.services.watching import GRACE_S, LEASE, Budget
from tests.fakes.till import TillOnTheDesk


def test_a_payment_becomes_paid_by_itself(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(1.5)
    assert desk.screen(charge) == "paid"
    assert desk.now(charge).transaction_id == "Uq0"
    assert desk.now(charge).paid_at is not None


def test_nothing_is_asked_after_it_was_paid(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    asked = desk.gateway.count("inquire")
    desk.let_pass(600, step=10)
    assert desk.gateway.count("inquire") == asked


def test_two_misses_say_no_answer_and_the_next_answer_takes_it_back(desk):
    charge = desk.waiting()
    desk.gateway.fail("lost_request", "lost_request")
    desk.let_pass(3)
    assert desk.screen(charge) == "noAnswer"
    desk.let_pass(5)
    assert desk.screen(charge) == "waiting"


def test_a_minute_without_an_answer_is_unknown_and_hides_the_code(desk):
    charge = desk.waiting()
    desk.gateway.fail(*["lost_request"] * 100)
    desk.let_pass(55)
    assert desk.screen(charge) == "noAnswer"
    desk.let_pass(10)
    view = desk.till.payments.view(charge.id)
    assert view.state.value == "unknown"
    assert view.unknown_reason is UnknownReason.NO_ANSWER
    assert view.code is None
    assert desk.till.answers.count() == 1


def test_unknown_becomes_paid_when_the_gateway_answers_again(desk):
    charge = desk.waiting()
    desk.gateway.fail(*["lost_request"] * 12)
    desk.let_pass(70)
    assert desk.screen(charge) == "unknown"
    desk.gateway.faults.clear()
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    assert desk.screen(charge) == "paid"
    assert desk.till.answers.count() == 0


def test_unknown_becomes_waiting_when_the_gateway_calls_it_open(desk):
    charge = desk.waiting()
    desk.gateway.fail(*["lost_request"] * 100)
    desk.let_pass(70)
    desk.gateway.faults.clear()
    desk.let_pass(40)
    assert desk.now(charge).status is ChargeStatus.WAITING


def test_the_end_of_the_codes_life_is_asked_and_open_stays_open(desk):
    charge = desk.waiting()
    desk.let_pass(296)
    assert desk.screen(charge) == "stillOpen"
    assert desk.till.payments.view(charge.id).code is not None


def test_the_end_of_the_codes_life_without_an_answer_is_unknown(desk):
    charge = desk.waiting()
    desk.let_pass(290)
    desk.gateway.fail(*["lost_request"] * 100)
    desk.let_pass(10)
    assert desk.screen(charge) == "unknown"


def test_an_expired_code_is_closed_by_the_gateways_word_only(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    assert desk.screen(charge) == "expired"


def test_money_after_expiry_rings_and_is_listed(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(10)
    late = desk.now(charge)
    assert late.status is ChargeStatus.PAID
    assert Attention.PAID_LATE in late.attention
    assert desk.needing_answer() == [charge.id]


def test_money_days_after_expiry_is_found(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.till.payments.close(charge.id)
    desk.let_pass(3 * 86_400, step=600)
    desk.gateway.pay(charge.reference)
    desk.let_pass(86_400, step=600)
    assert Attention.PAID_LATE in desk.now(charge).attention


def test_the_sparse_watch_asks_seldom_and_ends_after_a_week(desk):
    charge = desk.waiting()
    desk.gateway.expire(charge.reference)
    desk.let_pass(2)
    desk.till.payments.close(charge.id)
    asked = desk.gateway.count("inquire")
    desk.let_pass(12 * 86_400, step=600)
    assert 10 <= desk.gateway.count("inquire") - asked <= 14
    assert desk.till.payments._board.charge(charge.id) is None


def test_a_stopped_payment_stays_open_is_listed_and_is_found_when_it_is_paid(desk):
    charge = desk.waiting(method=PaymentMethod.UPOP)
    view = desk.till.payments.stop(charge.id)
    assert view.state.value == "stopped"
    assert view.code is None
    assert desk.till.answers.count() == 1
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(40)
    assert desk.now(charge).attention == {Attention.PAID_LATE}


def test_a_stopped_payment_that_expires_needs_no_answer_any_more(desk):
    charge = desk.waiting(method=PaymentMethod.UPOP)
    desk.till.payments.stop(charge.id)
    desk.gateway.expire(charge.reference)
    desk.let_pass(40)
    assert desk.now(charge).status is ChargeStatus.EXPIRED
    assert desk.till.answers.count() == 0


def test_a_payment_put_aside_is_watched_at_the_usual_pace(desk):
    charge = desk.waiting()
    desk.till.payments.put_aside(charge.id)
    desk.till.payments.close(charge.id)
    desk.gateway.pay(charge.reference)
    desk.let_pass(1.5)
    assert desk.now(charge).status is ChargeStatus.PAID
    assert desk.now(charge).attention == frozenset()


def test_another_amount_never_becomes_paid(desk):
    charge = desk.waiting()
    desk.gateway.payments[charge.reference].amount = Money(2450, "USD")
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    view = desk.till.payments.view(charge.id)
    assert view.state.value == "mismatch"
    assert view.charge.received == Money(2450, "USD")
    desk.let_pass(600, step=5)
    assert desk.now(charge).status is ChargeStatus.UNKNOWN


def test_a_refund_with_the_same_id_never_makes_it_paid(desk):
    charge = desk.waiting()
    paid = Inquiry(PaymentState.PAID, reference=charge.reference, amount=charge.amount)
    desk.gateway.fail(*[replace(paid, is_charge=False)] * 5)
    desk.let_pass(2)
    assert desk.now(charge).status is ChargeStatus.UNKNOWN


def test_paid_before_its_code_was_ever_shown_is_not_this_customers_payment(desk):
    charge = desk.charge()
    desk.gateway._create(charge)
    desk.gateway.pay(charge.reference)
    desk.till.checkout.send(charge.id)
    desk.let_pass(1)
    assert desk.now(charge).unknown_reason is UnknownReason.REUSED_REFERENCE
    asked = desk.gateway.count("inquire")
    desk.let_pass(60)
    assert desk.gateway.count("inquire") == asked


def test_never_two_questions_in_flight_for_a_charge(desk):
    charge = desk.waiting()
    with desk.till.payments._board.asking(charge.id, wait=True):
        asked = desk.gateway.count("inquire")
        desk.let_pass(10)
        assert desk.gateway.count("inquire") == asked


def test_a_second_till_leaves_the_first_ones_charges_alone_until_it_dies(tmp_path):
    first = TillOnTheDesk(tmp_path / "first")
    charge = first.waiting()
    other_owner = "till:T2:otherone"
    store = first.till.recovery._ledger.store
    now = first.clock.now()
    first.till.watcher.run_due()
    with store.write() as work:
        assert work.charges.lease_open(other_owner, now, now) == ()
    first.clock.pass_time(120)
    with store.write() as work:
        now = first.clock.now()
        taken = work.charges.lease_open(other_owner, now, now + LEASE)
    assert [one.id for one in taken] == [charge.id]
    first.close()


def test_the_budget_lets_so_many_questions_through_in_any_second(desk):
    budget = Budget(3)
    sent = [budget.take(desk.clock.now()) for _ in range(5)]
    assert sent == [True, True, True, False, False]
    desk.clock.pass_time(1)
    assert budget.take(desk.clock.now())


def test_the_journal_holds_every_change_and_no_question(desk):
    charge = desk.waiting()
    desk.gateway.pay(charge.reference)
    desk.let_pass(2)
    with desk.till.recovery._ledger.store.read() as work:
        kinds = [
            entry.kind for entry in work.journal.entries() if entry.subject == charge.reference
        ]
    assert kinds == ["charge_created", "charge_accepted", "charge_inquired", "charge_inquired"]


def test_a_clock_set_back_a_day_neither_stops_the_watch_nor_the_budget(desk):
    charge = desk.waiting()
    desk.clock.pass_time(-86_400)
    desk.gateway.pay(charge.reference)
    desk.let_pass(3)
    assert desk.now(charge).is_paid
    budget = Budget(1)
    assert budget.take(desk.clock.now())
    desk.clock.pass_time(-3600)
    assert budget.take(desk.clock.now())


def test_a_charge_made_while_leases_are_renewed_is_asked_about(desk):
    first = desk.waiting()
    store = desk.till.recovery._ledger.store
    made = []
    real = store.write

    def write():
        if not made:  # the watcher is about to renew, and the cashier is quicker
            store.write = real
            made.append(desk.till.checkout.send(desk.charge("7.00").id))
        return real()

    desk.clock.pass_time(30)
    store.write = write
    desk.till.watcher.run_due()
    assert made[0].id not in desk.till.watcher._others
    desk.gateway.pay(made[0].reference)
    desk.let_pass(5)
    assert desk.now(made[0]).is_paid
    assert desk.now(first).is_living


def test_a_question_that_ends_in_a_bug_does_not_end_the_watch(desk, caplog):
    charge = desk.waiting()
    desk.gateway._inquire, real = lambda _: 1 / 0, desk.gateway._inquire
    desk.let_pass(3)
    assert 1 <= caplog.text.count("nobody foresaw") <= 3
    desk.gateway._inquire = real
    desk.gateway.pay(charge.reference)
    desk.let_pass(5)
    assert desk.now(charge).is_paid


def test_paid_at_once_is_this_customers_when_it_was_open_before(desk):
    charge = desk.till.checkout.send(desk.charge().id)
    desk.till.watcher.run_due()  # the first question: open
    desk.gateway.pay(charge.reference)
    desk.clock.pass_time(0.5)
    assert desk.till.payments.check_now(charge.id).state.value == "paid"


def test_money_for_a_code_that_was_never_shown_needs_a_person(desk):
    """Left, closed, and then paid by somebody at the gateway."""
    desk.gateway.fail("lost_answer", *["lost_request"] * 11)
    charge = desk.till.checkout.send(desk.charge().id)
    desk.till.checkout.leave(charge.id)
    desk.gateway.faults.clear()
    desk.let_pass(10)
    assert desk.now(charge).status is ChargeStatus.CANCELLED
    desk.gateway.pay(charge.reference)
    desk.let_pass(60)
    late = desk.now(charge)
    assert late.status is ChargeStatus.CANCELLED
    assert late.attention == {Attention.REUSED_REFERENCE}
    assert desk.needing_answer() == [charge.id]


def test_the_screen_has_a_moment_for_a_change_before_questions_follow(desk, monkeypatch):
    steps, watcher = SimpleQueue(), desk.till.watcher
    monkeypatch.setattr(watcher, "_nap", steps.put)
    monkeypatch.setattr(watcher, "run_due", lambda: steps.put("questions") or 60.0)
    watcher.start()
    assert steps.get(timeout=5) == "questions"
    watcher.wake()
    assert [steps.get(timeout=5), steps.get(timeout=5)] == [GRACE_S, "questions"]
    watcher.stop()
    assert steps.empty()  # nobody waits for a moment at the end
