"""Who wants to know what happened."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos_app.domain.events import Event

Listener = Callable[[Event], None]


class Events:
    """Tells every listener of every event, on the thread where it happened, after the commit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event from now on; returns what ends that.

        A listener must be quick and must not raise: it runs inside the work that it hears of.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell every listener."""
        for listener in self._listeners:
            listener(event)
