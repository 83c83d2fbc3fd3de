"""What the attention bar says of a refund whose answer came later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.domain.refunds import Refund, RefundStatus
from pos_app.ui.format import amount_text

translate = QCoreApplication.translate

_LATER = frozenset({RefundStatus.UNKNOWN, RefundStatus.PENDING})


def refund_news(before: Refund | None, after: Refund, gateway: str) -> tuple[str, str] | None:
    """Return tone and words of a change that a person should know of; None for all others.

    Args:
        before: the refund as it was; None when it is new.
        after: what it has become.
        gateway: the gateway's own name.
    """
    if before is None or before.status is after.status or before.status not in _LATER:
        return None
    tone = "info"
    if after.is_contradicted:
        tone = "warn"
        text = translate(
            "Attention",
            "{gateway} says otherwise of the refund {reference} than a manager · {amount}",
        )
    elif after.status is RefundStatus.DONE:
        text = translate("Attention", "The refund {reference} has gone out · {amount}")
    else:
        text = translate("Attention", "The refund {reference} has not gone out · {amount}")
    text = text.replace("{gateway}", gateway).replace("{reference}", after.short_reference)
    return tone, text.replace("{amount}", amount_text(after.amount))
