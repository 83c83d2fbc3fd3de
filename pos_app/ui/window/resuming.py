"""Picks up where the program ended (ux.md 6.3, `resumed`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge

RESUME_WITHIN = timedelta(minutes=10)


class Resuming(QObject):
    """Waits until somebody is signed in and it is known which payments were open.

    Signals:
        payment_wanted(int): show the page of this charge: it is a fresh one.
        toast_wanted(str): the open payments are older; they are only told.
    """

    payment_wanted = Signal(int)
    toast_wanted = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._charges: tuple[Charge, ...] = ()
        self._is_somebody_here = False

    def take_up(self, charges: tuple[Charge, ...]) -> None:
        """Know of the payments that were open when the program ended, newest first."""
        self._charges = charges
        if self._is_somebody_here:
            self._resume()

    @Slot()
    def somebody_is_here(self) -> None:
        """Go on with them: somebody has signed in."""
        self._is_somebody_here = True
        self._resume()

    @Slot()
    def nobody_is_here(self) -> None:
        """Wait: the till is locked."""
        self._is_somebody_here = False

    def _resume(self) -> None:
        charges, self._charges = self._charges, ()
        if not charges:
            return
        if datetime.now(UTC) - charges[0].created_at < RESUME_WITHIN:
            self.payment_wanted.emit(charges[0].id)
            return
        one = self.tr("1 payment was open when the app closed. Checking it now.")
        many = self.tr("{count} payments were open when the app closed. Checking them now.")
        text = one if len(charges) == 1 else many.replace("{count}", str(len(charges)))
        self.toast_wanted.emit(text)
