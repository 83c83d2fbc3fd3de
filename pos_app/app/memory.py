"""Keeps the process small, and its threads from standing still for what nobody needs."""

from __future__ import annotations

import builtins
import ctypes
import gc
import linecache
import sys

from PySide6.QtCore import QObject, QTimer, Slot

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_GIVE_BACK_FROM = 128 * 1024
_COLLECT_EVERY_MS = 2_000


def keep_small() -> None:
    """Let glibc give memory back, which it does not do for what threads have used.

    It gives every thread a heap of its own and never shrinks those. The services are imported
    and PINs are hashed on threads: some 40 MiB stay behind, unused, for the life of the till.
    One heap is enough where Python lets one thread run at a time. Call it before any thread
    starts. Where the C library is another one, this changes nothing.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    mallopt(_M_ARENA_MAX, 1)
    mallopt(_M_MMAP_THRESHOLD, _GIVE_BACK_FROM)
    mallopt(_M_TRIM_THRESHOLD, _GIVE_BACK_FROM)


def import_plainly() -> None:
    """Let modules be imported as without PySide, from now on.

    WORKAROUND: PySide looks for "from __feature__" in the source of every module that is imported
    after it (shibokensupport/feature.py), and so reads, splits and keeps some 700 files. That is
    a quarter of the time that the services take to import, and 25 MiB. Nobody here uses those
    features.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
    linecache.clearcache()


class Collector(QObject):
    """Looks for garbage on the GUI thread, and nowhere else.

    Python looks for it on whichever thread happens to allocate, and would so delete widgets that
    hang in a cycle on a worker thread, which Qt does not survive. While the till is being built
    nothing is looked for: what is imported stays, and going through it holds all threads for 40
    to 60 ms.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    @Slot()
    def begin(self) -> None:
        """Take what is there for everlasting and look among the rest from now on."""
        gc.freeze()
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Look where Python itself would look by now, the oldest that is due first."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most
        ]
        if due:
            gc.collect(due[-1])
