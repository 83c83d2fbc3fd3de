"""Which payment services can be used: found at the start, and again while one can't be."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.events import ServicesChanged
from pos_app.domain.gateways import GATEWAYS, Missing

if TYPE_CHECKING:
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.events import Events

AGAIN_EVERY_S = 60.0
"""A keyring that was locked when the till started may have been opened meanwhile."""


class Availability:
    """Makes every service that can be made, on a thread of its own, and tells what has changed.

    Asks no service anything, but that one which is to be activated is activated, once.
    """

    def __init__(self, gateways: GatewayDirectory, events: Events) -> None:
        self._gateways = gateways
        self._events = events
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="services", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End; a keyring that is being asked ends by itself."""
        self._stopping.set()

    def look(self) -> None:
        """Try every service that is not known to work, and tell if that has changed anything."""
        before = self._missing()
        for gateway_id, missing in before.items():
            if missing is not Missing.ACTIVATION:  # its code was tried: only a person knows more
                with suppress(GatewayNotSetUp):
                    self._gateways.named(gateway_id)
        if self._missing() != before:
            self._events.publish(ServicesChanged())

    def _missing(self) -> dict[str, Missing | None]:
        return {one: self._gateways.missing(one) for one in GATEWAYS}

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(AGAIN_EVERY_S)
