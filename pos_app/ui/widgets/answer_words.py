"""The words of the list of payments that need an answer: status pills and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.charges import Attention, Charge
from pos_app.services.payment_view import Screen

_UNKNOWN = ("warn", "question", QT_TRANSLATE_NOOP("Answers", "Unknown"))
_WAITING = ("info", "clock", QT_TRANSLATE_NOOP("Answers", "Waiting"))
_PAID = ("ok", "check", QT_TRANSLATE_NOOP("Answers", "Paid"))
_DECLINED = ("bad", "close", QT_TRANSLATE_NOOP("Answers", "Declined"))

_PILLS: Mapping[Screen, tuple[str, str, object]] = MappingProxyType({
    Screen.UNKNOWN: _UNKNOWN,
    Screen.CREATE_LOST: _UNKNOWN,
    Screen.CREATE_UNREACHABLE: _UNKNOWN,
    Screen.MISMATCH: ("warn", "warning", QT_TRANSLATE_NOOP("Answers", "Mismatch")),
    Screen.PAID: _PAID,
    Screen.PAID_LATE: _PAID,
    Screen.CANCELLED_PAID: ("warn", "undo", QT_TRANSLATE_NOOP("Answers", "Returning")),
    Screen.DECLINED: _DECLINED,
    Screen.CREATE_REFUSED: _DECLINED,
    Screen.CREATE_NOT_SET_UP: _DECLINED,
    Screen.EXPIRED: ("mute", "clock", QT_TRANSLATE_NOOP("Answers", "Expired")),
    Screen.CANCELLED: ("mute", "circle-close", QT_TRANSLATE_NOOP("Answers", "Cancelled")),
})  # fmt: skip
"""Tone, icon and word; every state that is not here is waiting."""

_MEANINGS: Mapping[Attention, object] = MappingProxyType({
    Attention.PAID_LATE: QT_TRANSLATE_NOOP(
        "Answers", "It was paid after it had been given up. If the customer paid another way too, "
                   "refund one of them."
    ),
    Attention.MAYBE_RETURNED: QT_TRANSLATE_NOOP(
        "Answers", "It was paid and cancelled at the same moment. Don’t hand over the goods on "
                   "this payment."
    ),
    Attention.MISMATCH: QT_TRANSLATE_NOOP(
        "Answers", "The paid amount doesn’t match. Don’t hand over the goods yet. Call a manager."
    ),
    Attention.LIST_DISAGREES: QT_TRANSLATE_NOOP(
        "Answers", "The payment service’s own list says something else about it. Call a manager."
    ),
    Attention.REUSED_REFERENCE: QT_TRANSLATE_NOOP(
        "Answers", "The answer was about an earlier payment. Call a manager."
    ),
    Attention.WATCH_ENDED: QT_TRANSLATE_NOOP(
        "Answers", "There was no final answer for seven days. Call a manager."
    ),
    Attention.STOPPED: QT_TRANSLATE_NOOP(
        "Answers", "You stopped waiting, and the code is still open. Don’t charge this customer "
                   "again before it has expired."
    ),
})  # fmt: skip
"""The gravest first: the first that applies is said."""


def pill_of(state: Screen) -> tuple[str, str, str]:
    """Return tone, icon and word for a payment in `state` (ux.md, section 5)."""
    tone, icon, word = _PILLS.get(state, _WAITING)
    return tone, icon, _said(word)


def meaning_of(charge: Charge) -> str:
    """Return why `charge` is on the list, and what to do about it."""
    for attention, text in _MEANINGS.items():
        if attention in charge.attention:
            return _said(text)
    return _said(
        QT_TRANSLATE_NOOP(
            "Answers",
            "We don’t know yet if this was paid. Don’t charge this customer again until it is "
            "settled. We keep checking.",
        )
    )


def _said(source: object) -> str:
    return QCoreApplication.translate("Answers", str(source))
