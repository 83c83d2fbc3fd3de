"""Listens for notices until told to stop."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from pos_app.domain.errors import PosAppError
from pos_app.notify.application import Receiver

_BACKLOG = 512
_LAST_ANSWERS_WITHIN_S = 5


class CannotListenError(PosAppError):
    """The port or the address cannot be used."""


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handlers: the command has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the command."""
        yield


class NoticeServer:
    """Runs a receiver on one port."""

    def __init__(self, receiver: Receiver, host: str, port: int) -> None:
        """Take the port; 0 means any free one.

        Raises:
            CannotListenError: it is taken, or the address is not this computer's.
        """
        self._socket = _bound(host, port)
        self._server = _Server(
            uvicorn.Config(
                receiver.application,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_LAST_ANSWERS_WITHIN_S,
            )
        )

    @property
    def address(self) -> str:
        """Where it listens, with the port that was really given."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def serve(self, ready: Callable[[], None]) -> None:
        """Answer until `stop`, and give what is under way its answer; call `ready` at first."""
        serving = asyncio.create_task(self._server.serve([self._socket]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.001)
        ready()
        await serving

    def stop(self) -> None:
        """End soon; may be called from a signal handler or another thread."""
        self._server.should_exit = True


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise CannotListenError(f"{host} isn't an address of this computer ({error}).") from error
    try:
        # On Windows, SO_REUSEADDR would let two programs have one port.
        if sys.platform != "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        raise CannotListenError(
            f"Can't listen on {host} port {port}: {error.strerror}."
        ) from error
    return bound
