"""What the payment page shows: one small value, computed from charge, progress and time.

The states are those of ux.md 6.3. Nothing here asks, writes or waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_app.domain.charges import Attention, Charge, ChargeStatus, UnknownReason
from pos_app.domain.refunds import Refund

LOW = timedelta(seconds=60)
"""The last minute of a code's life is `waitingLow`."""
MISSES_SHOWN = 2
"""Unanswered questions in a row before the screen says "No answer"."""
SECOND_LOOK = timedelta(seconds=60)
"""A service's list may be a minute late (citcon.md, "In-Store API")."""
STOP_AFTER = timedelta(seconds=10)
"""How long the code may be in the making before "Stop" is offered."""


class Screen(StrEnum):
    """States of the payment page; the values are the ids of ux.md 6.3."""

    CREATING = "creating"
    CREATE_UNREACHABLE = "createUnreachable"
    CREATE_LOST = "createLost"
    CREATE_REFUSED = "createRefused"
    CREATE_NOT_SET_UP = "createNotSetUp"
    WAITING = "waiting"
    WAITING_LOW = "waitingLow"
    NO_ANSWER = "noAnswer"
    LAST_CHECK = "lastCheck"
    STILL_OPEN = "stillOpen"
    PAID = "paid"
    PAID_LATE = "paidLate"
    DECLINED_HINT = "declinedHint"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    CANCELLED_PAID = "cancelledPaid"
    CANCEL_REFUSED = "cancelRefused"
    STOPPED = "stopped"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"
    RESUMED = "resumed"
    CUSTOMER_CONFIRMING = "customerConfirming"
    """By the customer's own code (ux.md 6.11)."""
    CODE_EXPIRED = "codeExpired"
    """As above: it was too old."""
    SETTLED = "settled"
    """Beside the list of ux.md: a manager has said by hand whether it was paid."""


CODE_ON_SCREEN = frozenset({
    Screen.WAITING,
    Screen.WAITING_LOW,
    Screen.NO_ANSWER,
    Screen.STILL_OPEN,
    Screen.DECLINED_HINT,
    Screen.CANCEL_REFUSED,
})  # fmt: skip
"""States in which the code may be painted: the payment is payable and not unknown."""


class Said(StrEnum):
    """What one question brought, for the list of checks."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    DECLINED = "declined"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    NOT_LISTED = "not_listed"
    """There is a list, and the payment is not in it. It proves nothing."""


class CancelRefusal(StrEnum):
    """Why a cancel did not happen; the payment is unchanged."""

    WINDOW = "window"
    """The gateway: not in the cancelling window."""
    FAILED = "failed"
    """The gateway: cancelling failed."""
    UNREACHABLE = "unreachable"
    """The gateway could not be asked, so nothing was sent."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the gateway and what it brought."""

    at: datetime
    said: Said


@dataclass(frozen=True, slots=True)
class Progress:
    """What this program is doing about a charge right now; memory only, gone with the process.

    Attributes:
        sending_since: when the create in flight began; None when none is.
        is_resuming: picked up at start and not asked about yet.
        is_cancelling: a cancel is under way.
        cancel_refusal: why the last cancel did not happen; None after Keep waiting.
        cancel_again_at: when the cancel is tried again by itself; None when it is not planned.
        returned: the cancel that has sent the whole payment back; None: none, or not known.
        misses: questions in a row without a trustworthy answer.
        asked_at: when the last question was sent.
        ended_at: when the last question was answered or given up.
        answered_at: when the last answered question had been sent.
        next_at: when the next question is due; None when none is planned.
        checks: newest first, at most `CHECKS_KEPT`.
        is_watched_closely: its page is open.
        may_be_sent: a create of it may have reached the gateway; False only for a charge that
            this process made and whose every try was proven not to have left.
    """

    sending_since: datetime | None = None
    is_resuming: bool = False
    is_cancelling: bool = False
    cancel_refusal: CancelRefusal | None = None
    cancel_again_at: datetime | None = None
    returned: Refund | None = None
    misses: int = 0
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    answered_at: datetime | None = None
    next_at: datetime | None = None
    checks: tuple[Check, ...] = ()
    is_watched_closely: bool = False
    may_be_sent: bool = True


CHECKS_KEPT = 12


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Everything the payment page shows.

    Attributes:
        code: what to paint as QR code; None: nothing payable may be on the screen.
        seconds_left: of the code's expected life, at least 0; None without a code.
        life_s: the code's expected whole life in seconds, for the ring.
        last_check_at: when the last answered question was sent.
        checks: newest first.
        cancel_again_at: when a refused cancel is tried again by itself; None: it is not.
        returned: of a paid charge, the cancel that has sent all of it back; None in
            `CANCELLED_PAID`: that is in doubt. Its slip: see `Refund.has_slip`.
        can_stop_create: the code has been in the making for so long that Stop is offered.
    """

    state: Screen
    charge: Charge
    gateway_name: str
    cashier: str
    item_count: int
    is_training: bool
    code: str | None
    seconds_left: int | None
    life_s: int
    last_check_at: datetime | None
    next_check_at: datetime | None
    checks: tuple[Check, ...]
    cancel_refusal: CancelRefusal | None
    cancel_again_at: datetime | None
    returned: Refund | None
    can_cancel: bool
    can_stop_create: bool

    @property
    def unknown_reason(self) -> UnknownReason | None:
        """Why the outcome is unknown, where it is."""
        return self.charge.unknown_reason

    @property
    def is_code_unanswered(self) -> bool:
        """Whether a customer's code was sent and nothing of it has been seen since."""
        return self.charge.is_customer_presented and self.charge.gateway_id is None

    @property
    def is_not_listed(self) -> bool:
        """Whether the service's list did not have the payment at two looks a minute apart."""
        looks = [check.at for check in self.checks if check.said is Said.NOT_LISTED]
        return bool(looks) and looks[0] - looks[-1] >= SECOND_LOOK


def screen_of(charge: Charge, progress: Progress, now: datetime) -> Screen:  # noqa: PLR0911 - a table
    """Tell which state of ux.md 6.3 a charge is in."""
    if progress.is_resuming and charge.is_living:
        return Screen.RESUMED
    if Attention.MISMATCH in charge.attention:
        return Screen.MISMATCH
    if Attention.REUSED_REFERENCE in charge.attention:
        return Screen.UNKNOWN
    if charge.is_living and charge.is_decided:
        return Screen.SETTLED
    match charge.status:
        case ChargeStatus.CREATED:
            return _created(charge, progress)
        case ChargeStatus.WAITING | ChargeStatus.UNKNOWN if progress.is_cancelling:
            return Screen.CANCELLING
        case ChargeStatus.WAITING:
            return _waiting(charge, progress, now)
        case ChargeStatus.PAID:
            return _paid(charge, progress)
        case ChargeStatus.REFUSED if charge.is_not_set_up:
            return Screen.CREATE_NOT_SET_UP
        case status:
            return _by_their_code(charge) or _PLAIN[status]


def _by_their_code(charge: Charge) -> Screen | None:
    """Tell how a charge by the customer's code ended where it did so otherwise than by ours."""
    if not charge.is_customer_presented:
        return None
    if charge.status is ChargeStatus.EXPIRED and charge.gateway_id is None:
        return Screen.CODE_EXPIRED
    is_unsent = charge.status is ChargeStatus.CANCELLED and charge.not_sent_at is not None
    return Screen.CREATE_UNREACHABLE if is_unsent else None


_PLAIN = {
    ChargeStatus.UNKNOWN: Screen.UNKNOWN,
    ChargeStatus.REFUSED: Screen.CREATE_REFUSED,
    ChargeStatus.DECLINED: Screen.DECLINED,
    ChargeStatus.EXPIRED: Screen.EXPIRED,
    ChargeStatus.CANCELLED: Screen.CANCELLED,
}


def payment_view(
    charge: Charge,
    progress: Progress,
    now: datetime,
    *,
    gateway_name: str,
    cashier: str,
    item_count: int,
    is_training: bool,
) -> PaymentView:
    """Put together what the page shows at `now`."""
    state = screen_of(charge, progress, now)
    sending = progress.sending_since
    return PaymentView(
        state=state,
        charge=charge,
        gateway_name=gateway_name,
        cashier=cashier,
        item_count=item_count,
        is_training=is_training,
        code=charge.code if state in CODE_ON_SCREEN and charge.left_at is None else None,
        seconds_left=_seconds_left(charge, now),
        life_s=_life_s(charge),
        last_check_at=progress.answered_at,
        next_check_at=progress.next_at,
        checks=progress.checks,
        cancel_refusal=progress.cancel_refusal,
        cancel_again_at=progress.cancel_again_at,
        returned=progress.returned,
        can_cancel=charge.can_cancel,
        can_stop_create=sending is not None and now - sending >= STOP_AFTER,
    )


def _created(charge: Charge, progress: Progress) -> Screen:
    if charge.is_customer_presented:
        return Screen.CUSTOMER_CONFIRMING
    if progress.sending_since is not None:
        return Screen.CREATING
    if charge.is_card_keyed:
        is_proven = charge.is_surely_not_sent or not progress.may_be_sent
        return Screen.CREATE_UNREACHABLE if is_proven else Screen.UNKNOWN
    return Screen.CREATE_UNREACHABLE if charge.is_surely_not_sent else Screen.CREATE_LOST


def _waiting(charge: Charge, progress: Progress, now: datetime) -> Screen:
    if charge.stopped_at is not None:
        return Screen.STOPPED
    if progress.cancel_refusal is not None:
        return Screen.CANCEL_REFUSED
    expires_at = charge.code_expires_at
    if expires_at is not None and now >= expires_at:
        was_asked = progress.answered_at is not None and progress.answered_at >= expires_at
        return Screen.STILL_OPEN if was_asked else Screen.LAST_CHECK
    return _payable(charge, progress, now)


def _payable(charge: Charge, progress: Progress, now: datetime) -> Screen:
    if progress.misses >= MISSES_SHOWN:
        return Screen.NO_ANSWER
    if charge.declined_hint_at is not None:
        return Screen.DECLINED_HINT
    if charge.is_customer_presented:
        return Screen.CUSTOMER_CONFIRMING
    is_low = charge.code_expires_at is not None and charge.code_expires_at - now <= LOW
    return Screen.WAITING_LOW if is_low else Screen.WAITING


def _paid(charge: Charge, progress: Progress) -> Screen:
    if Attention.MAYBE_RETURNED in charge.attention or progress.returned is not None:
        return Screen.CANCELLED_PAID
    return Screen.PAID_LATE if Attention.PAID_LATE in charge.attention else Screen.PAID


def _seconds_left(charge: Charge, now: datetime) -> int | None:
    if charge.code_expires_at is None:
        return None
    return max(0, -int((now - charge.code_expires_at) // timedelta(seconds=1)))


def _life_s(charge: Charge) -> int:
    if charge.code_expires_at is None or charge.shown_at is None:
        return 0
    return int((charge.code_expires_at - charge.shown_at).total_seconds())
