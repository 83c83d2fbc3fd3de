"""What the payment page says and offers for a payment: its row of the table, its own case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.gateways import bank_answers, can_cancel
from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import CancelRefusal, PaymentView, Screen
from pos_app.ui.format import amount_text, clock_text, left_text
from pos_app.ui.widgets.keyed_card_words import has_no_code, keyed_words
from pos_app.ui.widgets.payment_table import AGAIN, TABLE, Action, Row
from pos_app.ui.widgets.settled_words import is_settled_unpaid, settled_text, settled_title


@dataclass(frozen=True, slots=True)
class StateWords:
    """What one state says.

    Attributes:
        tone: info, ok, warn or bad: colours of banner and picture.
        icon: name of the icon that goes with the words.
        actions: the first is the primary one, on Enter.
        is_calm: nothing has to be done, so no button is filled.
    """

    title: str
    text: str
    tone: str
    icon: str
    actions: tuple[Action, ...] = ()
    is_calm: bool = False


def words_of(view: PaymentView) -> StateWords:
    """Return what the page says and offers for `view`."""
    row = TABLE[view.state]
    facts = _facts(view)
    keyed = keyed_words(view)
    lost = _LOST if _is_lost(view) else None
    if view.charge.is_customer_presented:
        lost = _OF_THEIR_CODE.get(view.state)
    return StateWords(
        title=_said(settled_title(view) or keyed.title or _title(view, row), facts),
        text=_said(settled_text(view) or keyed.text or lost or _text(view, row), facts),
        tone=row.tone,
        icon=row.icon,
        actions=_actions(view, row),
        is_calm=row.is_calm,
    )


def scan_title(view: PaymentView) -> str:
    """Return the line over the code: how the customer scans it."""
    if METHODS[view.charge.method].is_card:
        return QCoreApplication.translate("Payment", "Scan with the phone camera")
    return _said(QT_TRANSLATE_NOOP("Payment", "Scan with {method}"), _facts(view))


def _title(view: PaymentView, row: Row) -> object:
    if view.state is Screen.DECLINED_HINT and METHODS[view.charge.method].is_card:
        return QT_TRANSLATE_NOOP("Payment", "The bank said no. The same code still works.")
    if view.state is Screen.WAITING and bank_answers(view.charge.gateway):
        return QT_TRANSLATE_NOOP("Payment", "Waiting for the bank’s answer")
    if _is_lost(view):
        return QT_TRANSLATE_NOOP("Payment", "The code was lost on its way")
    return row.title


_OF_THEIR_CODE: Mapping[Screen, object] = MappingProxyType({
    Screen.CREATE_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment",
        "The code wasn’t sent, so nobody can have paid. Check the network, then try again.",
    ),
    Screen.CREATE_REFUSED: QT_TRANSLATE_NOOP(
        "Payment",
        "No money was taken. Ask the customer to refresh the code in the app, then scan it again. "
        "Or choose another method.",
    ),
})  # fmt: skip
"""What a charge by the customer's own code says instead of the text of the table."""


def _text(view: PaymentView, row: Row) -> object:
    is_card = METHODS[view.charge.method].is_card
    match view.state:
        case Screen.CANCEL_REFUSED if view.cancel_again_at is not None:
            return _PLANNED.get(view.cancel_refusal, row.text)
        case Screen.CANCEL_REFUSED:
            return _REFUSALS.get(view.cancel_refusal, row.text)
        case Screen.CANCELLED_PAID if view.returned is None:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "{gateway} may be returning the full {amount}. We’re finding out. Don’t hand over "
                "the goods on this payment.",
            )
        case Screen.MISMATCH if view.charge.received in {None, view.charge.amount}:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "{gateway}’s answer doesn’t fit this sale. Don’t hand over the goods yet. Call a "
                "manager.",
            )
        case Screen.DECLINED if is_card:
            return QT_TRANSLATE_NOOP(
                "Payment",
                "The bank said no. No money was taken. The customer can try again or pay another "
                "way.",
            )
        case _:
            return row.text


_LOST = QT_TRANSLATE_NOOP(
    "Payment",
    "Nobody has seen it, and {gateway} confirms that it wasn’t paid. No money was taken.",
)


def _is_lost(view: PaymentView) -> bool:
    """Tell whether the answer with the code never came, and it was asked about instead."""
    is_ours = not view.charge.is_customer_presented
    return is_ours and view.state is Screen.EXPIRED and view.charge.code is None


_REFUSALS: Mapping[CancelRefusal | None, object] = MappingProxyType({
    CancelRefusal.WINDOW: QT_TRANSLATE_NOOP(
        "Payment", "Not in the cancelling window. The payment is unchanged and may still be paid."
    ),
    CancelRefusal.UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment", "{gateway} couldn’t be reached. The payment is unchanged and may still be paid."
    ),
})  # fmt: skip
_PLANNED: Mapping[CancelRefusal | None, object] = MappingProxyType({
    CancelRefusal.WINDOW: QT_TRANSLATE_NOOP(
        "Payment",
        "Not in the cancelling window. The payment is unchanged and may still be paid. We’ll try "
        "again at {again}.",
    ),
    CancelRefusal.UNREACHABLE: QT_TRANSLATE_NOOP(
        "Payment",
        "{gateway} couldn’t be reached. The payment is unchanged and may still be paid. We’ll try "
        "again at {again}.",
    ),
})  # fmt: skip
"""The same while the cancel is tried again by itself."""


def _actions(view: PaymentView, row: Row) -> tuple[Action, ...]:
    if view.state is Screen.CREATING and view.can_stop_create and not has_no_code(view):
        return (Action.STOP_CREATE,)
    if is_settled_unpaid(view):
        return AGAIN
    if view.state is Screen.CANCELLED_PAID and view.returned is not None:
        slip = (Action.PRINT_SLIP,) if view.returned.has_slip else ()
        return (*slip, Action.BACK_TO_SALE)
    if view.charge.is_customer_presented:
        return _by_their_code(view, row)
    return _possible(view, row)


def _by_their_code(view: PaymentView, row: Row) -> tuple[Action, ...]:
    """Return what can be done about a charge by the customer's code: it is scanned afresh."""
    if view.charge.is_unanswered:
        return ()
    if view.state is Screen.CREATE_REFUSED:
        return (Action.SCAN, *row.actions)
    again = {Action.NEW_CODE: Action.SCAN, Action.RETRY_CREATE: Action.SCAN}
    return tuple(again.get(action, action) for action in _possible(view, row))


def _possible(view: PaymentView, row: Row) -> tuple[Action, ...]:
    if can_cancel(view.charge.gateway, view.charge.method):
        return row.actions
    return tuple(Action.STOP if action is Action.CANCEL else action for action in row.actions)


def _facts(view: PaymentView) -> dict[str, str]:
    charge = view.charge
    return {
        "gateway": view.gateway_name,
        "method": METHODS[charge.method].name,
        "amount": amount_text(charge.amount),
        "received": amount_text(charge.received) if charge.received else "",
        "left": left_text(view.seconds_left or 0),
        "again": clock_text(view.cancel_again_at) if view.cancel_again_at else "",
        "paid": clock_text(charge.paid_at) if charge.paid_at else "",
        "decided": clock_text(charge.decided_at) if charge.decided_at else "",
    }


def _said(source: object, facts: dict[str, str]) -> str:
    return QCoreApplication.translate("Payment", str(source)).format(**facts)
