"""Keeps the process small, and its threads from standing still for what nobody needs."""

from __future__ import annotations

import builtins
import ctypes
import gc
import linecache
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_GIVE_BACK_FROM = 128 * 1024
_NEVER = 1_000_000
"""So many collections of the middle generation before one of everything."""
_USUAL = gc.get_threshold()


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


def collect_young_only() -> None:
    """Look for garbage only among new objects while the till is being built.

    Looking at everything holds all threads for 40 to 60 ms and finds nothing: what is imported
    stays.
    """
    gc.set_threshold(*gc.get_threshold()[:2], _NEVER)


def keep_what_is_there() -> None:
    """Take what is there for everlasting, and look for garbage among the rest as usual.

    Called when everything is built. A day of selling then never stands still for going through
    the modules.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL)
