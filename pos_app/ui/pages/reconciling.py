"""Compare with Citcon, from any page: which day, comparing it, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pos_app.ui.errors import explain
from pos_app.ui.widgets.dialog import is_kept_open

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.domain.people import Person
    from pos_app.domain.reconciliation import Report
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.dialogs.reconcile_dialog import ReconcileDialog

LOOK_EVERY_MS = 200


@dataclass
class _Run:
    """One comparison, as the thread that does it and the screen both see it.

    Attributes:
        done, total: how many charges; written by the worker alone.
        is_stopped: written by the screen alone.
    """

    background: Background
    done: int = 0
    total: int = 0
    is_stopped: bool = False

    def goes_on(self, done: int, total: int) -> bool:
        """Keep how far it is; the worker asks whether to go on."""
        self.done, self.total = done, total
        return not (self.is_stopped or self.background.is_closed)


class Reconciling(QObject):
    """Opens the dialog that compares a day, and sees to it. One comparison at a time.

    Args:
        page: over whose window the dialog opens.

    Signals:
        changed(): a comparison has ended, and may have changed payments and refunds.
    """

    changed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._run: _Run | None = None
        self._dialog: ReconcileDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_time)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def tell_person(self, person: Person) -> None:
        """Know who is signed in: whom the journal names."""
        self._person = person

    @Slot()
    def open(self) -> None:
        """Ask which day, and compare it."""
        if self._till is None or is_kept_open(self._page.window()):
            return
        from pos_app.ui.dialogs.reconcile_dialog import ReconcileDialog

        clock = self._till.clock
        today = clock.local(clock.now()).date()
        dialog = self._dialog = ReconcileDialog(self._page, today, self._till.gateway_name)
        dialog.compare_wanted.connect(self._on_wanted)
        dialog.answered.connect(self._on_closed)
        dialog.open()

    @Slot(object)
    def _on_wanted(self, day: date) -> None:
        if self._till is None or self._background is None or self._dialog is None:
            return
        run = self._run = _Run(self._background)
        person_id = self._person.id if self._person else None
        reconcile = self._till.reconciliation.reconcile
        call = partial(reconcile, day, person_id, run.goes_on)
        self._on_time()
        self._timer.start()
        done, failed = partial(self._on_done, run), partial(self._on_failed, run)
        # A comparison that is still ending, stopped, must not meet the next one.
        self._background.run(call, done, failed, owner=self, lane="reconciling")

    @Slot()
    def _on_time(self) -> None:
        if self._run is not None and self._dialog is not None:
            self._dialog.show_progress(self._run.done, self._run.total)

    def _on_done(self, run: _Run, report: Report) -> None:
        if self._ended(run) and self._dialog is not None:
            self._dialog.show_report(report)
        self.changed.emit()

    def _on_failed(self, run: _Run, error: PosAppError) -> None:
        words = explain(error, self._till.gateway_name if self._till else "")
        if self._ended(run) and self._dialog is not None:
            self._dialog.show_trouble(words.happened, words.text)
        self.changed.emit()

    def _ended(self, run: _Run) -> bool:
        """Take note that a comparison has ended; tell whether the dialog was waiting for it."""
        if run is not self._run:
            return False
        self._run = None
        self._timer.stop()
        return self._dialog is not None and isValid(self._dialog)

    @Slot(str)
    def _on_closed(self, _answer: str) -> None:
        self._dialog = None
        self._timer.stop()
        if self._run is not None:
            self._run.is_stopped = True
            self._run = None
