"""What may go back: sums over refunds, and the rules about them."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import refund_transitions as transitions
from pos_app.domain.charges import Attention, ChargeStatus
from pos_app.domain.errors import (
    CannotCancelPaidError,
    NotRefundableError,
    ReasonMissingError,
    RefundAmountError,
    TransitionError,
)
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.money import Money
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    RefundDone,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
)
from pos_app.domain.refunds import (
    TRANSITIONS,
    Decision,
    RefundKind,
    RefundStatus,
    Refusal,
    can_cancel_paid,
    can_refund,
    check_cancel_paid,
    check_refund,
    check_words,
    held_back,
    is_perhaps_returned,
    refundable,
    refunded,
)
from tests.fakes.charges import SHOWN, later, of_status
from tests.fakes.refunds import DID_NOT, REQUESTED, WENT_OUT, a_refund

S = RefundStatus
PAID = of_status(ChargeStatus.PAID)
MAYBE = replace(
    PAID, cancel_confirmed_at=later(5), attention=frozenset({Attention.MAYBE_RETURNED})
)
ALLOWED = {
    (S.REQUESTED, S.DONE), (S.REQUESTED, S.REFUSED), (S.REQUESTED, S.PENDING),
    (S.REQUESTED, S.UNKNOWN), (S.PENDING, S.DONE), (S.PENDING, S.REFUSED),
    (S.UNKNOWN, S.DONE), (S.UNKNOWN, S.REFUSED),
}  # fmt: skip
DONE, REFUSED = RefundDone("r1"), RefundRefused(RefundRefusalKind.NO_BALANCE, "no funds", "")


def minor(charge, refunds):
    sums = (refunded, held_back, refundable)
    return tuple(work(charge, refunds).minor for work in sums)


@pytest.mark.parametrize(("before", "after"), list(product(S, S)))
def test_only_the_table_of_the_design_is_allowed(before, after):
    refund = a_refund(before)
    if (before, after) in ALLOWED:
        assert transitions.moved(refund, after).status is after
    else:
        with pytest.raises(TransitionError):
            transitions.moved(refund, after)


def test_the_table_covers_every_status():
    assert set(TRANSITIONS) == set(S)


@pytest.mark.parametrize(
    ("refund", "sums"),
    [
        (a_refund(S.REQUESTED), (0, 1250, 3000)),
        (a_refund(S.PENDING), (0, 1250, 3000)),
        (a_refund(S.UNKNOWN), (0, 1250, 3000)),
        (a_refund(S.UNKNOWN, decision=Decision.STILL_NOT_KNOWN), (0, 1250, 3000)),
        (a_refund(S.DONE), (1250, 0, 3000)),
        (WENT_OUT, (1250, 0, 3000)),
        (a_refund(S.REFUSED), (0, 0, 4250)),
        (DID_NOT, (0, 0, 4250)),
        (replace(DID_NOT, status=S.DONE), (1250, 0, 3000)),
        (replace(WENT_OUT, status=S.REFUSED, refusal=Refusal.OTHER), (0, 0, 4250)),
    ],
)  # fmt: skip
def test_what_a_refund_counts_as(refund, sums):
    assert minor(PAID, [refund]) == sums


@pytest.mark.parametrize("status", sorted(set(ChargeStatus) - {ChargeStatus.PAID}))
def test_only_a_paid_charge_can_be_refunded(status):
    charge = of_status(status)
    assert not can_refund(charge, [])
    assert not can_cancel_paid(charge, [], is_same_day=True)
    with pytest.raises(NotRefundableError):
        check_refund(charge, [], Money(1, "USD"))
    with pytest.raises(NotRefundableError):
        check_cancel_paid(charge, [], is_same_day=True)


@pytest.mark.parametrize("amount", [Money(0, "USD"), Money(-1, "USD"), Money(100, "HKD")])
def test_nothing_less_than_nothing_and_other_money_is_refused(amount):
    with pytest.raises(RefundAmountError):
        check_refund(PAID, [], amount)


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_without_a_reason_no_money_goes_back(words):
    with pytest.raises(ReasonMissingError):
        check_words(words)
    assert check_words(" Goods returned ") == "Goods returned"


@pytest.mark.parametrize(
    ("refunds", "is_offered"),
    [
        ([], True),
        ([a_refund(S.REFUSED)], True),
        ([DID_NOT], True),
        ([a_refund(S.REQUESTED)], False),
        ([a_refund(S.PENDING)], False),
        ([a_refund(S.UNKNOWN)], False),
        ([a_refund(S.DONE)], False),
        ([WENT_OUT], False),
    ],
)
def test_the_whole_is_cancelled_only_while_nothing_of_it_went_back(refunds, is_offered):
    assert can_cancel_paid(PAID, refunds, is_same_day=True) is is_offered
    if not is_offered:
        with pytest.raises(CannotCancelPaidError):
            check_cancel_paid(PAID, refunds, is_same_day=True)


def test_another_day_or_method_can_only_be_refunded():
    card = replace(PAID, method=PaymentMethod.CC)
    assert not can_cancel_paid(PAID, [], is_same_day=False)
    assert not can_cancel_paid(card, [], is_same_day=True)
    assert can_refund(card, [])


def test_a_payment_that_our_cancel_may_have_returned_is_held_back_in_full():
    assert minor(MAYBE, []) == (0, 4250, 0)
    assert not can_refund(MAYBE, [])
    assert not can_cancel_paid(MAYBE, [], is_same_day=True)
    with pytest.raises(NotRefundableError):
        check_refund(MAYBE, [], Money(1, "USD"))


def test_having_looked_at_it_does_not_say_whether_it_was_returned():
    seen = replace(MAYBE, attention=frozenset())
    assert is_perhaps_returned(seen, [])
    assert refundable(seen, []) == Money(0, "USD")


@pytest.mark.parametrize(
    ("decision", "sums"),
    [
        (Decision.WENT_OUT, (4250, 0, 0)),
        (Decision.DID_NOT_GO_OUT, (0, 0, 4250)),
        (Decision.STILL_NOT_KNOWN, (0, 4250, 0)),
    ],
)
def test_a_decision_about_the_cancel_ends_the_doubt_or_does_not(decision, sums):
    record = a_refund(S.UNKNOWN, kind=RefundKind.CANCEL, amount=PAID.amount, decision=decision)
    assert minor(MAYBE, [record]) == sums


def test_a_refund_has_a_short_name():
    assert REQUESTED.short_reference == "HSG1-0087-R1"


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("answer", [DONE, REFUSED])
def test_a_final_answer_stays_and_any_other_gives_way(status, answer):
    refund = a_refund(status)
    after = transitions.answered(refund, answer, later(70))
    if status in {S.DONE, S.REFUSED}:
        assert after is refund
    else:
        assert after.status is (S.DONE if answer is DONE else S.REFUSED)
        assert after.answered_at == later(70)


def test_a_refusal_keeps_its_kind_and_the_gateways_words():
    answer = RefundRefused(RefundRefusalKind.TOO_MUCH, "greater than allowed", "4071")
    after = transitions.answered(REQUESTED, answer, later(70))
    assert (after.refusal, after.refusal_text) == (Refusal.TOO_MUCH, "4071 greater than allowed")


def test_every_refusal_of_a_gateway_has_a_word_of_ours():
    assert {kind.value for kind in RefundRefusalKind} < {kind.value for kind in Refusal}


@pytest.mark.parametrize(
    ("answer", "first", "again"),
    [
        (CancelAnswer(CancelResult.CANCELLED), (S.DONE, None), S.DONE),
        (CancelAnswer(CancelResult.DUPLICATE), (S.DONE, None), S.DONE),
        (CancelAnswer(CancelResult.NOT_IN_WINDOW), (S.REFUSED, Refusal.NOT_IN_WINDOW), S.UNKNOWN),
        (CancelAnswer(CancelResult.FAILED), (S.REFUSED, Refusal.OTHER), S.UNKNOWN),
        (Refused(RefusalKind.OTHER, "no"), (S.REFUSED, Refusal.OTHER), S.UNKNOWN),
    ],
)
def test_a_no_to_a_repeated_cancel_proves_nothing_about_the_first(answer, first, again):
    cancel = replace(REQUESTED, kind=RefundKind.CANCEL)
    after = transitions.cancel_answered(cancel, answer, later(70))
    assert (after.status, after.refusal) == first
    repeated = replace(cancel, status=S.UNKNOWN)
    assert transitions.cancel_answered(repeated, answer, later(70)).status is again
    done = replace(cancel, status=S.DONE)
    assert transitions.cancel_answered(done, answer, later(70)) is done


@pytest.mark.parametrize("status", S)
def test_only_what_is_unknown_or_pending_is_settled_by_hand_and_once(status):
    after = transitions.settled(a_refund(status), Decision.WENT_OUT, "seen", 3, later(90))
    is_taken = status in {S.UNKNOWN, S.PENDING}
    assert (after.decision is Decision.WENT_OUT) is is_taken
    again = transitions.settled(after, Decision.DID_NOT_GO_OUT, "no", 3, later(91))
    assert again is after


def test_not_knowing_yet_leaves_it_to_be_settled():
    first = transitions.settled(
        a_refund(S.UNKNOWN), Decision.STILL_NOT_KNOWN, "asked", 3, later(90)
    )
    assert first.needs_answer
    after = transitions.settled(first, Decision.DID_NOT_GO_OUT, "Citcon says so", 3, later(99))
    assert (after.decision, after.note, after.decided_at) == (
        Decision.DID_NOT_GO_OUT,
        "Citcon says so",
        later(99),
    )


@pytest.mark.parametrize(
    ("decided", "answer", "is_raised"),
    [(WENT_OUT, REFUSED, True), (DID_NOT, DONE, True), (WENT_OUT, DONE, False),
     (DID_NOT, REFUSED, False)],
)  # fmt: skip
def test_a_gateway_that_says_otherwise_calls_for_a_person_again(decided, answer, is_raised):
    after = transitions.answered(decided, answer, later(200))
    charge = transitions.looked_at(PAID, decided, after, (after,))
    assert (Attention.REFUND_UNKNOWN in charge.attention) is is_raised


def test_the_attention_stays_while_another_refund_is_unknown():
    charge = replace(PAID, attention=frozenset({Attention.REFUND_UNKNOWN, Attention.PAID_LATE}))
    unknown, done = a_refund(S.UNKNOWN), a_refund(S.DONE)
    assert transitions.looked_at(charge, unknown, done, (done, unknown)) is charge
    cleared = transitions.looked_at(charge, unknown, done, (done, done))
    assert cleared.attention == {Attention.PAID_LATE}


class Till:
    """A model: asks within what is left, and hears answers in any order, more than once."""

    def __init__(self):
        self.refunds = []
        self.at = SHOWN + timedelta(minutes=1)

    def ask(self, amount):
        wanted = Money(amount, "USD")
        if wanted <= refundable(PAID, self.refunds):
            self.refunds.append(replace(REQUESTED, id=len(self.refunds), amount=wanted))

    def learn(self, number, change):
        if self.refunds:
            number %= len(self.refunds)
            self.refunds[number] = change(self.refunds[number])

    def counted(self):
        """Done, pending and unknown, by status alone, but for what a manager freed."""
        return sum(
            one.amount.minor
            for one in self.refunds
            if one.status is S.DONE
            or (one.status is not S.REFUSED and one.decision is not Decision.DID_NOT_GO_OUT)
        )


AT = later(100)
CHANGES = {
    "done": lambda one: transitions.answered(one, DONE, AT),
    "refused": lambda one: transitions.answered(one, REFUSED, AT),
    "not sent": lambda one: transitions.not_sent(one, AT),
    "lost": transitions.lost,
    "pending": lambda one: transitions.moved(one, S.PENDING) if one.status is S.REQUESTED else one,
    "went out": lambda one: transitions.settled(one, Decision.WENT_OUT, "n", 3, AT),
    "did not": lambda one: transitions.settled(one, Decision.DID_NOT_GO_OUT, "n", 3, AT),
    "no idea": lambda one: transitions.settled(one, Decision.STILL_NOT_KNOWN, "n", 3, AT),
}
events = st.one_of(
    st.integers(1, 5000),
    st.tuples(st.integers(0, 20), st.sampled_from(sorted(CHANGES))),
)


@given(st.lists(events, max_size=40))
def test_done_pending_and_unknown_never_exceed_what_was_received(sequence):
    till = Till()
    for event in sequence:
        if isinstance(event, int):
            till.ask(event)
            continue
        number, name = event
        was_freed = [one.decision is Decision.DID_NOT_GO_OUT for one in till.refunds]
        if name == "done" and was_freed and was_freed[number % len(was_freed)]:
            continue  # the manager was wrong: told apart below
        till.learn(number, CHANGES[name])
        assert till.counted() <= PAID.amount.minor
        went, held, left = minor(PAID, till.refunds)
        assert went + held == till.counted()
        assert went + held + left == PAID.amount.minor


@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=8))
def test_a_final_answer_is_never_left_again(names):
    refund = REQUESTED
    for name in names:
        after = CHANGES[name](refund)
        if refund.status in {S.DONE, S.REFUSED}:
            assert after is refund
        refund = after


def test_what_a_wrong_decision_let_out_twice_never_shows_as_less_than_nothing():
    whole = replace(DID_NOT, status=S.DONE, amount=PAID.amount)
    assert minor(PAID, [whole, a_refund(S.DONE)]) == (5500, 0, 0)


def test_the_gateway_is_told_which_refund_it_is_and_why():
    refund = a_refund(reference="HSG1-2607120087-K7QX-R1")
    assert refund.told_reason == "[HSG1-2607120087-K7QX-R1] Goods returned"
    assert refund.is_named_in(refund.told_reason)
    assert refund.is_named_in(refund.told_reason[:30])  # cut somewhere on the way


def test_a_refund_is_not_taken_for_the_tenth_of_its_charge():
    tenth = a_refund(reference="HSG1-2607120087-K7QX-R10")
    assert not a_refund(reference="HSG1-2607120087-K7QX-R1").is_named_in(tenth.told_reason)
    assert not a_refund().is_named_in("Goods returned")


def test_an_accepted_refund_is_pending_and_keeps_its_id_for_the_question():
    pending = transitions.answered(REQUESTED, RefundPending("R1"), later(5))
    assert (pending.status, pending.gateway_id) == (RefundStatus.PENDING, "R1")
    assert transitions.answered(pending, RefundPending("R1"), later(9)) is pending
    done = transitions.answered(pending, RefundDone("R1"), later(9))
    assert (done.status, done.gateway_id) == (RefundStatus.DONE, "R1")
