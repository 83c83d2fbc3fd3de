"""The life of a charge: every function against every status, and what each answer means."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import code_transitions, transitions
from pos_app.domain.charges import (
    CLOSED_UNPAID,
    LIVING,
    TRANSITIONS,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.errors import TransitionError
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CodeCreated,
    Inquiry,
    PaymentState,
    RefusalKind,
    Refused,
    Taken,
)
from tests.fakes.charges import LIFE, SHOWN, charges, later, moments, of_status

S = ChargeStatus
NOW = later(30)
REFERENCE = of_status(S.WAITING).reference
PAID = Inquiry(
    PaymentState.PAID,
    reference=REFERENCE,
    amount=Money(4250, "USD"),
    method="alipay",
    transaction_id="U1",
    time_text="2026-07-12 14:32:40",
)
OPEN = replace(PAID, state=PaymentState.OPEN)
EXPIRED = replace(PAID, state=PaymentState.EXPIRED)
DECLINED = replace(PAID, state=PaymentState.DECLINED)
DISAGREEING = {
    "amount": replace(PAID, amount=Money(2450, "USD")),
    "currency": replace(PAID, amount=Money(4250, "EUR")),
    "no amount": replace(PAID, amount=None),
    "reference": replace(PAID, reference="HSG1-2607120088-AAAA"),
    "method": replace(PAID, method="wechatpay"),
    "type": replace(PAID, is_charge=False),
}
NEW_CODE = CodeCreated("q2", "https://pay.example/?q=q2")

answers = st.builds(
    Inquiry,
    state=st.sampled_from(PaymentState),
    is_charge=st.booleans(),
    reference=st.sampled_from([None, REFERENCE, "HSG1-2607120088-AAAA"]),
    amount=st.sampled_from([None, Money(4250, "USD"), Money(2450, "USD"), Money(4250, "EUR")]),
    method=st.sampled_from([None, "alipay", "wechatpay"]),
    transaction_id=st.sampled_from([None, "U1", "U2"]),
)
refusals = st.builds(Refused, st.sampled_from(RefusalKind), st.just("no"))

LEARNED = {
    "accepted": lambda draw, at: lambda c: transitions.accepted(c, NEW_CODE, at, LIFE),
    "refused": lambda draw, at: _refused(draw(refusals), at),
    "reused": lambda draw, at: lambda c: transitions.reused(c, NEW_CODE.gateway_id),
    "inquired": lambda draw, at: _inquired(
        draw(answers), draw(moments), at, was_open=draw(st.booleans())
    ),
    "taken": lambda draw, at: _taken(draw(answers), draw(moments), at),
    "not_taken": lambda draw, at: lambda c: code_transitions.not_taken(c, at),
    "taking_lost": lambda draw, at: code_transitions.taking_lost,
    "found": lambda draw, at: lambda c: code_transitions.found(c, "U1", at, LIFE),
    "found_out": lambda draw, at: _found_out(draw(answers | refusals), at),
    "unanswered": lambda draw, at: lambda c: transitions.unanswered(c, UnknownReason.NO_ANSWER),
    "cancel_confirmed": lambda draw, at: lambda c: transitions.cancel_confirmed(c, at),
    "cancelled": lambda draw, at: lambda c: transitions.cancelled(c, at),
    "cancel_refused": lambda draw, at: transitions.cancel_refused,
    "cancel_lost": lambda draw, at: transitions.cancel_lost,
    "declined_hint": lambda draw, at: lambda c: transitions.declined_hint(c, at),
    "watch_ended": lambda draw, at: transitions.watch_ended,
    "list_disagrees": lambda draw, at: transitions.list_disagrees,
}
"""What the gateway says, or that it says nothing; learning it twice must change nothing."""

DONE_HERE = {
    "not_sent": lambda draw, at: lambda c: transitions.not_sent(c, at),
    "sent_again": lambda draw, at: transitions.sent_again,
    "left": lambda draw, at: lambda c: transitions.left(c, at),
    "cancel_requested": lambda draw, at: lambda c: transitions.cancel_requested(c, at),
    "stopped": lambda draw, at: lambda c: transitions.stopped(c, at),
    "put_aside": lambda draw, at: lambda c: transitions.put_aside(c, at),
    "picked_up": lambda draw, at: transitions.picked_up,
    "answered": lambda draw, at: _answered(draw(st.sampled_from(Attention))),
    "settled": lambda draw, at: _settled(draw(st.sampled_from(ChargeDecision)), at),
}
EVERYTHING = LEARNED | DONE_HERE


def _refused(answer, at):
    return lambda c: transitions.refused(c, answer, at)


def _found_out(answer, at):
    return lambda c: transitions.found_out(c, answer, at, at)


def _inquired(answer, asked_at, at, *, was_open):
    return lambda c: transitions.inquired(c, answer, asked_at, at, was_open=was_open)


def _taken(answer, sent_at, at):
    return lambda c: code_transitions.taken(c, Taken("U1", answer), sent_at, at, LIFE)


def _answered(attention):
    return lambda c: transitions.answered(c, attention)


def _settled(decision, at):
    return lambda c: transitions.settled(c, decision, "seen in the app", 3, at)


def say(charge, answer, asked_at=NOW, at=NOW):
    return transitions.inquired(charge, answer, asked_at, at)


@pytest.mark.parametrize("to", S)
@pytest.mark.parametrize("status", S)
def test_moves_are_those_of_the_table(status, to):
    charge = of_status(status)
    if to in TRANSITIONS[status] or to is status:
        assert transitions.moved(charge, to).status is to
    else:
        with pytest.raises(TransitionError, match=f"{status} to {to}"):
            transitions.moved(charge, to)


def test_every_function_is_tried_here():
    public = {
        name
        for module in (transitions, code_transitions)
        for name, one in vars(module).items()
        if callable(one) and getattr(one, "__module__", "") == module.__name__
    }
    private = {name for name in public if name.startswith("_")}
    assert public - private == EVERYTHING.keys() | {"moved", "disagrees", "contradicts"}


@pytest.mark.parametrize("name", EVERYTHING)
@given(charge=charges(), at=moments, data=st.data())
def test_no_function_ever_leaves_the_table(name, charge, at, data):
    after = EVERYTHING[name](data.draw, at)(charge)
    assert after.status is charge.status or after.status in TRANSITIONS[charge.status]
    assert (after.id, after.reference, after.amount) == (
        charge.id,
        charge.reference,
        charge.amount,
    )
    if after.unknown_reason is None:
        assert after.status is not S.UNKNOWN
    elif after.status is not S.UNKNOWN:
        assert after.status in CLOSED_UNPAID
        assert after.unknown_reason is UnknownReason.REUSED_REFERENCE


@pytest.mark.parametrize("name", EVERYTHING)
@given(charge=charges(), at=moments, data=st.data())
def test_paid_is_never_undone(name, charge, at, data):
    paid = replace(of_status(S.PAID), cancel_requested_at=charge.cancel_requested_at)
    after = EVERYTHING[name](data.draw, at)(paid)
    assert after.status is S.PAID
    assert (after.paid_at, after.transaction_id) == (paid.paid_at, paid.transaction_id)


@pytest.mark.parametrize("name", LEARNED)
@given(charge=charges(), at=moments, again_at=moments, data=st.data())
def test_the_same_answer_twice_changes_nothing(name, charge, at, again_at, data):
    """The second one comes later, with everything else the same."""
    taken = []

    def remembering(strategy):
        taken.append(data.draw(strategy))
        return taken[-1]

    once = LEARNED[name](remembering, at)(charge)
    replayed = iter(taken)
    assert LEARNED[name](lambda _: next(replayed), max(at, again_at))(once) == once


@given(charges(), answers, moments, st.booleans())
def test_only_an_answer_that_agrees_in_everything_makes_it_paid(charge, answer, at, was_open):
    after = transitions.inquired(charge, answer, at, at, was_open=was_open)
    if after.is_paid and not charge.is_paid:
        assert answer.state is PaymentState.PAID
        assert answer.is_charge
        assert answer.amount == charge.amount
        assert answer.reference in {None, charge.reference}
        assert answer.method in {None, charge.method.value}
        assert charge.shown_at is not None


@pytest.mark.parametrize("status", [S.WAITING, S.UNKNOWN, *sorted(CLOSED_UNPAID - {S.REFUSED})])
@pytest.mark.parametrize("what", DISAGREEING)
def test_a_disagreeing_paid_is_never_paid_and_needs_a_person(status, what):
    after = say(of_status(status), DISAGREEING[what])
    assert after.status in {status, S.UNKNOWN}
    assert Attention.MISMATCH in after.attention
    assert after.needs_answer
    if status in LIVING:
        assert after.unknown_reason is UnknownReason.DISAGREES


def test_a_mismatch_keeps_what_the_gateway_took():
    assert say(of_status(S.WAITING), DISAGREEING["amount"]).received == Money(2450, "USD")
    assert say(of_status(S.WAITING), DISAGREEING["type"]).received is None


@pytest.mark.parametrize("answer", [OPEN, EXPIRED, DECLINED])
def test_after_a_mismatch_only_an_agreeing_paid_helps(answer):
    doubtful = say(of_status(S.WAITING), DISAGREEING["amount"])
    assert say(doubtful, answer) == doubtful
    paid = say(doubtful, PAID)
    assert paid.is_paid
    assert paid.received is None
    assert not paid.attention


@pytest.mark.parametrize("status", [S.WAITING, S.EXPIRED])
def test_a_mismatch_that_a_person_has_seen_is_not_raised_again(status):
    doubtful = say(of_status(status), DISAGREEING["amount"])
    seen = transitions.answered(doubtful, Attention.MISMATCH)
    assert say(seen, DISAGREEING["amount"]) == seen
    assert Attention.MISMATCH in say(seen, DISAGREEING["currency"]).attention


@pytest.mark.parametrize("answer", [OPEN, EXPIRED, DECLINED])
@pytest.mark.parametrize("what", ["reference", "type"])
def test_an_answer_about_something_else_closes_nothing(answer, what):
    """ "The code has expired, no money was taken" of another charge must not be believed."""
    wrong = DISAGREEING[what]
    other = replace(answer, reference=wrong.reference, is_charge=wrong.is_charge)
    for status in (S.WAITING, S.UNKNOWN):
        charge = of_status(status)
        assert say(charge, other) == charge


def test_the_transaction_id_is_taken_from_an_agreeing_answer_only():
    other = replace(OPEN, reference="HSG1-2607120088-AAAA", transaction_id="U9")
    charge = say(of_status(S.WAITING), other)
    assert charge.transaction_id is None
    assert say(charge, PAID).transaction_id == "U1"


def test_the_paid_answers_transaction_id_is_the_one_on_the_receipt():
    charge = say(of_status(S.WAITING), replace(OPEN, transaction_id="U0"))
    assert say(charge, PAID).transaction_id == "U1"
    assert say(charge, replace(PAID, transaction_id=None)).transaction_id == "U0"


def test_paid_is_paid():
    charge = say(of_status(S.WAITING), PAID)
    assert charge.is_paid
    assert (charge.paid_at, charge.gateway_time) == (NOW, "2026-07-12 14:32:40")
    assert charge.attention == frozenset()


@pytest.mark.parametrize("missing", ["reference", "method", "transaction_id"])
def test_members_that_were_not_sent_do_not_disagree(missing):
    assert say(of_status(S.WAITING), replace(PAID, **{missing: None})).is_paid


@pytest.mark.parametrize("status", [S.DECLINED, S.EXPIRED])
def test_money_after_closing_is_late(status):
    assert say(of_status(status), PAID).attention == {Attention.PAID_LATE}


@pytest.mark.parametrize("status", [S.WAITING, S.EXPIRED])
def test_money_after_stopping_is_late(status):
    stopped = of_status(status, stopped_at=SHOWN, attention=frozenset({Attention.STOPPED}))
    assert say(stopped, PAID).attention == {Attention.PAID_LATE}


@pytest.mark.parametrize("mark", ["cancel_requested_at", "cancel_confirmed_at"])
@pytest.mark.parametrize("status", [S.WAITING, S.UNKNOWN, S.CANCELLED])
def test_money_after_our_cancel_may_have_been_returned(status, mark):
    paid = say(of_status(status, **{mark: SHOWN}), PAID)
    assert paid.is_paid
    assert paid.attention == {Attention.MAYBE_RETURNED}


def test_paid_faster_than_anybody_can_pay_is_an_earlier_payment():
    asked_at = SHOWN + timedelta(milliseconds=999)
    charge = say(of_status(S.WAITING), PAID, asked_at=asked_at)
    assert charge.unknown_reason is UnknownReason.REUSED_REFERENCE
    assert Attention.REUSED_REFERENCE in charge.attention
    assert say(of_status(S.WAITING), PAID, asked_at=SHOWN + timedelta(seconds=1)).is_paid


def test_a_code_that_was_open_when_it_was_asked_about_is_paid_by_this_customer():
    asked_at = SHOWN + timedelta(milliseconds=999)
    assert transitions.inquired(of_status(S.WAITING), PAID, asked_at, NOW, was_open=True).is_paid


@pytest.mark.parametrize("was_open", [False, True])
def test_paid_before_the_code_was_ever_shown_is_an_earlier_payment(was_open):
    left = of_status(S.WAITING, left_at=SHOWN, shown_at=None)
    charge = transitions.inquired(left, PAID, later(600), NOW, was_open=was_open)
    assert charge.unknown_reason is UnknownReason.REUSED_REFERENCE


@pytest.mark.parametrize("status", [S.EXPIRED, S.CANCELLED])
def test_money_for_a_closed_code_that_was_never_shown_needs_a_person_once(status):
    left = of_status(status, left_at=SHOWN, shown_at=None)
    charge = say(left, PAID)
    assert charge.status is status
    assert charge.attention == {Attention.REUSED_REFERENCE}
    seen = transitions.answered(charge, Attention.REUSED_REFERENCE)
    assert say(seen, PAID) == seen


@pytest.mark.parametrize("answer", [OPEN, EXPIRED, DECLINED, PAID, DISAGREEING["amount"]])
def test_a_reused_reference_is_for_a_person_whatever_is_said_later(answer):
    reused = transitions.reused(of_status(S.CREATED), NEW_CODE.gateway_id)
    assert reused.unknown_reason is UnknownReason.REUSED_REFERENCE
    assert reused.code is None
    after = say(reused, answer, asked_at=later(900))
    assert after.status is S.UNKNOWN
    assert after.unknown_reason is UnknownReason.REUSED_REFERENCE


def test_a_clock_set_back_does_not_turn_a_payment_into_an_earlier_one():
    """Questions are never sent before the code is known: such an instant tells of the clock."""
    assert say(of_status(S.WAITING), PAID, asked_at=SHOWN - timedelta(hours=1)).is_paid


def test_open_lifts_silence_but_not_a_lost_cancel():
    assert say(of_status(S.UNKNOWN), OPEN).status is S.WAITING
    lost = of_status(S.UNKNOWN, unknown_reason=UnknownReason.CANCEL_LOST)
    assert say(lost, OPEN).unknown_reason is UnknownReason.CANCEL_LOST


def test_expired_after_a_cancel_means_cancelled():
    assert say(of_status(S.WAITING), EXPIRED).status is S.EXPIRED
    asked = of_status(S.WAITING, cancel_requested_at=SHOWN)
    assert say(asked, EXPIRED).status is S.CANCELLED


@pytest.mark.parametrize("answer", [EXPIRED, DECLINED])
def test_closing_answers_what_stopping_had_left_open(answer):
    stopped = of_status(
        S.WAITING,
        stopped_at=SHOWN,
        attention=frozenset({Attention.STOPPED, Attention.WATCH_ENDED}),
    )
    closed = say(stopped, answer)
    assert closed.closed_at == NOW
    assert closed.attention == frozenset()


def test_a_code_is_shown_unless_the_sale_was_left():
    shown = transitions.accepted(of_status(S.CREATED), NEW_CODE, NOW, LIFE)
    assert (shown.status, shown.gateway_id, shown.shown_at) == (S.WAITING, "q2", NOW)
    assert shown.code_expires_at == NOW + LIFE
    left = transitions.accepted(of_status(S.CREATED, left_at=SHOWN), NEW_CODE, NOW, LIFE)
    assert left.shown_at is None


def test_a_second_code_never_replaces_the_first():
    waiting = of_status(S.WAITING)
    assert transitions.accepted(waiting, NEW_CODE, NOW, LIFE) is waiting


def test_a_refusal_keeps_the_gateways_words():
    refused = transitions.refused(
        of_status(S.CREATED), Refused(RefusalKind.NOT_SET_UP, "token", "17"), NOW
    )
    assert (refused.status, refused.refusal, refused.is_not_set_up) == (
        S.REFUSED,
        "17 token",
        True,
    )
    waiting = of_status(S.WAITING)
    assert transitions.refused(waiting, Refused(RefusalKind.OTHER, "no"), NOW) is waiting


def test_leaving_closes_only_what_surely_was_not_sent():
    left = transitions.left(of_status(S.CREATED), NOW)
    assert (left.status, left.left_at) == (S.CREATED, NOW)
    closed = transitions.left(of_status(S.CREATED, not_sent_at=SHOWN), NOW)
    assert closed.status is S.CANCELLED
    waiting = of_status(S.WAITING)
    assert transitions.left(waiting, NOW) is waiting


@pytest.mark.parametrize("status", S)
def test_silence_makes_only_a_waiting_charge_unknown(status):
    charge = of_status(status)
    after = transitions.unanswered(charge, UnknownReason.CANCEL_LOST)
    if status is S.WAITING:
        assert after.unknown_reason is UnknownReason.CANCEL_LOST
    else:
        assert after is charge


def test_a_refused_cancel_leaves_the_payment_as_it_was():
    waiting = of_status(S.WAITING)
    asked = transitions.cancel_requested(waiting, NOW)
    assert asked.cancel_requested_at == NOW
    assert transitions.cancel_refused(asked) == waiting
    assert transitions.cancel_refused(transitions.cancel_lost(asked)) == waiting


def test_stopping_asks_for_a_person_and_picking_up_takes_that_back():
    stopped = transitions.stopped(of_status(S.WAITING), NOW)
    assert stopped.status is S.WAITING
    assert stopped.attention == {Attention.STOPPED}
    aside = transitions.put_aside(stopped, NOW)
    back = transitions.picked_up(aside)
    assert back == of_status(S.WAITING)
    assert transitions.picked_up(of_status(S.EXPIRED, stopped_at=SHOWN)).stopped_at == SHOWN


@pytest.mark.parametrize("status", S)
def test_a_watch_that_ended_needs_a_person_only_while_the_charge_lives(status):
    after = transitions.watch_ended(of_status(status))
    assert (Attention.WATCH_ENDED in after.attention) == (status in LIVING)


def asked_about(answer, **changes):
    made = of_status(S.CREATED, gateway="jpay", **changes)
    return made, transitions.found_out(made, answer, NOW, NOW)


@pytest.mark.parametrize(
    "answer", [Inquiry(PaymentState.OPEN), Refused(RefusalKind.OTHER, "no such order")]
)
@pytest.mark.parametrize("left_at", [None, SHOWN])
def test_a_lost_code_that_nobody_paid_is_closed_and_never_shown(answer, left_at):
    made, closed = asked_about(answer, left_at=left_at)
    assert (closed.status, closed.closed_at) == (S.EXPIRED, NOW)
    assert (closed.gateway_id, closed.code, closed.shown_at) == (made.reference, None, None)


def test_a_lost_code_that_was_declined_is_declined_and_one_that_was_paid_needs_a_person():
    _, declined = asked_about(Inquiry(PaymentState.DECLINED))
    assert declined.status is S.DECLINED
    amount = of_status(S.CREATED).amount
    _, paid = asked_about(Inquiry(PaymentState.PAID, amount=amount, transaction_id="T1"))
    assert paid.status is S.UNKNOWN
    assert Attention.REUSED_REFERENCE in paid.attention


def test_an_answer_about_something_else_or_too_late_finds_nothing_out():
    made, same = asked_about(Inquiry(PaymentState.OPEN, reference="another"))
    assert same is made
    shown = of_status(S.WAITING)
    assert transitions.found_out(shown, Inquiry(PaymentState.OPEN), NOW, NOW) is shown
