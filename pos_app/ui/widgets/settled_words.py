"""What the payment page says of a manager's decision, and of a gateway that says otherwise."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pos_app.domain.charges import ChargeDecision
from pos_app.services.payment_view import PaymentView, Screen


def is_settled_unpaid(view: PaymentView) -> bool:
    """Tell whether the page shows a decision that lets the sale be charged again."""
    return view.state is Screen.SETTLED and view.charge.decision is ChargeDecision.NOT_PAID


def settled_title(view: PaymentView) -> object | None:
    """Return the English title of a state that a decision changes; None for all others."""
    if is_settled_unpaid(view):
        return QT_TRANSLATE_NOOP("Payment", "Settled: the customer did not pay")
    if view.state is Screen.MISMATCH and view.charge.is_contradicted:
        return QT_TRANSLATE_NOOP("Payment", "{gateway} says that this wasn’t paid")
    return None


def settled_text(view: PaymentView) -> object | None:
    """Return the English text of such a state, with the names of facts in braces."""
    if is_settled_unpaid(view):
        return QT_TRANSLATE_NOOP(
            "Payment",
            "A manager decided so at {decided}. You can charge this sale again. If the old code "
            "is paid after all, we’ll tell you.",
        )
    if not view.charge.is_contradicted:
        return None
    if view.state is Screen.MISMATCH:
        return QT_TRANSLATE_NOOP(
            "Payment",
            "A manager had decided at {decided} that the customer paid. No money was taken. Call "
            "a manager.",
        )
    if view.state is Screen.PAID_LATE:
        return QT_TRANSLATE_NOOP(
            "Payment",
            "{amount} by {method}, paid {paid}. A manager had decided that it wasn’t paid. If the "
            "customer paid another way too, refund one of them.",
        )
    return None
