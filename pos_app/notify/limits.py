"""How many notices one sender may send: enough for any service, too few to wear the disk out."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_SENDERS_KEPT = 4_096


class RateLimit:
    """A bucket of tokens for each sender; the ones not heard of for longest are forgotten."""

    def __init__(
        self, per_s: float, burst: float, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        """Let `burst` notices through at once, then `per_s` a second."""
        self._per_s = per_s
        self._burst = burst
        self._now_s = now_s
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def lets_through(self, sender: str) -> bool:
        """Tell whether one more notice of this sender is taken now, and count it."""
        now_s = self._now_s()
        left, at_s = self._buckets.pop(sender, (self._burst, now_s))
        left = min(self._burst, left + (now_s - at_s) * self._per_s)
        is_let = left >= 1
        self._buckets[sender] = (left - 1 if is_let else left, now_s)
        if len(self._buckets) > _SENDERS_KEPT:
            self._buckets.popitem(last=False)
        return is_let
