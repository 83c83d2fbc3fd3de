"""The payment services with all tokens that charges still need, for who only listens."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayNotSetUp

if TYPE_CHECKING:
    from pos_app.gateways.base import Gateway
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.clock import Clock
    from pos_app.storage.store import Store

LOOK_EVERY = timedelta(seconds=5)
"""However many forged notices come in, the ledger is asked no oftener."""


class EarlierGateways:
    """Finds in the ledger which tokens charges were made with. Thread-safe; waits for the disk.

    A token that a till has replaced is in use here until this program ends, and the new one is
    among these as soon as a charge was made with it.
    """

    def __init__(self, store: Store, gateways: GatewayDirectory, clock: Clock) -> None:
        self._store = store
        self._gateways = gateways
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[str, tuple[datetime, tuple[Gateway, ...]]] = {}

    def of(self, gateway_id: str) -> tuple[Gateway, ...]:
        """Return one gateway per token that is kept here, newest charge first.

        Raises:
            StorageError: the ledger cannot be read.
        """
        now = self._clock.now()
        with self._lock:
            looked_at, found = self._found.get(gateway_id, (None, ()))
            if looked_at is None or now - looked_at >= LOOK_EVERY:
                found = self._look(gateway_id, now)
                self._found[gateway_id] = (now, found)
            return found

    def _look(self, gateway_id: str, now: datetime) -> tuple[Gateway, ...]:
        with self._store.read() as work:
            names = [use.name for use in work.credentials.needed(gateway_id, now)]
        found = []
        for name in names:
            with suppress(GatewayNotSetUp):
                found.append(self._gateways.earlier(gateway_id, name))
        return tuple(found)
