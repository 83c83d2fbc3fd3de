"""The words that the Sell page has for payment methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.currencies import mark
from pos_app.domain.gateways import Missing
from pos_app.domain.methods import MethodTraits

if TYPE_CHECKING:
    from pos_app.services.catalogue import MethodChoice

translate = QCoreApplication.translate

_NAMES = (
    QT_TRANSLATE_NOOP("Methods", "Alipay"),
    QT_TRANSLATE_NOOP("Methods", "WeChat Pay"),
    QT_TRANSLATE_NOOP("Methods", "Alipay HK"),
    QT_TRANSLATE_NOOP("Methods", "UnionPay"),
    QT_TRANSLATE_NOOP("Methods", "Card"),
    QT_TRANSLATE_NOOP("Methods", "DANA"),
    QT_TRANSLATE_NOOP("Methods", "GCash"),
    QT_TRANSLATE_NOOP("Methods", "JKOPay"),
    QT_TRANSLATE_NOOP("Methods", "Kakao Pay"),
)
"""Marked for the translators; `domain.methods` is where the names come from."""


def method_name(traits: MethodTraits) -> str:
    """Return the method's name in the interface's language."""
    return translate("Methods", traits.name)


def off_words(reason: str, currency: str) -> str:
    """Return why a method is off, as it stands under its name.

    Args:
        reason: `MethodChoice.off_reason`, or "currency" where the sale is in another one; ""
            gives no words.
        currency: ISO 4217 code that the method takes.
    """
    words = {
        "currency": translate("Methods", "{currency} only").format(currency=mark(currency)),
        "training": translate("Methods", "Off in training"),
        "gateway": translate("Methods", "Another service"),
        "decimals": translate("Methods", "Not in {currency}").format(currency=mark(currency)),
        Missing.ACTIVATION: translate("Methods", "Not activated"),
        Missing.SECRETS: translate("Methods", "Key not readable"),
        Missing.USABLE_TOKEN: translate("Methods", "Key not usable"),
    }
    not_set_up = translate("Methods", "Not set up") if reason else ""
    return words.get(reason, not_set_up)


def off_advice(choice: MethodChoice) -> str:
    """Return why this register cannot use a method, and what helps; empty where it can."""
    words = {
        "gateway": translate(
            "Methods",
            "{service} doesn’t take {method}. A manager can choose another service in Settings.",
        ),
        "decimals": translate(
            "Methods",
            "{service} doesn’t take {currency}. A manager can change that in Settings.",
        ),
        Missing.TOKEN: translate(
            "Methods", "{service} has no token on this register. A manager can add it in Settings."
        ),
        Missing.ACTIVATION: translate(
            "Methods",
            "This register isn’t activated at {service}. A manager can do that in Settings.",
        ),
        Missing.SECRETS: translate(
            "Methods",
            "This register can’t read the token of {service}. A manager can look in Settings.",
        ),
        Missing.DETAILS: translate(
            "Methods",
            "The settings of {service} aren’t complete. A manager can complete them.",
        ),
        Missing.USABLE_TOKEN: translate(
            "Methods",
            "The token of {service} can’t be right. A manager can replace it in Settings.",
        ),
    }
    other = translate("Methods", "{service} isn’t set up on this register. Call a manager.")
    return words.get(choice.off_reason, other if choice.off_reason else "").format(
        service=choice.service,
        method=method_name(choice.traits),
        currency=mark(choice.currency),
    )


def how_to_pay(traits: MethodTraits, *, can_cancel: bool) -> tuple[str, str]:
    """Return what the customer does with this method, and what the cashier can still do."""
    if traits.is_card:
        return translate(
            "Methods",
            "The customer scans the code with the phone camera and types the card on their phone.",
        ), ""
    first = translate("Methods", "The customer scans the code with the {method} app.")
    if can_cancel:
        second = translate("Methods", "You can cancel until it is paid.")
    else:
        second = translate(
            "Methods", "This method can’t be cancelled. An unpaid code closes by itself."
        )
    return first.format(method=method_name(traits)), second
