"""Keeps the process small on Linux; elsewhere there is nothing to do."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_GIVE_BACK_FROM = 128 * 1024


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
