"""The three answers of the unknown panel: what happened, what is safe, what to do now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.domain.charges import UnknownReason
from pos_app.domain.methods import METHODS
from pos_app.services.payment_view import PaymentView

translate = QCoreApplication.translate
# lupdate knows this name and collects the sentences behind it.


def happened_text(view: PaymentView) -> str:
    """Return what happened."""
    match view.unknown_reason:
        case UnknownReason.CANCEL_LOST:
            text = translate("Payment", "The cancel request was sent, but the answer was lost.")
        case UnknownReason.DISAGREES:
            text = translate(
                "Payment", "{gateway}’s answer doesn’t fit this sale, so we can’t trust it."
            )
        case UnknownReason.REUSED_REFERENCE:
            text = translate(
                "Payment",
                "{gateway} answered with an earlier payment, so we can’t tell them apart.",
            )
        case _ if view.charge.is_card_keyed and view.charge.code is None:
            text = translate(
                "Payment",
                "The card was sent, but {gateway}’s answer didn’t come, so we can’t see the "
                "result.",
            )
        case _ if view.is_code_unanswered and view.is_not_listed:
            text = translate(
                "Payment",
                "The customer’s code was sent, but the answer was lost. {gateway}’s list doesn’t "
                "have this payment; we looked twice, a minute apart.",
            )
        case _ if view.is_code_unanswered:
            text = translate(
                "Payment",
                "The customer’s code was sent, but the answer was lost. We’re looking for the "
                "payment in {gateway}’s list.",
            )
        case _:
            text = translate(
                "Payment",
                "{gateway} stopped answering after the code was shown, so we can’t see the "
                "result.",
            )
    return text.format(gateway=view.gateway_name)


def safe_text() -> str:
    """Return what is safe."""
    return translate(
        "Payment",
        "The sale is saved. We keep checking in the background, even if you start another sale.",
    )


def to_do_text(view: PaymentView) -> str:
    """Return what to do now."""
    if METHODS[view.charge.method].is_card:
        return translate(
            "Payment",
            "Ask the customer to look for the payment in the bank’s app. Then check again, or put "
            "it aside and call the manager.",
        )
    if view.is_code_unanswered and view.is_not_listed:
        text = translate(
            "Payment",
            "Ask to see the payment in the customer’s {method} app. If it isn’t there either, a "
            "manager can settle that the customer did not pay. Then scan a new code.",
        )
    else:
        text = translate(
            "Payment",
            "Ask to see the payment in the customer’s {method} app. Then check again, or put it "
            "aside and call the manager.",
        )
    return text.format(method=METHODS[view.charge.method].name)
