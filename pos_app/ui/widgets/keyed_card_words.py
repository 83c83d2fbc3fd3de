"""What the payment page says of a card that was keyed here: there may be no code at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pos_app.services.payment_view import PaymentView, Screen


@dataclass(frozen=True, slots=True)
class KeyedWords:
    """Title and text in place of those of the table; None: the table's."""

    title: object | None
    text: object | None


_NOTHING_TO_DO = QT_TRANSLATE_NOOP(
    "Payment", "You don’t need to do anything. This screen changes by itself."
)
_WAITING = QT_TRANSLATE_NOOP("Payment", "Waiting for the bank’s answer")
_WITH_CODE: Mapping[Screen, KeyedWords] = MappingProxyType({
    Screen.WAITING: KeyedWords(
        None,
        QT_TRANSLATE_NOOP(
            "Payment",
            "The customer scans the code and confirms on the bank’s page. This screen changes by "
            "itself.",
        ),
    ),
})  # fmt: skip
_WITHOUT_CODE: Mapping[Screen, KeyedWords] = MappingProxyType({
    Screen.CREATING: KeyedWords(
        QT_TRANSLATE_NOOP("Payment", "Sending the card to {gateway}…"),
        QT_TRANSLATE_NOOP("Payment", "Usually a few seconds. Don’t take another payment yet."),
    ),
    Screen.CREATE_UNREACHABLE: KeyedWords(
        None,
        QT_TRANSLATE_NOOP(
            "Payment",
            "The card wasn’t sent, so nobody can have paid. Check the network, then key the card "
            "again.",
        ),
    ),
    Screen.WAITING: KeyedWords(_WAITING, _NOTHING_TO_DO),
    Screen.WAITING_LOW: KeyedWords(_WAITING, _NOTHING_TO_DO),
    Screen.NO_ANSWER: KeyedWords(
        None,
        QT_TRANSLATE_NOOP(
            "Payment",
            "The card was sent once, and the payment is safe. This screen can’t see it until the "
            "connection is back. Don’t charge this customer again.",
        ),
    ),
    Screen.STILL_OPEN: KeyedWords(
        QT_TRANSLATE_NOOP("Payment", "Time’s up, but the bank hasn’t answered yet"),
        QT_TRANSLATE_NOOP(
            "Payment", "The payment could still go through. Don’t charge this customer again."
        ),
    ),
    Screen.STOPPED: KeyedWords(
        None,
        QT_TRANSLATE_NOOP(
            "Payment",
            "The payment is still open at {gateway}. If it is paid, we’ll tell you. Don’t charge "
            "this customer again before then.",
        ),
    ),
})  # fmt: skip
_TABLES = KeyedWords(None, None)


def keyed_words(view: PaymentView) -> KeyedWords:
    """Return what is said otherwise than of a payment by a code; nothing for any of those."""
    if not view.charge.is_card_keyed:
        return _TABLES
    table = _WITHOUT_CODE if view.charge.code is None else _WITH_CODE
    return table.get(view.state, _TABLES)


def has_no_code(view: PaymentView) -> bool:
    """Tell whether there never was a code: a keyed card took its place, so far at least."""
    return view.charge.is_card_keyed and view.charge.code is None
