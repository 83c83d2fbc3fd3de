"""When the gateway is asked: the pace, the back-off, the end of the code and the sparse watch."""

import itertools
import math
import random
from bisect import bisect_left
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.charges import ChargeStatus, UnknownReason
from pos_app.services import schedule
from pos_app.services.payment_view import Progress
from pos_app.services.schedule import LEAN, NORMAL, next_question_at
from tests.fakes.charges import LIFE, SHOWN, charges, later, of_status
from tests.fakes.clock import FakeClock

S = ChargeStatus
WAITING = of_status(S.WAITING)
EXPIRES = SHOWN + LIFE
ANSWER_S = 0.15
SOON = timedelta(seconds=0.5)


def asked(progress, at, *, took_s=ANSWER_S, is_answered=True):
    """The progress after one question."""
    changes = {"answered_at": at, "misses": 0} if is_answered else {"misses": progress.misses + 1}
    return replace(progress, asked_at=at, ended_at=at + timedelta(seconds=took_s), **changes)


def questions(charge, *, pace=NORMAL, until=timedelta(days=30), progress=None, **how):
    """The instants at which one charge is asked about while the answer stays the same."""
    progress = progress or Progress()
    clock = FakeClock(progress.ended_at or SHOWN)
    while True:
        at = next_question_at(charge, progress, clock, pace)
        if at is None or at > SHOWN + until:
            return
        clock.at = max(clock.at, at)
        yield clock.at
        progress = asked(progress, clock.at, **how)
        clock.at = progress.ended_at


def ages(charge=WAITING, **how):
    return [(at - SHOWN).total_seconds() for at in questions(charge, **how)]


def simulate(pace, customers=20_000, seed=20_261_107):
    """Delays and questions of so many customers; 5 % of them walk away.

    Payment times are log-normal: median 14 s, 95 % within 45 s; questions are those of the paid
    ones (speed.md). The gateway looks in the middle between question and answer.
    """
    plan = ages(pace=pace, until=LIFE)
    luck = random.Random(seed)
    sigma = math.log(45 / 14) / 1.6449
    delays, count = [], 0
    for _ in range(customers):
        if luck.random() < 0.05:
            continue
        paid_at = min(14 * math.exp(luck.gauss(0, sigma)), LIFE.total_seconds())
        seen_by = bisect_left(plan, paid_at - ANSWER_S / 2)
        count += seen_by + 1
        delays.append(plan[seen_by] + ANSWER_S - paid_at)  # an IndexError is a payment unseen
    delays.sort()
    return delays[int(len(delays) * 0.95)], count / len(delays), max(delays)


def test_a_payment_is_seen_in_time_with_few_questions():
    p95, for_each_paid, longest = simulate(NORMAL)
    assert p95 <= 1.3
    assert for_each_paid <= 15
    assert longest <= 10 + ANSWER_S


def test_lean_asks_half_as_often():
    p95, for_each_paid, longest = simulate(LEAN)
    assert p95 <= 2.3
    assert for_each_paid <= 9
    assert longest <= 10 + ANSWER_S


@pytest.mark.parametrize("pace", [NORMAL, LEAN])
def test_the_first_question_comes_with_the_code_and_the_last_at_its_end(pace):
    plan = ages(pace=pace, until=LIFE)
    assert plan[0] == 0
    assert plan[-1] == 300
    assert all(after - before >= 0.5 + ANSWER_S for before, after in itertools.pairwise(plan))


@pytest.mark.parametrize("before", [0.7, 0.9, 1.1, 1.3, 1.6, 2.0, 2.3, 3.1])
def test_the_last_question_is_at_the_end_whatever_was_asked_by_hand_before(before):
    short = replace(WAITING, code_expires_at=later(30))
    by_hand = asked(Progress(), later(30 - before))
    plan = ages(short, until=timedelta(seconds=34), progress=by_hand)
    assert 30 in plan
    assert not [age for age in plan if 29 < age < 30]


def test_the_pace_slows_down_with_the_age_of_the_code():
    gaps = [
        (before, round(after - before - ANSWER_S, 3))
        for before, after in itertools.pairwise(ages(until=timedelta(seconds=290)))
    ]
    for age, gap in gaps[1:]:
        answered = age + ANSWER_S
        assert gap == (1 if answered < 45 else 2 if answered < 90 else 5 if answered < 150 else 10)


def test_a_slow_answer_is_waited_for():
    plan = ages(until=timedelta(seconds=60), took_s=5)
    assert all(after - before >= 5.5 for before, after in itertools.pairwise(plan))


def test_without_answers_it_backs_off_with_jitter():
    nobody = replace(of_status(S.UNKNOWN), id=7)
    plan = ages(nobody, until=timedelta(seconds=200), took_s=0, is_answered=False)
    for gap, step in zip(
        (after - before for before, after in itertools.pairwise(plan)),
        (2, 4, 8, 15, 30, 30, 30),
        strict=False,
    ):
        assert 0.8 * step <= gap <= step


def test_tills_do_not_ask_in_step():
    pauses = {
        schedule.back_off(replace(WAITING, id=n), Progress(misses=5), schedule.BACK_OFF)
        for n in range(20)
    }
    assert len(pauses) == 20


def test_a_minute_of_silence_is_decided_at_the_minute():
    plan = ages(until=timedelta(seconds=60.5), took_s=0, is_answered=False)
    assert plan[-1] == 60
    progress = Progress()
    for age in plan:
        assert not schedule.is_silent_too_long(WAITING, progress)
        progress = asked(progress, later(age), is_answered=False)
    assert schedule.is_silent_too_long(WAITING, progress)


def test_the_minute_counts_from_the_last_answer():
    progress = asked(asked(Progress(), later(100)), later(159), is_answered=False)
    assert not schedule.is_silent_too_long(WAITING, progress)
    assert schedule.is_silent_too_long(WAITING, asked(progress, later(160), is_answered=False))


def test_silence_at_the_end_of_the_code_is_decided_at_once():
    heard = asked(Progress(), later(295))
    assert schedule.is_silent_too_long(WAITING, asked(heard, EXPIRES, is_answered=False))
    assert not schedule.is_silent_too_long(WAITING, asked(heard, EXPIRES))


def test_an_open_page_goes_on_after_the_codes_life():
    open_page = Progress(is_watched_closely=True)
    plan = [age for age in ages(progress=open_page, until=LIFE * 1.2) if age >= 300]
    gaps = {round(after - before - ANSWER_S, 3) for before, after in itertools.pairwise(plan)}
    assert gaps == {10}


def sparse_days(base):
    """The end of the local day of the last sparse question, and seven days more (UTC+8)."""
    midnight = datetime(2026, 7, 12, 16, tzinfo=UTC)
    assert base < midnight < base + timedelta(days=1)
    return [midnight + timedelta(days=n) for n in range(8)]


@pytest.mark.parametrize("status", [S.EXPIRED, S.CANCELLED, S.DECLINED])
def test_late_money_is_looked_for_at_the_times_of_the_design(status):
    closed_at = later(20)
    plan = list(questions(of_status(status, closed_at=closed_at)))
    soon = [closed_at + timedelta(seconds=s) for s in (5, 30, 120, 900, 3600)]
    assert plan == [*soon, *sparse_days(closed_at)]


def test_a_stopped_charge_is_looked_for_at_the_times_of_the_design_and_at_its_end():
    stopped = replace(WAITING, stopped_at=later(20))
    plan = list(questions(stopped, progress=asked(Progress(), later(19))))
    soon = [later(20 + s) for s in (5, 30, 120)]
    after = [later(20 + s) for s in (900, 3600)]
    assert plan == [*soon, EXPIRES, *after, *sparse_days(EXPIRES)]


def test_a_charge_nobody_looks_at_is_watched_sparsely_after_its_life():
    progress = asked(Progress(), EXPIRES)
    plan = list(questions(WAITING, progress=progress))
    soon = [EXPIRES + timedelta(seconds=s) for s in (5, 30, 120, 900, 3600)]
    assert plan == [*soon, *sparse_days(EXPIRES)]


def test_the_sparse_watch_goes_on_after_a_restart():
    closed = of_status(S.EXPIRED, closed_at=later(20), asked_at=later(150))
    assert next_question_at(closed, Progress(), FakeClock(later(200))) == later(920)


def test_an_overdue_question_is_due_at_once():
    closed = of_status(S.EXPIRED, closed_at=later(20), asked_at=later(150))
    clock = FakeClock(later(5 * 86_400))
    due_at = next_question_at(closed, Progress(), clock)
    assert due_at <= clock.now()
    progress = asked(Progress(), clock.now())
    again = next_question_at(closed, progress, FakeClock(progress.ended_at))
    assert again > clock.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    "charge",
    [
        of_status(S.PAID),
        of_status(S.REFUSED),
        of_status(S.CREATED),
        of_status(S.CREATED, not_sent_at=SHOWN),
        of_status(S.CANCELLED, gateway_id=None),
        of_status(S.UNKNOWN, unknown_reason=UnknownReason.REUSED_REFERENCE),
    ],
)
def test_some_are_never_asked_about(charge):
    assert next_question_at(charge, Progress(), FakeClock(SHOWN)) is None


def test_a_left_create_is_sent_again_ever_more_seldom():
    left = of_status(S.CREATED, left_at=SHOWN)
    plan = ages(left, until=timedelta(hours=2), took_s=0, is_answered=False)
    gaps = [after - before for before, after in itertools.pairwise(plan)]
    assert plan[0] == 0
    assert 1.6 <= gaps[0] <= 2
    assert gaps[-1] >= 720


def test_a_mismatch_is_asked_about_seldom_after_the_codes_life():
    doubtful = of_status(S.UNKNOWN, unknown_reason=UnknownReason.DISAGREES)
    open_page = asked(Progress(is_watched_closely=True), EXPIRES)
    assert len(list(questions(doubtful, progress=open_page))) == 13


def test_a_clock_that_was_set_back_does_not_stop_the_watch():
    ahead = asked(Progress(), later(100))
    clock = FakeClock(later(100) - timedelta(hours=1))
    assert next_question_at(WAITING, ahead, clock) <= clock.now()
    stopped = replace(WAITING, stopped_at=later(20))
    assert next_question_at(stopped, ahead, clock) <= clock.now()


@pytest.mark.parametrize("took_s", [0.05, 0.3, 5, 24, 60])
def test_a_question_that_took_long_is_not_followed_at_once(took_s):
    """The next one had been planned for a moment that is over by then."""
    closed = of_status(S.EXPIRED, closed_at=later(20))
    progress = asked(Progress(), later(24.9), took_s=took_s)
    due_at = next_question_at(closed, progress, FakeClock(progress.ended_at))
    assert due_at == max(later(25), progress.ended_at + SOON)
    unanswered = asked(Progress(), later(24.9), took_s=took_s, is_answered=False)
    due_at = next_question_at(closed, unanswered, FakeClock(unanswered.ended_at))
    assert due_at - unanswered.ended_at >= SOON


@given(
    charge=charges(),
    started=st.integers(0, 1_000_000),
    took_ms=st.integers(0, 65_000),
    misses=st.integers(0, 50),
    silent_s=st.none() | st.integers(0, 1000),
    is_open=st.booleans(),
    pace=st.sampled_from([NORMAL, LEAN]),
)
def test_there_is_never_a_busy_loop(  # noqa: PLR0917 - drawn by name
    charge, started, took_ms, misses, silent_s, is_open, pace
):
    asked_at = later(started / 10)
    ended_at = asked_at + timedelta(milliseconds=took_ms)
    answered_at = asked_at if misses == 0 else None
    if misses and silent_s is not None:
        answered_at = asked_at - timedelta(seconds=silent_s)
    progress = Progress(
        asked_at=asked_at,
        ended_at=ended_at,
        answered_at=answered_at,
        misses=misses,
        is_watched_closely=is_open,
    )
    due_at = next_question_at(charge, progress, FakeClock(ended_at), pace)
    if due_at is not None and charge.asked_at is None:
        assert due_at - ended_at >= SOON
