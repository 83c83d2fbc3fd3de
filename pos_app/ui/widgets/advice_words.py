"""Cancel or refund, and will it probably be refused: advice in one sentence (ux.md 6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.advice import Advice, Way, Why
from pos_app.domain.charges import Charge
from pos_app.domain.money import Money
from pos_app.services.looking import Look
from pos_app.ui.format import amount_text, clock_text

translate = QCoreApplication.translate

_REFUND: Mapping[Why, object] = MappingProxyType({
    Why.METHOD: QT_TRANSLATE_NOOP(
        "Refund", "Payments by this method can’t be cancelled. They can be refunded."
    ),
    Why.PARTLY_REFUNDED: QT_TRANSLATE_NOOP(
        "Refund", "Part of it has gone back or may have, so the rest can only be refunded."
    ),
    Why.SETTLED: QT_TRANSLATE_NOOP(
        "Refund", "The payment’s day is over, so it can only be refunded."
    ),
    Why.WINDOW_CLOSED: QT_TRANSLATE_NOOP(
        "Refund", "It is too late to cancel this payment. It can be refunded."
    ),
})  # fmt: skip


def refund_hint(advice: Advice, charge: Charge, amount: Money) -> tuple[str, bool]:
    """Return what is said under the pad of the refund dialog; "" for the usual words.

    Args:
        advice: about all that is left of the charge.
        charge: the payment.
        amount: what is keyed; zero at first.

    Returns:
        The words, and whether they warn. They never forbid.
    """
    if amount and advice.estimated is not None and not advice.covers(amount):
        return _no_balance(advice.estimated), True
    if advice.way is Way.CANCEL and amount in {Money.zero(amount.currency), charge.amount}:
        return _cancel(advice), False
    text = _REFUND.get(advice.why)
    return (translate("Refund", str(text)) if text and not amount else ""), False


def gone_hint(look: Look, gateway: str) -> str:
    """Return what is said when more went back than this register knows of."""
    text = translate(
        "Refund",
        "{gateway} says that {gone} of this payment has gone back. {left} can still be refunded.",
    )
    gone = look.standing.refunded + look.more_gone
    return text.format(gateway=gateway, gone=amount_text(gone), left=amount_text(look.left))


def cancel_hint(advice: Advice, gateway: str) -> tuple[str, bool]:
    """Return what is said under the pad of the cancel dialog, and whether it warns."""
    if advice.way is Way.CANCEL:
        return _works_until(advice), False
    text = translate("Refund", "{gateway} will probably say that it is too late to cancel.")
    return text.format(gateway=gateway), True


def _no_balance(estimated: Money) -> str:
    shown = max(estimated, Money.zero(estimated.currency))
    text = translate(
        "Refund",
        "Today’s balance is about {amount}. This refund will probably be refused.",
    )
    return text.format(amount=amount_text(shown))


def _cancel(advice: Advice) -> str:
    first = translate("Refund", "To return all of it, better cancel the whole payment.")
    return f"{first} {_works_until(advice)}"


def _works_until(advice: Advice) -> str:
    if advice.until is None:
        return translate("Refund", "It needs no balance.")
    text = translate("Refund", "That works until about {time} and needs no balance.")
    return text.format(time=clock_text(advice.until))
