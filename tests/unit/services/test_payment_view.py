"""What the payment page shows, over everything a charge and its progress can be."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.charges import (
    CLOSED_UNPAID,
    Attention,
    ChargeDecision,
    ChargeStatus,
    UnknownReason,
)
from pos_app.domain.outcomes import PaymentState
from pos_app.services.payment_view import (
    CODE_ON_SCREEN,
    CancelRefusal,
    Check,
    Progress,
    Said,
    Screen,
    payment_view,
    screen_of,
)
from tests.fakes.charges import LIFE, SHOWN, charges, decided, later, of_status

S = ChargeStatus
WAITING = of_status(S.WAITING)


NOTHING = Progress()
NOW = later(30)


def view(charge=WAITING, progress=NOTHING, now=NOW):
    return payment_view(
        charge,
        progress,
        now,
        gateway_name="Citcon",
        cashier="Mei Lin",
        item_count=3,
        is_training=True,
    )


def attentive(status, attention, **changes):
    return of_status(status, attention=frozenset({attention}), **changes)


HINT = {"declined_hint_at": SHOWN}
REACHED = {
    Screen.CREATING: (of_status(S.CREATED), Progress(sending_since=SHOWN), 0),
    Screen.CREATE_UNREACHABLE: (of_status(S.CREATED, not_sent_at=SHOWN), Progress(), 0),
    Screen.CREATE_LOST: (of_status(S.CREATED), Progress(), 0),
    Screen.CREATE_REFUSED: (of_status(S.REFUSED), Progress(), 0),
    Screen.CREATE_NOT_SET_UP: (of_status(S.REFUSED, is_not_set_up=True), Progress(), 0),
    Screen.WAITING: (WAITING, Progress(), 239),
    Screen.WAITING_LOW: (WAITING, Progress(), 240),
    Screen.NO_ANSWER: (WAITING, Progress(misses=2), 30),
    Screen.LAST_CHECK: (WAITING, Progress(answered_at=later(299)), 300),
    Screen.STILL_OPEN: (WAITING, Progress(answered_at=later(300)), 301),
    Screen.PAID: (of_status(S.PAID), Progress(), 30),
    Screen.PAID_LATE: (attentive(S.PAID, Attention.PAID_LATE), Progress(), 30),
    Screen.DECLINED_HINT: (of_status(S.WAITING, **HINT), Progress(), 30),
    Screen.DECLINED: (of_status(S.DECLINED), Progress(), 30),
    Screen.EXPIRED: (of_status(S.EXPIRED), Progress(), 30),
    Screen.CANCELLING: (WAITING, Progress(is_cancelling=True), 30),
    Screen.CANCELLED: (of_status(S.CANCELLED), Progress(), 30),
    Screen.CANCELLED_PAID: (attentive(S.PAID, Attention.MAYBE_RETURNED), Progress(), 30),
    Screen.CANCEL_REFUSED: (WAITING, Progress(cancel_refusal=CancelRefusal.WINDOW), 30),
    Screen.STOPPED: (of_status(S.WAITING, stopped_at=SHOWN), Progress(), 30),
    Screen.MISMATCH: (attentive(S.UNKNOWN, Attention.MISMATCH), Progress(), 30),
    Screen.UNKNOWN: (of_status(S.UNKNOWN), Progress(), 30),
    Screen.CUSTOMER_CONFIRMING: (replace(WAITING, is_customer_presented=True), Progress(), 30),
    Screen.CODE_EXPIRED: (
        of_status(S.EXPIRED, is_customer_presented=True, gateway_id=None),
        Progress(),
        30,
    ),
    Screen.RESUMED: (WAITING, Progress(is_resuming=True), 30),
    Screen.SETTLED: (decided(of_status(S.UNKNOWN), ChargeDecision.NOT_PAID), Progress(), 30),
}


def test_every_screen_is_reached_here():
    assert REACHED.keys() == set(Screen)


@pytest.mark.parametrize("screen", Screen)
def test_each_screen_is_reached(screen):
    charge, progress, age = REACHED[screen]
    assert screen_of(charge, progress, later(age)) is screen


PROGRESS = [
    Progress(
        sending_since=sending,
        is_resuming=resuming,
        is_cancelling=cancelling,
        cancel_refusal=refusal,
        misses=misses,
        asked_at=answered,
        answered_at=answered,
    )
    for sending, resuming, cancelling, refusal, misses, answered in itertools.product(
        (None, SHOWN), (False, True), (False, True), (None, CancelRefusal.FAILED), (0, 1, 2),
        (None, later(10), later(301)),
    )
]  # fmt: skip
CHARGES = [
    of_status(status, **changes)
    for status in S
    for changes in (
        {},
        {"left_at": SHOWN},
        {"stopped_at": SHOWN, "attention": frozenset({Attention.STOPPED})},
        {"attention": frozenset({Attention.MISMATCH})},
        {"attention": frozenset({Attention.REUSED_REFERENCE})},
        {"attention": frozenset({Attention.PAID_LATE})},
        {"declined_hint_at": SHOWN},
    )
]


@pytest.mark.parametrize("age", [0, 59, 241, 299.9, 300, 4000])
def test_whatever_is_going_on_there_is_a_screen_and_no_code_but_a_payable_one(age):
    for charge, progress in itertools.product(CHARGES, PROGRESS):
        shown = view(charge, progress, later(age))
        if shown.code is None:
            continue
        assert shown.state in CODE_ON_SCREEN
        assert charge.status is S.WAITING
        assert charge.left_at is None
        assert charge.stopped_at is None
        assert not progress.is_cancelling
        assert not charge.attention & {Attention.MISMATCH, Attention.REUSED_REFERENCE}


@given(charges(), st.sampled_from(PROGRESS), st.integers(-10, 5000).map(later))
def test_paid_is_on_the_screen_only_when_the_gateway_said_so(charge, progress, now):
    state = screen_of(charge, progress, now)
    says_paid = {Screen.PAID, Screen.PAID_LATE, Screen.CANCELLED_PAID}
    if state in says_paid:
        assert charge.is_paid
    if charge.is_paid and not charge.attention & {Attention.MISMATCH, Attention.REUSED_REFERENCE}:
        assert state in says_paid


@given(charges(), st.sampled_from(PROGRESS), st.integers(-10, 5000).map(later))
def test_no_money_taken_is_on_the_screen_only_when_that_is_known(charge, progress, now):
    closed = {Screen.EXPIRED, Screen.DECLINED, Screen.CANCELLED, Screen.CREATE_REFUSED}
    if screen_of(charge, progress, now) in {*closed, Screen.CREATE_NOT_SET_UP}:
        assert charge.status in CLOSED_UNPAID
    if screen_of(charge, progress, now) is Screen.CREATE_UNREACHABLE:
        assert charge.is_surely_not_sent


@pytest.mark.parametrize("screen", Screen)
def test_the_code_is_painted_in_the_payable_states_only(screen):
    charge, progress, age = REACHED[screen]
    shown = view(charge, progress, later(age))
    payable = {"waiting", "waitingLow", "noAnswer", "stillOpen", "declinedHint", "cancelRefused"}
    assert (shown.code == WAITING.code) == (screen.value in payable)
    assert (shown.code is not None) == (screen.value in payable)


def test_a_code_that_was_left_is_never_painted():
    for screen in CODE_ON_SCREEN:
        charge, progress, age = REACHED[screen]
        left = replace(charge, left_at=SHOWN, shown_at=None)
        assert view(left, progress, later(age)).code is None


def test_a_mismatch_comes_before_everything_else():
    both = frozenset({Attention.MISMATCH, Attention.PAID_LATE})
    for status in (S.WAITING, S.UNKNOWN, S.EXPIRED):
        assert view(of_status(status, attention=both)).state is Screen.MISMATCH


def test_one_miss_is_no_news():
    assert view(progress=Progress(misses=1)).state is Screen.WAITING


@pytest.mark.parametrize(
    ("age", "left"), [(0, 300), (0.01, 300), (1, 299), (240, 60), (299.5, 1), (300, 0), (900, 0)]
)
def test_seconds_are_counted_down_to_zero(age, left):
    shown = view(now=later(age))
    assert (shown.seconds_left, shown.life_s) == (left, 300)


def test_without_a_code_there_is_no_countdown():
    shown = view(of_status(S.CREATED))
    assert (shown.seconds_left, shown.life_s, shown.code) == (None, 0, None)


@pytest.mark.parametrize(("age", "is_offered"), [(9.9, False), (10, True)])
def test_stop_is_offered_after_ten_seconds_of_making_the_code(age, is_offered):
    making = Progress(sending_since=SHOWN)
    assert view(of_status(S.CREATED), making, later(age)).can_stop_create is is_offered
    assert not view(of_status(S.CREATED), Progress(), later(age)).can_stop_create


def test_the_page_sees_how_old_its_knowledge_is():
    progress = Progress(
        answered_at=later(10), next_at=later(12), checks=(Check(later(10), Said.OPEN),)
    )
    shown = view(progress=progress)
    assert shown.last_check_at == later(10)
    assert shown.next_check_at == later(12)
    assert shown.checks == progress.checks


def test_the_page_sees_who_sells_what_through_whom():
    shown = view(of_status(S.UNKNOWN, unknown_reason=UnknownReason.CANCEL_LOST))
    assert (shown.gateway_name, shown.cashier, shown.item_count) == ("Citcon", "Mei Lin", 3)
    assert shown.is_training
    assert shown.unknown_reason is UnknownReason.CANCEL_LOST
    assert shown.can_cancel


@pytest.mark.parametrize("state", PaymentState)
def test_every_answer_has_its_line_in_the_list_of_checks(state):
    assert Said(state.value)


def test_a_short_life_is_low_from_the_start():
    short = replace(WAITING, code_expires_at=SHOWN + LIFE / 6)
    assert view(short, now=SHOWN + timedelta(seconds=1)).state is Screen.WAITING_LOW


@pytest.mark.parametrize("decision", ChargeDecision)
@pytest.mark.parametrize("status", S)
def test_a_decision_is_shown_as_long_as_the_gateway_has_no_final_answer(status, decision):
    charge = decided(of_status(status), decision)
    is_open = status in {S.CREATED, S.WAITING, S.UNKNOWN}
    is_settled = is_open and decision is not ChargeDecision.STILL_NOT_KNOWN
    assert (screen_of(charge, NOTHING, NOW) is Screen.SETTLED) == is_settled


def test_what_contradicts_a_decision_is_shown_first():
    charge = decided(attentive(S.EXPIRED, Attention.MISMATCH), ChargeDecision.PAID)
    assert screen_of(charge, NOTHING, NOW) is Screen.MISMATCH
