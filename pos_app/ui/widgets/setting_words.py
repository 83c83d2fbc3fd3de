"""What the declarations of settings say, in the interface's language."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_WORDS = (
    QT_TRANSLATE_NOOP("Settings", "Merchant ID"),
    QT_TRANSLATE_NOOP("Settings", "The shop’s website"),
    QT_TRANSLATE_NOOP("Settings", "Let the cashier key cards"),
    QT_TRANSLATE_NOOP(
        "Settings", "Only if your contract allows it: this PC then handles card numbers."
    ),
)
"""Marked for the translators; `config` is where the words come from."""


def setting_words(words: str) -> str:
    """Return a setting's label, help or expectation in the interface's language."""
    return QCoreApplication.translate("Settings", words)
