"""Tab follows the reading order, which the order of making does not (ux.md, section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget


def stops_in(*parts: QWidget) -> list[QWidget]:
    """Return the buttons and fields that are `parts` or in them, hidden ones too."""
    found: list[QWidget] = []
    for part in parts:
        found += [
            one
            for one in (part, *part.findChildren(QWidget))
            if isinstance(one, QAbstractButton | QLineEdit)
        ]
    return found


def put_in_order(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of `stops` to the next, also from those it will only stop at later."""
    policies = [stop.focusPolicy() for stop in stops]
    for stop in stops:
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt leaves out what takes no focus now
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
    for stop, policy in zip(stops, policies, strict=True):
        stop.setFocusPolicy(policy)
