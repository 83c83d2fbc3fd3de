"""Looks for what other tills of the store have changed, for as long as a page shows payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.services.till import Till
    from pos_app.ui.background import Background

LOOK_EVERY_MS = 2_000


class NeighbourWatch(QObject):
    """Has the till look every two seconds; does nothing where it has a database of its own.

    What is found comes as an event (`EventBridge.changed_elsewhere`).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._till: Till | None = None
        self._background: Background | None = None
        self._is_looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def start(self) -> None:
        """Look from now on, where tills share a database."""
        if self._till is not None and self._till.settings.database.url:
            self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if self._till is None or self._background is None or self._is_looking:
            return
        self._is_looking = True
        look = self._till.neighbours.look
        self._background.run(look, self._on_looked, self._on_failed, owner=self)

    def _on_looked(self, result: None) -> None:
        del result
        self._is_looking = False

    def _on_failed(self, error: PosAppError) -> None:
        del error  # the page says so itself when it reads
        self._is_looking = False
