"""Tell screen readers what has changed (ux.md, section 10)."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Have `text` read aloud, where somebody listens.

    Args:
        widget: what the announcement is about; must be alive.
        text: whole sentences, translated.
        is_urgent: interrupts what is being read: for paid, declined, unknown, mismatch.
    """
    if not (QAccessible.isActive() and text):
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
