"""Whether the gateway answers, as the last questions told it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayError, NotSent
from pos_app.domain.events import ConnectionChanged

if TYPE_CHECKING:
    from pos_app.services.events import Events

MISSES_SHOWN = 2
"""Unanswered in a row before "not answering" is said; one lost packet is no news."""


class Connection:
    """Keeps count of answers and misses; tells when that changes what the top bar says."""

    def __init__(self, gateway: str, events: Events) -> None:
        self._lock = threading.Lock()
        self._events = events
        self._misses = 0
        self._state = ConnectionChanged(
            gateway, is_answering=True, has_network=True, is_known=False
        )

    @property
    def state(self) -> ConnectionChanged:
        """What is known now."""
        return self._state

    def answered(self) -> None:
        """Take note that the gateway answered, whatever it said."""
        with self._lock:
            self._misses = 0
        self._tell(is_answering=True, has_network=True)

    def missed(self, trouble: GatewayError) -> None:
        """Take note of a question without an answer."""
        with self._lock:
            self._misses += 1
            is_sure = self._misses >= MISSES_SHOWN
        if is_sure:
            self._tell(is_answering=False, has_network=not isinstance(trouble, NotSent))

    def _tell(self, *, is_answering: bool, has_network: bool) -> None:
        state = ConnectionChanged(self._state.gateway, is_answering, has_network)
        if state != self._state:
            self._state = state
            self._events.publish(state)
