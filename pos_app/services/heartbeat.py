"""Whether the gateway can be reached while nobody pays: a harmless question now and then."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from pos_app.domain.errors import GatewayError, GatewayNotSetUp

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.gateways.base import Gateway
    from pos_app.services.connection import Connection

_log = logging.getLogger(__name__)

EVERY_S = 60.0
IN_TROUBLE_EVERY_S = 3.0


class Heartbeat:
    """Asks once at the start, which also opens the connection for the first charge; then seldom.

    It asks often only while the gateway does not answer, so that charging starts again soon.
    """

    def __init__(self, gateway: Callable[[], Gateway], connection: Connection) -> None:
        self._gateway = gateway
        self._connection = connection
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin, from a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End; a question in flight ends by itself."""
        self._stopping.set()

    def beat(self) -> float:
        """Ask once; returns the seconds to the next time."""
        try:
            self._gateway().check_connection()
        except GatewayNotSetUp as trouble:
            _log.info("no connection to check: %s", trouble)
            return EVERY_S
        except GatewayError as trouble:
            self._connection.missed(trouble)
            return IN_TROUBLE_EVERY_S
        self._connection.answered()
        return EVERY_S

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self.beat())
