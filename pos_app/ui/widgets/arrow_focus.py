"""Arrow keys move inside a group of buttons, which is one Tab stop (ux.md, section 9)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ArrowFocus(QObject):
    """Gives the widgets of a group one Tab stop and lets arrow keys walk between them.

    A press with the pointer never takes the focus, so that Enter stays what it was.

    Args:
        parent: owns the group and takes it along when it goes.
        columns: how many widgets stand side by side; 1 for a list.
    """

    def __init__(self, parent: QObject, columns: int) -> None:
        super().__init__(parent)
        self._columns = columns
        self._members: list[QWidget] = []

    def set_members(self, members: Sequence[QWidget], columns: int | None = None) -> None:
        """Put `members` in place of those before, in reading order."""
        for old in self._members:
            old.removeEventFilter(self)
        self._members = list(members)
        self._columns = columns or self._columns
        for member in self._members:
            member.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            member.installEventFilter(self)
        self._set_policies(next(iter(self._members), None))

    def set_stop(self, stop: QWidget | None) -> None:
        """Make `stop` the member that Tab goes to, and that has the focus if one of them has.

        Otherwise Enter would choose what had the focus before another was tapped.
        """
        self._set_policies(stop)
        if stop is not None and any(member.hasFocus() for member in self._members):
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_policies(self, stop: QWidget | None) -> None:
        for member in self._members:
            is_stop = member is stop
            policy = Qt.FocusPolicy.TabFocus if is_stop else Qt.FocusPolicy.NoFocus
            member.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk on arrow keys, press on Enter; anything else goes its way."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _ENTER and isinstance(watched, QAbstractButton):
            watched.click()
            return True
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not isinstance(watched, QWidget) or watched not in self._members:
            return False
        self._walk(self._members.index(watched), step)
        return True

    def _walk(self, index: int, step: int) -> None:
        target = index + step
        while 0 <= target < len(self._members):
            member = self._members[target]
            if member.isEnabled() and not member.isHidden():
                self._set_policies(member)
                member.setFocus(Qt.FocusReason.TabFocusReason)
                return
            target += step
