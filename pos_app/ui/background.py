"""Work off the GUI thread, and events onto it.

Both objects here are made on the GUI thread and live as long as the window; only their own
signals cross threads, queued, and what the caller handed over stays on the GUI thread. The
callables run on pool threads and must not touch widgets.
"""

from __future__ import annotations

import logging
import weakref
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from pos_app.domain.errors import PosAppError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from pos_app.domain.events import Event

_log = logging.getLogger(__name__)
T = TypeVar("T")
MAX_THREADS = 8


class UnforeseenError(PosAppError):
    """A call failed in a way that nobody foresaw: a bug, which the log describes.

    Money: what was sent may have been carried out; it is saved and will be checked.
    """


@dataclass(frozen=True, slots=True)
class _Job:
    call: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[PosAppError], None] | None
    owner: weakref.ref[QObject] | None
    lane: Hashable | None


class Background(QObject):
    """Runs calls on other threads and hands their results to the GUI thread.

    Signals:
        unforeseen(str): a call failed with something that is no `PosAppError`; already logged.
        idle_changed(bool): True when the last call has been delivered, False at the first.
    """

    unforeseen = Signal(str)
    idle_changed = Signal(bool)
    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._jobs: dict[int, _Job] = {}
        self._lanes: dict[Hashable, deque[int]] = {}
        self._last_id = 0
        self._is_closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._jobs

    @property
    def is_closed(self) -> bool:
        """Whether the program is closing: long calls look here and end early. Any thread."""
        return self._is_closed

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[PosAppError], None] | None = None,
        *,
        owner: QObject | None = None,
        lane: Hashable | None = None,
    ) -> None:
        """Run `call` on another thread. GUI thread only.

        Args:
            call: runs on a pool thread; touches no widget.
            done: gets the result, on the GUI thread.
            failed: gets the known error, on the GUI thread; without it the error is logged.
            owner: when it is gone by then, nothing is delivered.
            lane: calls of one lane run one at a time, in the order of asking.
        """
        if self._is_closed:
            return
        self._last_id += 1
        was_idle = not self._jobs
        kept_owner = weakref.ref(owner) if owner is not None else None
        self._jobs[self._last_id] = _Job(call, done, failed, kept_owner, lane)
        if was_idle:
            self.idle_changed.emit(False)
        if lane is None:
            self._start(self._last_id)
            return
        waiting = self._lanes.setdefault(lane, deque())
        waiting.append(self._last_id)
        if len(waiting) == 1:
            self._start(self._last_id)

    def close(self) -> None:
        """Take no more calls and let those under way end; nothing is delivered afterwards.

        Calls that have not begun are dropped. Waits for the others: each ends within its own
        time-out.
        """
        self._is_closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()
        self._lanes.clear()

    def _start(self, job_id: int) -> None:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="background")
        future = self._pool.submit(self._jobs[job_id].call)
        future.add_done_callback(_Report(self, job_id))

    def report(self, job_id: int, future: Future[Any]) -> None:
        """Pass a finished call on to the GUI thread; called on the thread that ran it."""
        if not self._is_closed:
            self._finished.emit(job_id, future)

    @Slot(int, object)
    def _on_finished(self, job_id: int, future: Future[Any]) -> None:
        job = self._jobs.pop(job_id, None)
        if job is None or future.cancelled():
            return
        self._free_lane(job.lane)
        try:
            self._deliver(job, future)
        finally:
            if not self._jobs:
                self.idle_changed.emit(True)

    def _free_lane(self, lane: Hashable | None) -> None:
        if lane is None:
            return
        waiting = self._lanes[lane]
        waiting.popleft()
        if waiting:
            self._start(waiting[0])
        else:
            del self._lanes[lane]

    def _deliver(self, job: _Job, future: Future[Any]) -> None:
        is_wanted = job.owner is None or _is_alive(job.owner)
        error = future.exception()
        if error is None:
            if is_wanted and job.done is not None:
                job.done(future.result())
            return
        if not isinstance(error, PosAppError):
            _log.critical("A call failed unforeseen", exc_info=error)
            self.unforeseen.emit(type(error).__name__)
            error = UnforeseenError("Something went wrong in the app.")
        if is_wanted and job.failed is not None:
            job.failed(error)
        elif not isinstance(error, UnforeseenError):
            _log.warning("Nobody waits for this any more: %s", error)


class _Report:
    """The done-callback of a future; holds nothing of the caller's."""

    def __init__(self, background: Background, job_id: int) -> None:
        self._background = background
        self._job_id = job_id

    def __call__(self, future: Future[Any]) -> None:
        self._background.report(self._job_id, future)


class EventBridge(QObject):
    """Turns what the services tell on their threads into signals on the GUI thread.

    Signals:
        charge_changed(ChargeChanged): a charge's row changed and is on disk.
        refund_changed(RefundChanged): a refund's row changed and is on disk.
        asked(int): the gateway was asked about the charge of this id.
        connection_changed(ConnectionChanged): the gateway started or stopped answering.
        changed_elsewhere(object): other tills have changed the charges with these ids.
        settings_changed(): settings were changed and are in force.
        services_changed(): which payment services can be used is known, or has changed.
    """

    charge_changed = Signal(object)
    refund_changed = Signal(object)
    asked = Signal(int)
    connection_changed = Signal(object)
    changed_elsewhere = Signal(object)
    settings_changed = Signal()
    services_changed = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe: Callable[[], None] | None = None
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def listen(self, subscribe: Callable[[Callable[[Event], None]], Callable[[], None]]) -> None:
        """Hear events from now on; `subscribe` is `Events.subscribe`."""
        self.stop()
        self._unsubscribe = subscribe(self._arrived.emit)

    def stop(self) -> None:
        """Hear no more events."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    @Slot(object)
    def _on_arrived(self, event: Event) -> None:
        from pos_app.domain.events import (
            Asked,
            ChangedElsewhere,
            ChargeChanged,
            ConnectionChanged,
            RefundChanged,
            ServicesChanged,
            SettingsChanged,
        )

        if isinstance(event, ChargeChanged):
            self.charge_changed.emit(event)
        elif isinstance(event, RefundChanged):
            self.refund_changed.emit(event)
        elif isinstance(event, Asked):
            self.asked.emit(event.charge_id)
        elif isinstance(event, ChangedElsewhere):
            self.changed_elsewhere.emit(event.charge_ids)
        elif isinstance(event, ConnectionChanged):
            self.connection_changed.emit(event)
        elif isinstance(event, SettingsChanged):
            self.settings_changed.emit()
        elif isinstance(event, ServicesChanged):
            self.services_changed.emit()


def _is_alive(owner: weakref.ref[QObject]) -> bool:
    there = owner()
    return there is not None and isValid(there)
