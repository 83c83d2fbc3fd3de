"""The words that the Sell page has for payment methods."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.currencies import mark
from pos_app.domain.methods import MethodTraits

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
        reason: "currency", "training" or "gateway"; "" gives no words.
        currency: ISO 4217 code that the method takes.
    """
    words = {
        "currency": translate("Methods", "{currency} only").format(currency=mark(currency)),
        "training": translate("Methods", "Off in training"),
        "gateway": translate("Methods", "Not set up"),
    }
    return words.get(reason, "")


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
