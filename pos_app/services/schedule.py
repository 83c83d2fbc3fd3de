"""When to ask the gateway about a charge again: a pure function of charge, progress and time.

The figures are those of speed.md ("Customer pays → Paid on the screen") and of design.md,
promise 6 (the sparse watch of late money).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_app.domain.charges import CLOSED_UNPAID, Attention, Charge, ChargeStatus, UnknownReason
from pos_app.domain.refunds import Refund, RefundStatus
from pos_app.services.clock import Clock, day_end
from pos_app.services.payment_view import Progress


def _s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to ask while the code can be paid.

    Attributes:
        first: when the first question for a payment is sent, after the code was shown.
        steps: (until, every): until that age of the code, ask that often; the last goes on.
    """

    first: timedelta
    steps: tuple[tuple[timedelta, timedelta], ...]

    def every(self, age: timedelta) -> timedelta:
        """Return the time between two questions when the code is `age` old."""
        return next((every for until, every in self.steps if age < until), self.steps[-1][1])


NORMAL = Pace(
    _s(3.5), ((_s(45), _s(1)), (_s(90), _s(2)), (_s(150), _s(5)), (timedelta.max, _s(10)))
)
"""The default of speed.md, with one question more at the very start (see `_while_payable`) and
half a second later for the next, which keeps it under 15 questions for each paid charge."""
LEAN = Pace(_s(3.5), ((_s(30), _s(2)), (_s(60), _s(3)), (_s(120), _s(5)), (timedelta.max, _s(10))))
"""p95 2.2 s at 8.9 questions, the one at the very start among them: when notices arrive, or the
store's budget is short."""

BACK_OFF = tuple(map(_s, (2, 4, 8, 15, 30)))
"""Between questions that bring no answer, while somebody may be waiting for it."""
BACK_OFF_LATER = (*BACK_OFF, *map(_s, (60, 120, 300, 900)))
"""The same when nobody stands at the counter any more."""
BETWEEN = _s(0.5)
"""Whatever else is planned: from the end of one question to the next."""
CONFIRMING_EVERY = _s(3)
"""While the customer has to confirm on the phone (citcon.md, "In-Store API")."""
NEAR_THE_END = _s(1)
"""So close to the end of the code's life only the last question is asked, right at the end."""
STILL_OPEN_EVERY = _s(10)
"""The page is open, the code's life is over and the gateway still calls it open."""
UNKNOWN_AFTER = _s(60)
"""So long without an answer, and the payment is UNKNOWN (ux.md 6.3)."""
COUNTER_TIME = timedelta(minutes=10)
"""After the code's life somebody may still stand there for so long."""
SPARSE = tuple(map(_s, (5, 30, 2 * 60, 15 * 60, 60 * 60)))
"""After expiry, stop or cancel; then the day's end, then daily (promise 6)."""
SPARSE_DAYS = 7
LOST_AFTER = timedelta(minutes=2)
"""No call to a gateway takes as long: a refund requested earlier, by any till, has no answer."""
LOOKS_FOR_CODE = (*SPARSE[:2], SPARSE[1] + _s(35), *SPARSE[2:])
"""Into the list, for a customer's code without an answer; the third look comes a minute after the
first, before which "not there" says nothing at all (citcon.md, "In-Store API")."""
LOOKS = (_s(1), *SPARSE)
"""After a payment that landed around our cancel: into the list, for its return."""


def next_question_at(
    charge: Charge, progress: Progress, clock: Clock, pace: Pace = NORMAL
) -> datetime | None:
    """Return when to ask next, an instant in the past when it is overdue; None: never again.

    A charge whose create has not been answered and whose sale was left is "asked about" by
    sending the same create again: its code is never shown, so nobody can pay it.

    A last question that ended in the future tells that the clock was set back: it is asked now,
    and the plan goes on from there.
    """
    planned = _or_cancel(_planned(charge, progress, clock, pace), charge, progress)
    if planned is None or progress.ended_at is None:
        return planned
    now = clock.now()
    return now if progress.ended_at > now else max(planned, progress.ended_at + BETWEEN)


def _or_cancel(planned: datetime | None, charge: Charge, progress: Progress) -> datetime | None:
    """Return the earlier of the next question and the cancel that is tried again, if it is."""
    again_at = progress.cancel_again_at
    if again_at is None or not charge.can_cancel:
        return planned
    if progress.asked_at is not None and progress.asked_at >= again_at:
        return planned
    return min(planned, again_at) if planned else again_at


def _planned(  # noqa: PLR0911 - one return a rule
    charge: Charge, progress: Progress, clock: Clock, pace: Pace
) -> datetime | None:
    if charge.is_paid:
        return _return_at(charge, progress, clock)
    if charge.status is ChargeStatus.REFUSED:
        return None
    if charge.gateway_id is None:
        return _without_id(charge, progress, clock)
    if charge.unknown_reason is UnknownReason.REUSED_REFERENCE:
        return None
    if charge.status in CLOSED_UNPAID:
        return _sparse_at(charge, charge.closed_at or charge.created_at, progress, clock)
    expires_at = charge.code_expires_at or charge.created_at
    given_up_at = charge.left_at or charge.stopped_at
    if given_up_at is not None:
        return _given_up(charge, given_up_at, expires_at, progress, clock)
    if progress.asked_at is None or progress.asked_at < expires_at:
        planned = _while_payable(charge, progress, pace)
        return planned if planned <= expires_at - NEAR_THE_END else expires_at
    return _after_life(charge, expires_at, progress, clock)


def next_refund_question_at(refund: Refund, progress: Progress, clock: Clock) -> datetime | None:
    """Return when to ask next what became of a refund that is watched; None: never again.

    The sparse watch of promise 6, from when it was requested. One whose request may still be on
    its way at another till is left alone until it must have lost its answer.

    Args:
        refund: as it is on disk.
        progress: of its charge; counts the questions that did not leave.
        clock: one that was set back is asked by at once, and the plan goes on from there.
    """
    now, asked_at = clock.now(), refund.asked_at or refund.requested_at
    steps = tuple(_sparse(refund.requested_at, clock, SPARSE))
    planned = next((at for at in steps if at > asked_at), None)
    if planned is None:
        return None
    if asked_at > now:
        planned = now
    if refund.status is RefundStatus.REQUESTED:
        planned = max(planned, refund.requested_at + LOST_AFTER)
    if not progress.misses or progress.ended_at is None or progress.ended_at > now:
        return planned
    if now >= steps[-1]:
        return None
    return max(planned, progress.ended_at + _pause(refund.charge_id, progress, BACK_OFF_LATER))


def is_silent_too_long(charge: Charge, progress: Progress) -> bool:
    """Tell whether a WAITING charge has become UNKNOWN: no answer for a minute, or at the end."""
    if not progress.misses or progress.asked_at is None or charge.shown_at is None:
        return False
    silent_since = progress.answered_at or charge.shown_at
    is_over = charge.code_expires_at is not None and progress.asked_at >= charge.code_expires_at
    return is_over or progress.asked_at - silent_since >= UNKNOWN_AFTER


def back_off(charge: Charge, progress: Progress, steps: tuple[timedelta, ...]) -> timedelta:
    """Return the pause after `progress.misses` unanswered questions.

    Jitter of at most a fifth, fixed by charge and miss, keeps tills from asking in step.
    """
    return _pause(charge.id, progress, steps)


def _pause(charge_id: int, progress: Progress, steps: tuple[timedelta, ...]) -> timedelta:
    pause = steps[min(max(progress.misses, 1), len(steps)) - 1]
    jitter = (charge_id * 7 + progress.misses * 13) % 20
    return pause * (100 - jitter) / 100


def _return_at(charge: Charge, progress: Progress, clock: Clock) -> datetime | None:
    """Return when to look in the gateway's list whether our cancel has returned the payment."""
    paid_at = charge.paid_at
    if paid_at is None or Attention.MAYBE_RETURNED not in charge.attention:
        return None
    asked_at = max(filter(None, (progress.asked_at, charge.asked_at)), default=paid_at)
    return next((at for at in _sparse(paid_at, clock, LOOKS) if at > asked_at), None)


def _while_payable(charge: Charge, progress: Progress, pace: Pace) -> datetime:
    """Return the next question within the code's life.

    The first is asked the moment the code appears: an answer "paid" to it tells that the gateway
    gave us an earlier transaction, before this customer can have paid (promise 2).
    """
    start = charge.shown_at or charge.created_at
    ended_at = progress.ended_at
    if ended_at is None:
        return start
    if progress.misses:
        again = ended_at + back_off(charge, progress, BACK_OFF)
        if charge.status is not ChargeStatus.WAITING:
            return again
        decided_at = (progress.answered_at or start) + UNKNOWN_AFTER
        return max(min(again, decided_at), ended_at + BACK_OFF[0] / 2)
    if charge.is_customer_presented:
        return ended_at + CONFIRMING_EVERY
    return max(start + pace.first, ended_at + pace.every(ended_at - start))


def _given_up(
    charge: Charge, since: datetime, expires_at: datetime, progress: Progress, clock: Clock
) -> datetime | None:
    """Return the next sparse question, and one at the end of the code's life."""
    planned = _sparse_at(charge, since, progress, clock)
    asked_at = max(filter(None, (progress.asked_at, charge.asked_at)), default=since)
    if asked_at >= expires_at:
        return planned
    return min(planned, expires_at) if planned else expires_at


def _after_life(
    charge: Charge, expires_at: datetime, progress: Progress, clock: Clock
) -> datetime | None:
    ended_at = progress.ended_at or expires_at
    if charge.unknown_reason is not UnknownReason.DISAGREES:
        if progress.misses and ended_at < expires_at + COUNTER_TIME:
            return ended_at + back_off(charge, progress, BACK_OFF)
        if progress.is_watched_closely and not progress.misses:
            return ended_at + STILL_OPEN_EVERY
    return _sparse_at(charge, expires_at, progress, clock)


def _without_id(charge: Charge, progress: Progress, clock: Clock) -> datetime | None:
    """Return when to look for a customer's code in the list, or to create or find out again."""
    if charge.is_card_keyed:
        return _find_card_at(charge, progress)
    if not charge.is_customer_presented:
        return _create_again_at(charge, progress)
    if not charge.is_living:
        return None
    return _sparse_at(charge, charge.created_at, progress, clock, LOOKS_FOR_CODE)


def _find_card_at(charge: Charge, progress: Progress) -> datetime | None:
    """Return when to ask about a keyed card of whose one request nothing could be written down."""
    is_asked_about = charge.status is ChargeStatus.CREATED and charge.not_sent_at is None
    if not (is_asked_about and progress.may_be_sent):
        return None
    if progress.ended_at is None:
        return charge.created_at
    return progress.ended_at + back_off(charge, progress, BACK_OFF_LATER)


def _create_again_at(charge: Charge, progress: Progress) -> datetime | None:
    if charge.left_at is None or charge.status is not ChargeStatus.CREATED:
        return None
    if progress.ended_at is None:
        return charge.left_at
    return progress.ended_at + back_off(charge, progress, BACK_OFF_LATER)


def _sparse_at(
    charge: Charge,
    base: datetime,
    progress: Progress,
    clock: Clock,
    offsets: tuple[timedelta, ...] = SPARSE,
) -> datetime | None:
    asked_at = max(filter(None, (progress.asked_at, charge.asked_at)), default=base)
    planned = next((at for at in _sparse(base, clock, offsets) if at > asked_at), None)
    if not progress.misses:
        return planned
    again = (progress.ended_at or asked_at) + back_off(charge, progress, BACK_OFF_LATER)
    return min(planned, again) if planned else again


def _sparse(base: datetime, clock: Clock, offsets: tuple[timedelta, ...]) -> Iterator[datetime]:
    for offset in offsets:
        yield base + offset
    end = day_end(clock, base + offsets[-1])
    for days in range(SPARSE_DAYS + 1):
        yield end + timedelta(days=days)
