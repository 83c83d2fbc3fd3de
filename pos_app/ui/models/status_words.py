"""Status pills: tone, icon and word of each status of a payment (ux.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.history import HistoryStatus


class PillLook(NamedTuple):
    """What a pill shows.

    Attributes:
        tone: info, ok, warn, bad or mute.
        icon: name of the icon.
        word: translated.
    """

    tone: str
    icon: str
    word: str


_LOOKS: Mapping[HistoryStatus, tuple[str, str, object]] = MappingProxyType({
    HistoryStatus.WAITING: ("info", "clock", QT_TRANSLATE_NOOP("Status", "Waiting")),
    HistoryStatus.STOPPED: ("warn", "stop", QT_TRANSLATE_NOOP("Status", "Stopped")),
    HistoryStatus.UNKNOWN: ("warn", "question", QT_TRANSLATE_NOOP("Status", "Unknown")),
    HistoryStatus.MISMATCH: ("warn", "warning", QT_TRANSLATE_NOOP("Status", "Mismatch")),
    HistoryStatus.CALLED_PAID: ("mute", "shield", QT_TRANSLATE_NOOP("Status", "Called paid")),
    HistoryStatus.CALLED_NOT_PAID: (
        "mute", "shield", QT_TRANSLATE_NOOP("Status", "Called not paid")
    ),
    HistoryStatus.PAID: ("ok", "check", QT_TRANSLATE_NOOP("Status", "Paid")),
    HistoryStatus.PART_REFUNDED: ("info", "undo", QT_TRANSLATE_NOOP("Status", "Part refunded")),
    HistoryStatus.REFUNDED: ("mute", "undo", QT_TRANSLATE_NOOP("Status", "Refunded")),
    HistoryStatus.REFUND_UNKNOWN: (
        "warn", "question", QT_TRANSLATE_NOOP("Status", "Refund unknown")
    ),
    HistoryStatus.RETURNING: ("warn", "undo", QT_TRANSLATE_NOOP("Status", "Returning")),
    HistoryStatus.EXPIRED: ("mute", "clock", QT_TRANSLATE_NOOP("Status", "Expired")),
    HistoryStatus.CANCELLED: ("mute", "circle-close", QT_TRANSLATE_NOOP("Status", "Cancelled")),
    HistoryStatus.DECLINED: ("bad", "close", QT_TRANSLATE_NOOP("Status", "Declined")),
    HistoryStatus.REFUSED: ("bad", "close", QT_TRANSLATE_NOOP("Status", "Refused")),
})  # fmt: skip
"""In the order of the status filter's list: what is open first, then paid, then closed."""

STATUSES = tuple(_LOOKS)

TAKEN = frozenset({
    HistoryStatus.PAID,
    HistoryStatus.PART_REFUNDED,
    HistoryStatus.REFUNDED,
    HistoryStatus.REFUND_UNKNOWN,
    HistoryStatus.RETURNING,
})  # fmt: skip
"""The gateway has confirmed that the money came."""

CLOSED_UNPAID = frozenset({
    HistoryStatus.CALLED_NOT_PAID,
    HistoryStatus.EXPIRED,
    HistoryStatus.CANCELLED,
    HistoryStatus.DECLINED,
    HistoryStatus.REFUSED,
})  # fmt: skip
"""No money came, by the gateway's word or a manager's: the amount is told in grey."""


def pill_of(status: HistoryStatus) -> PillLook:
    """Return the pill of a payment in `status`. On any thread."""
    tone, icon, word = _LOOKS[status]
    return PillLook(tone, icon, QCoreApplication.translate("Status", str(word)))
