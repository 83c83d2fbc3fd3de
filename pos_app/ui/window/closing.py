"""Whether the window may close now (ux.md 6.3: closing loses nothing, but is worth a warning)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget


class Closing(QObject):
    """Asks before the window closes over an open payment, once.

    Signals:
        confirmed(): close all the same.
    """

    confirmed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_confirmed = False

    def may_close(self, open_count: int) -> bool:
        """Tell whether the window may close; if not, somebody is being asked, or money moves.

        Args:
            open_count: how many payments are open.
        """
        from pos_app.ui.widgets.dialog import is_kept_open

        if is_kept_open(self._window):
            return False
        if self._is_confirmed or open_count == 0:
            return True
        from pos_app.ui.dialogs.close_dialog import close_dialog

        dialog = close_dialog(self._window, open_count)
        dialog.answered.connect(self._on_answered)
        dialog.open()
        return False

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        from pos_app.ui.dialogs.close_dialog import CLOSE

        if answer == CLOSE:
            self._is_confirmed = True
            self.confirmed.emit()
