"""What can be done about a payment, by its status (ux.md 6.4)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.charges import Attention
from pos_app.domain.history import HistoryStatus

if TYPE_CHECKING:
    from pos_app.services.history import HistoryDetail

_S = HistoryStatus
_ASKED_AGAIN = frozenset({
    _S.UNKNOWN,
    _S.STOPPED,
    _S.MISMATCH,
    _S.CALLED_PAID,
    _S.CALLED_NOT_PAID,
})  # fmt: skip


class DetailAct(StrEnum):
    """The buttons of the detail panel."""

    REFUND = "refund"
    """Give a part or the whole back."""
    CANCEL_PAID = "cancel_paid"
    """Return the whole by cancelling it."""
    OPEN = "open"
    """Go to its payment page."""
    CHECK = "check"
    """Ask the gateway about the payment."""
    CHECK_REFUND = "check_refund"
    """Find out what became of its refund; never sends it again."""
    SETTLE = "settle"
    """A manager says what became of it; moves no money."""
    PRINT = "print"
    """Its receipt, as a copy when it was printed before."""
    SEEN = "seen"
    """A person has looked at a late payment."""


def acts_of(detail: HistoryDetail) -> tuple[DetailAct, ...]:
    """Return what is offered about a payment; the first is the primary one."""
    wanted = _by_status(detail)
    is_late = Attention.PAID_LATE in detail.charge.attention
    can = {
        DetailAct.REFUND: detail.can_refund,
        DetailAct.CANCEL_PAID: detail.can_cancel_paid,
        DetailAct.OPEN: detail.can_open,
        DetailAct.CHECK: detail.charge.gateway_id is not None,
        DetailAct.CHECK_REFUND: detail.open_refund is not None,
        DetailAct.SETTLE: detail.can_settle,
        DetailAct.PRINT: detail.can_print,
        DetailAct.SEEN: is_late,
    }
    return tuple(act for act in wanted if can[act])


def _by_status(detail: HistoryDetail) -> tuple[DetailAct, ...]:
    act = DetailAct
    if detail.status in _ASKED_AGAIN:
        return act.CHECK, act.SETTLE, act.OPEN
    match detail.status:
        case HistoryStatus.WAITING:
            return act.OPEN, act.CHECK, act.SETTLE
        case HistoryStatus.PAID | HistoryStatus.PART_REFUNDED:
            return act.REFUND, act.PRINT, act.CHECK, act.CANCEL_PAID, act.SETTLE, act.SEEN
        case HistoryStatus.REFUND_UNKNOWN:
            return act.CHECK_REFUND, act.SETTLE, act.PRINT
        case HistoryStatus.RETURNING:
            return act.CHECK, act.SETTLE, act.PRINT
        case _:
            return act.PRINT, act.SETTLE
