"""Listens for notices until told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from pos_app.listening import address_of, bound_socket
from pos_app.notify.application import Receiver

_BACKLOG = 512
_LAST_ANSWERS_WITHIN_S = 5


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
        self._socket = bound_socket(host, port, _BACKLOG)
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
        return address_of(self._socket)

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
