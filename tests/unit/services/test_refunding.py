"""Money back on a whole till: intent first, sent once, held back until it is known."""

import json
import threading
from dataclasses import replace

import pytest

from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import (
    CannotCancelPaidError,
    GatewayNotSetUp,
    NoShiftError,
    NotApprovedError,
    NotRefundableError,
    OutcomeUnknown,
    ReasonMissingError,
    RefundAmountError,
    RefundTooMuchError,
    StorageError,
)
from pos_app.domain.events import ChargeChanged, RefundChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelResult,
    PaymentState,
    RefundDone,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
)
from pos_app.domain.refunds import Decision, RefundKind, RefundStatus, Refusal
from tests.fakes.refunding_gateway import RefundingGateway
from tests.fakes.refunds import RefundDesk

S = RefundStatus


class PulledPlugError(BaseException):
    """The process is gone; nothing below catches it."""


def pull_the_plug(*_):
    raise PulledPlugError


@pytest.fixture
def desk(tmp_path):
    desk = RefundDesk(tmp_path, gateway=RefundingGateway())
    yield desk
    desk.close()


@pytest.fixture
def charge(desk):
    return desk.paid("42.50")


def test_a_part_goes_back_and_the_rest_can(desk, charge):
    refund = desk.refund(charge, "12.50")
    assert (refund.status, refund.gateway_id) == (S.DONE, "r1")
    assert (refund.reference, refund.kind) == (f"{charge.reference}-R1", RefundKind.REFUND)
    assert desk.left(charge) == "30.00"
    assert desk.now(charge).status is ChargeStatus.PAID


def test_the_gateway_is_told_the_refunds_own_reference(tmp_path):
    desk = RefundDesk(tmp_path)
    refund = desk.refund(desk.paid(), "12.50")
    (listed,) = (one for one in desk.gateway.transactions() if one.amount == refund.amount)
    assert listed.note == f"[{refund.reference}] Goods returned"
    desk.close()


def test_several_parts_go_back_up_to_the_whole(desk, charge):
    parts = [desk.refund(charge, plain) for plain in ("12.50", "0.01", "29.99")]
    assert [one.reference[-3:] for one in parts] == ["-R1", "-R2", "-R3"]
    assert desk.refunding.standing(charge.id).refunds == tuple(parts)
    assert desk.gateway.returned_minor(charge.reference) == 4250
    with pytest.raises(RefundTooMuchError):
        desk.refund(charge, "0.01")


def test_the_intent_is_on_disk_and_holds_back_before_anything_is_sent(desk, charge):
    seen = []
    desk.gateway.before_refund = lambda one: seen.append(desk.refunding.standing(one.id))
    desk.refund(charge, "12.50")
    (standing,) = seen
    assert [one.status for one in standing.refunds] == [S.REQUESTED]
    assert (standing.held_back.plain, standing.refundable.plain) == ("12.50", "30.00")


def test_more_than_is_left_is_refused_before_it_is_sent(desk, charge):
    desk.refund(charge, "30.00")
    with pytest.raises(RefundTooMuchError) as caught:
        desk.refund(charge, "12.51")
    assert caught.value.left_minor == 1250
    assert desk.gateway.count("refund") == 1


def test_a_yen_charge_is_not_refunded_at_a_hundred_times_its_amount(desk, tmp_path):
    environ = {"POS_APP_STORE_CURRENCY": "JPY"}
    yen = RefundDesk(tmp_path / "yen", gateway=RefundingGateway(), environ=environ)
    charge = yen.paid("1284")
    assert charge.amount == Money(1284, "JPY")
    with pytest.raises(RefundTooMuchError):
        yen.refund(charge, "128400")
    assert yen.gateway.count("refund") == 0
    assert yen.refund(charge, "1284").status is S.DONE
    yen.close()


@pytest.mark.parametrize(
    ("amount", "reason", "error"),
    [
        (Money(0, "USD"), "Goods returned", RefundAmountError),
        (Money(-5, "USD"), "Goods returned", RefundAmountError),
        (Money(5, "HKD"), "Goods returned", RefundAmountError),
        (Money(5, "USD"), "  ", ReasonMissingError),
    ],
)
def test_what_is_no_refund_leaves_no_trace(desk, charge, amount, reason, error):
    before = desk.entries(charge)
    with pytest.raises(error):
        desk.refunding.refund(charge.id, amount, reason, desk.cashier.id, desk.manager.id)
    assert desk.refunding.standing(charge.id).refunds == ()
    assert desk.entries(charge) == before
    assert desk.gateway.count("refund") == 0


def test_what_is_not_paid_cannot_be_refunded(desk):
    waiting = desk.waiting()
    with pytest.raises(NotRefundableError):
        desk.refund(waiting, "1.00")
    with pytest.raises(NotRefundableError):
        desk.cancel(waiting)


def test_a_cashier_cannot_approve(desk, charge):
    with pytest.raises(NotApprovedError):
        desk.refund(charge, "1.00", approved_by=desk.cashier.id)
    unknown = lose(desk, charge, "1.00")
    with pytest.raises(NotApprovedError):
        desk.refunding.settle(unknown.id, went_out=False, note="n", person_id=desk.cashier.id)
    assert desk.left(charge) == "41.50"


def test_a_refund_belongs_to_an_open_shift(desk, charge):
    assert desk.refund(charge, "1.00").shift_id == desk.till.shifts.current().id
    store = desk.till.recovery._ledger.store
    with store.write() as work:
        shift = work.shifts.open_at("HSG1")
        work.shifts.save(replace(shift, closed_at=desk.clock.now()))
    with pytest.raises(NoShiftError):
        desk.refund(charge, "1.00")


def test_another_token_refunds_nothing_and_writes_nothing(desk, charge):
    desk.gateway.credentials = "two"
    with pytest.raises(GatewayNotSetUp):
        desk.refund(charge, "1.00")
    assert desk.refunding.standing(charge.id).refunds == ()


@pytest.mark.parametrize("kind", RefundRefusalKind)
def test_a_refusal_is_kept_with_its_kind_and_frees_the_amount(desk, charge, kind):
    desk.gateway.fail(RefundRefused(kind, "the gateway's words", "4071"))
    refund = desk.refund(charge, "12.50")
    assert (refund.status, refund.refusal) == (S.REFUSED, Refusal(kind.value))
    assert refund.refusal_text == "4071 the gateway's words"
    assert desk.left(charge) == "42.50"
    assert desk.now(charge).attention == frozenset()


def test_a_token_that_the_gateway_does_not_know_moves_no_money(desk, charge):
    desk.gateway.fail(Refused(RefusalKind.NOT_SET_UP, "unknown token"))
    refund = desk.refund(charge, "12.50")
    assert (refund.status, refund.refusal) == (S.REFUSED, Refusal.OTHER)
    assert desk.left(charge) == "42.50"


def test_what_was_never_sent_is_withdrawn_and_may_be_tried_again(desk, charge):
    desk.gateway.fail("not_sent")
    first = desk.refund(charge, "42.50")
    assert (first.status, first.refusal) == (S.REFUSED, Refusal.NOT_SENT)
    second = desk.refund(charge, "42.50")
    assert (second.status, second.reference[-3:]) == (S.DONE, "-R2")


def lose(desk, charge, plain="12.50", *, fault="lost_answer"):
    desk.gateway.fail(fault)
    return desk.refund(charge, plain)


@pytest.mark.parametrize("fault", ["lost_answer", "lost_request"])
def test_a_lost_answer_is_unknown_held_back_listed_and_never_sent_again(desk, charge, fault):
    refund = lose(desk, charge, fault=fault)
    assert refund.status is S.UNKNOWN
    assert desk.left(charge) == "30.00"
    assert desk.now(charge).attention == {Attention.REFUND_UNKNOWN}
    assert desk.needing_answer() == [charge.id]
    desk.let_pass(600, step=30)
    desk.restart()
    desk.let_pass(600, step=30)
    assert desk.refunding.check(refund.id).status is S.UNKNOWN
    assert desk.gateway.count("refund") == 1
    assert desk.refunding.unanswered() == (replace(refund, asked_at=desk.clock.now()),)


def test_only_what_is_left_beside_an_unknown_refund_can_go_back(desk, charge):
    lose(desk, charge, "30.00")
    with pytest.raises(RefundTooMuchError):
        desk.refund(charge, "12.51")
    assert desk.refund(charge, "12.50").status is S.DONE
    assert desk.gateway.returned_minor(charge.reference) == 4250


@pytest.mark.parametrize("is_carried_out", [True, False])
def test_a_crash_while_it_is_on_its_way_leaves_it_unknown(desk, charge, is_carried_out):
    real = desk.gateway._refund

    def refund_and_die(*call):
        if is_carried_out:
            real(*call)
        raise PulledPlugError

    desk.gateway._refund = refund_and_die
    with pytest.raises(PulledPlugError):
        desk.refund(charge, "12.50")
    desk.gateway._refund = real
    desk.restart()
    (refund,) = desk.refunding.standing(charge.id).refunds
    assert refund.status is S.UNKNOWN
    assert desk.now(charge).attention == {Attention.REFUND_UNKNOWN}
    assert desk.left(charge) == "30.00"
    assert desk.gateway.count("refund") == 1
    desk.restart()
    assert len(desk.entries(charge, "refund_unknown")) == 1


@pytest.mark.parametrize(
    ("went_out", "decision", "after"),
    [
        (True, Decision.WENT_OUT, ("30.00", 0)),
        (False, Decision.DID_NOT_GO_OUT, ("42.50", 0)),
        (None, Decision.STILL_NOT_KNOWN, ("30.00", 1)),
    ],
)
def test_a_manager_settles_it_and_moves_no_money(desk, charge, went_out, decision, after):
    refund = desk.settle(lose(desk, charge), went_out)
    assert (refund.status, refund.decision) == (S.UNKNOWN, decision)
    assert (refund.decided_by, refund.note) == (desk.manager.id, "the customer showed the app")
    assert (desk.left(charge), desk.till.answers.count()) == after
    assert len(desk.refunding.unanswered()) == after[1]
    assert desk.gateway.count("refund") == 1
    (entry,) = desk.entries(charge, "refund_settled")
    assert (entry.who, json.loads(entry.body)["decision"]) == (desk.manager.id, decision)


def test_a_decision_needs_a_note(desk, charge):
    with pytest.raises(ReasonMissingError):
        desk.settle(lose(desk, charge), went_out=True, note=" ")


def test_nothing_is_settled_that_has_its_answer(desk, charge):
    done = desk.refund(charge, "12.50")
    assert desk.settle(done, went_out=False) == done
    assert desk.left(charge) == "30.00"


def test_what_the_gateway_says_later_ends_it(desk, charge):
    refund = lose(desk, charge)
    after = desk.refunding.learn(refund.id, RefundDone("r9"))
    assert (after.status, after.gateway_id) == (S.DONE, "r9")
    assert desk.till.answers.count() == 0
    assert desk.refunding.learn(refund.id, RefundRefused(RefundRefusalKind.OTHER, "no")) == after


def test_a_gateway_that_contradicts_a_decision_brings_it_back_to_the_list(desk, charge):
    refund = desk.settle(lose(desk, charge), went_out=False)
    assert desk.till.answers.count() == 0
    desk.refunding.learn(refund.id, RefundDone("r9"))
    assert desk.till.answers.count() == 1
    assert desk.left(charge) == "30.00"


def test_an_answer_that_cannot_be_written_down_is_not_called_failed(desk, charge):
    book = desk.refunding._book
    real = book.change

    def full(*_arguments, **_more):
        raise StorageError("The disk is full.")

    book.change = full
    with pytest.raises(OutcomeUnknown):
        desk.refund(charge, "12.50")
    book.change = real
    assert desk.left(charge) == "30.00"
    (refund,) = desk.refunding.unanswered()
    assert desk.refunding.check(refund.id).status is S.REQUESTED
    desk.clock.pass_time(121)
    assert desk.refunding.check(refund.id).status is S.UNKNOWN


def test_an_answer_after_another_till_gave_it_up_is_taken(desk, charge):
    """A second program with this till's code starts while the refund is on its way."""
    desk.gateway.before_refund = lambda _: desk.refunding.take_up()
    assert desk.refund(charge, "12.50").status is S.DONE
    assert desk.now(charge).attention == frozenset()


def test_a_till_leaves_the_young_requests_of_other_tills_alone(desk, charge):
    book = desk.refunding._book
    seen = []

    def look(_):
        book.till_code = "T2"
        desk.refunding.take_up()
        seen.append(desk.refunding.unanswered()[0].status)
        desk.clock.pass_time(121)
        desk.refunding.take_up()
        seen.append(desk.refunding.unanswered()[0].status)

    desk.gateway.before_refund = look
    desk.refund(charge, "12.50")
    assert seen == [S.REQUESTED, S.UNKNOWN]


def test_who_asked_and_who_approved_is_in_the_journal_but_no_free_text(desk, charge):
    desk.refund(charge, "12.50", reason="Mr Kim wants it back")
    asked, answered = desk.entries(charge, "refund_requested", "refund_answered")
    body = json.loads(asked.body)
    assert asked.who == desk.cashier.id
    assert (body["asked_by"], body["approved_by"]) == (desk.cashier.id, desk.manager.id)
    assert (body["refund"], body["amount"]) == (f"{charge.reference}-R1", "1250 USD")
    assert json.loads(answered.body) == {
        "refund": f"{charge.reference}-R1",
        "status": "done",
        "answered_at": desk.clock.now().isoformat(timespec="milliseconds"),
        "gateway_id": "r1",
    }
    assert not [one for one in desk.entries(charge) if "Kim" in one.body]


def test_everybody_hears_after_the_commit(desk, charge):
    desk.events.clear()
    refund = lose(desk, charge)
    asked, lost, listed = desk.events
    assert (asked.before, asked.after.status) == (None, S.REQUESTED)
    assert lost == RefundChanged(asked.after, refund)
    assert listed == ChargeChanged(charge, desk.now(charge))


def test_a_paid_charge_is_cancelled_as_a_refund_of_the_whole(desk, charge):
    refund = desk.cancel(charge)
    assert (refund.kind, refund.status, refund.amount) == (
        RefundKind.CANCEL,
        S.DONE,
        charge.amount,
    )
    assert (desk.left(charge), desk.now(charge).status) == ("0.00", ChargeStatus.PAID)
    assert desk.gateway.returned_minor(charge.reference) == 4250
    with pytest.raises(CannotCancelPaidError):
        desk.cancel(charge)


def test_a_duplicate_cancel_is_done(desk, charge):
    desk.gateway.payments[charge.reference].is_cancelled = True
    assert desk.cancel(charge).status is S.DONE


@pytest.mark.parametrize(
    ("result", "refusal"),
    [(CancelResult.NOT_IN_WINDOW, Refusal.NOT_IN_WINDOW), (CancelResult.FAILED, Refusal.OTHER)],
)
def test_a_refused_cancel_can_be_refunded_instead(desk, charge, result, refusal):
    desk.gateway.cancel_result = result
    refused = desk.cancel(charge)
    assert (refused.status, refused.refusal) == (S.REFUSED, refusal)
    assert desk.refund(charge, "42.50").status is S.DONE


def test_no_cancel_beside_a_refund_and_no_refund_beside_a_cancel(desk):
    refunded, cancelled = desk.paid("10.00"), desk.paid("20.00")
    lose(desk, refunded, "1.00")
    with pytest.raises(CannotCancelPaidError):
        desk.cancel(refunded)
    desk.gateway.fail("lost_request")
    assert desk.cancel(cancelled).status is S.UNKNOWN
    with pytest.raises(RefundTooMuchError):
        desk.refund(cancelled, "0.01")


def test_cancelling_is_for_the_day_of_the_payment_in_the_stores_zone(desk, charge):
    assert desk.refunding.standing(charge.id).can_cancel
    desk.clock.pass_time(9 * 3600)  # the store's midnight is at 16:00 UTC
    desk.clock.pass_time(3600)
    assert not desk.refunding.standing(charge.id).can_cancel
    with pytest.raises(CannotCancelPaidError):
        desk.cancel(charge)


def test_a_method_that_cannot_be_cancelled_is_refunded(desk):
    with pytest.raises(CannotCancelPaidError):
        desk.cancel(desk.paid("5.00", PaymentMethod.UPOP))


@pytest.mark.parametrize("fault", ["lost_answer", "lost_request"])
def test_a_lost_cancel_is_found_out_by_sending_it_again(desk, charge, fault):
    desk.gateway.fail(fault)
    refund = desk.cancel(charge)
    assert (refund.status, desk.left(charge)) == (S.UNKNOWN, "0.00")
    assert desk.refunding.check(refund.id).status is S.DONE
    assert desk.gateway.returned_minor(charge.reference) == 4250
    assert desk.till.answers.count() == 0


def test_a_lost_cancel_stays_unknown_when_the_second_one_tells_nothing(desk, charge):
    desk.gateway.fail("lost_answer", "not_sent", "lost_request")
    refund = desk.cancel(charge)
    assert desk.refunding.check(refund.id).status is S.UNKNOWN
    assert desk.refunding.check(refund.id).status is S.UNKNOWN
    desk.gateway.cancel_result = CancelResult.NOT_IN_WINDOW
    assert desk.refunding.check(refund.id).status is S.UNKNOWN


def test_a_cancel_that_was_settled_is_not_sent_again(desk, charge):
    desk.gateway.fail("lost_request")
    refund = desk.settle(desk.cancel(charge), went_out=False)
    desk.refund(charge, "42.50")
    assert desk.refunding.check(refund.id).status is S.UNKNOWN
    assert desk.gateway.count("cancel") == 1
    assert desk.gateway.returned_minor(charge.reference) == 4250


@pytest.fixture
def perhaps_returned(desk):
    """Paid in the moment in which it was cancelled."""
    charge = desk.waiting()

    def pay(payment):
        payment.state = PaymentState.PAID

    desk.gateway.before_cancel = pay
    desk.till.payments.cancel(charge.id)
    desk.gateway.before_cancel = None
    return desk.now(charge)


def test_what_our_cancel_may_have_returned_offers_no_refund(desk, perhaps_returned):
    standing = desk.refunding.standing(perhaps_returned.id)
    assert (standing.held_back, standing.can_refund) == (perhaps_returned.amount, False)
    with pytest.raises(NotRefundableError):
        desk.refund(perhaps_returned, "1.00")
    with pytest.raises(CannotCancelPaidError):
        desk.cancel(perhaps_returned)


@pytest.mark.parametrize(
    ("was_returned", "left", "is_listed"),
    [(True, "0.00", False), (False, "42.50", False), (None, "0.00", True)],
)
def test_a_manager_says_whether_it_was_returned(
    desk, perhaps_returned, was_returned, left, is_listed
):
    charge = perhaps_returned
    for _ in range(2):
        desk.refunding.settle_return(charge.id, was_returned, "the list says so", desk.manager.id)
    (record,) = desk.refunding.standing(charge.id).refunds
    assert record.kind is RefundKind.CANCEL
    assert desk.left(charge) == left
    assert (desk.till.answers.count() == 1) is is_listed
    desk.gateway._listed = lambda: ()
    assert desk.refunding.check(record.id) == record
    assert desk.gateway.count("cancel") == 1


def test_nothing_is_noted_as_returned_that_is_not_in_doubt(desk, charge):
    assert desk.refunding.settle_return(charge.id, True, "n", desk.manager.id) is None
    assert desk.refunding.standing(charge.id).refunds == ()


def test_two_hands_on_one_charge_never_give_back_more_than_was_paid(desk, charge):
    together, ended = threading.Barrier(2, timeout=30), []

    def give_back():
        together.wait()
        try:
            ended.append(desk.refund(charge, "30.00").status)
        except RefundTooMuchError as error:
            ended.append(error.left_minor)

    hands = [threading.Thread(target=give_back) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=30)
    assert sorted(ended, key=str) == [1250, S.DONE]
    assert desk.gateway.returned_minor(charge.reference) == 3000
