"""Listens: one application on several ports, with and without TLS, until told to stop."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from pos_app.listening import CannotListenError, address_of, bound_socket
from pos_app.simulator.application import Simulator
from pos_app.simulator.broken_answers import BreakableProtocol

_BACKLOG = 128
# Longer than the till's slowest question, so that its connection is not dropped between two.
_KEEP_ALIVE_S = 75
_LAST_ANSWERS_WITHIN_S = 1


@dataclass(frozen=True, slots=True)
class Listener:
    """A bound port.

    Attributes:
        certificate: PEM file with certificate and key, or None for plain HTTP.
    """

    socket: socket.socket
    certificate: Path | None = None

    @property
    def address(self) -> str:
        """The address it answers at, with the port that was really given."""
        return address_of(self.socket, "https" if self.certificate else "http")


def listen(host: str, port: int, certificate: Path | None = None) -> Listener:
    """Take a port; 0 means any free one.

    Raises:
        CannotListenError: it is taken, or the address is not this computer's, or the
            certificate cannot be read.
    """
    if certificate:
        _check_certificate(certificate)
    return Listener(bound_socket(host, port, _BACKLOG), certificate)


def _check_certificate(certificate: Path) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate)
    except OSError as error:
        raise CannotListenError(
            f"{certificate} isn't a PEM file with a certificate and its key ({error})."
        ) from error


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handlers: several run in one loop."""

    def __init__(self, simulator: Simulator, listener: Listener) -> None:
        super().__init__(_config(simulator, listener))
        self._simulator = simulator

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, without waiting for answers that are late on purpose."""
        self._simulator.hurry()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the command."""
        yield


class Server:
    """Runs a simulator on its listeners."""

    def __init__(self, simulator: Simulator, listeners: Sequence[Listener]) -> None:
        self._simulator = simulator
        self._listeners = listeners
        self._servers = [_Server(simulator, listener) for listener in listeners]

    async def serve(self, ready: Callable[[], None]) -> None:
        """Answer requests until `stop`; call `ready` once the first can be answered."""
        carrying = asyncio.create_task(self._simulator.carrier.run())
        serving = [
            asyncio.create_task(server.serve([listener.socket]))
            for server, listener in zip(self._servers, self._listeners, strict=True)
        ]
        while not all(server.started for server in self._servers):
            await asyncio.sleep(0.001)
        ready()
        await asyncio.gather(*serving)
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying

    def stop(self) -> None:
        """End soon; may be called from a signal handler or another thread."""
        for server in self._servers:
            server.should_exit = True


def _config(simulator: Simulator, listener: Listener) -> uvicorn.Config:
    return uvicorn.Config(
        simulator,
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_LAST_ANSWERS_WITHIN_S,
        ssl_certfile=listener.certificate,
    )
