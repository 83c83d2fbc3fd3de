"""The payment services' names, where it matters which of them it is."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from pos_app.domain.gateways import GATEWAYS

_TITLES = (
    QT_TRANSLATE_NOOP("Services", "Citcon hosted page"),
    QT_TRANSLATE_NOOP("Services", "Citcon Online"),
    QT_TRANSLATE_NOOP("Services", "Citcon In-Store"),
    QT_TRANSLATE_NOOP("Services", "J-Pay"),
)
"""Marked for the translators; `domain.gateways` is where the titles come from."""


def service_title(gateway_id: str) -> str:
    """Return what a service is called in the interface's language."""
    return QCoreApplication.translate("Services", GATEWAYS[gateway_id].title)
