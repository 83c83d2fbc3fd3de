"""The simulator as a neighbour: listening on a free port, in a thread of this process."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_app.simulator.application import Simulator
from pos_app.simulator.behaviour import Behaviour
from pos_app.simulator.clock import AdjustableClock
from pos_app.simulator.ledger import Ledger
from pos_app.simulator.server import Server, listen
from pos_app.simulator.settings import Settings

TOKEN = "training-token"


@dataclass(frozen=True)
class RunningSimulator:
    """Where it answers; `clock.advance(seconds)` lets time pass there."""

    url: str
    port: int
    clock: AdjustableClock


@contextmanager
def running_simulator(
    settings: Settings | None = None, certificate: Path | None = None
) -> Iterator[RunningSimulator]:
    """Run a simulator that answers at 127.0.0.1 while the block runs."""
    clock = AdjustableClock()
    ledger = Ledger()
    listener = listen("127.0.0.1", 0, certificate)
    url, port = listener.address, listener.socket.getsockname()[1]
    server = Server(Simulator(ledger, clock, settings or Settings(), Behaviour()), [listener])
    is_ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(is_ready.set)))
    thread.start()
    try:
        assert is_ready.wait(10), "the simulator did not start"
        yield RunningSimulator(url, port, clock)
    finally:
        server.stop()
        thread.join(10)
        ledger.close()
