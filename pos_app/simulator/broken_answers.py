"""Answers that break on the way: below HTTP, where a real network breaks them."""

import asyncio
import socket
import struct
import sys
from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "pos_app.simulator.transport"
# SO_LINGER on, 0 s: closing sends a reset, as when a machine or a router dies.
_RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_PORTAL = """<!doctype html><html><head><title>Free Wi-Fi: sign in</title></head>
<body><h1>Welcome to Station Free Wi-Fi</h1><p>Accept the terms to go online.</p>
<form><input type="checkbox"> I accept <button>Connect</button></form></body></html>"""


class BreakableProtocol(H11Protocol):
    """uvicorn's HTTP protocol, which also hands the connection itself to the application."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection whose requests know it."""
        super().connection_made(transport)
        app = self.app

        async def knowing_the_connection(scope: Any, receive: Any, send: Any) -> None:
            scope["state"][_TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = knowing_the_connection


class NoAnswer(Response):
    """The connection is reset without a byte: the caller sees a read error."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reset the connection."""
        del send
        transport: asyncio.Transport = scope["state"][_TRANSPORT]
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
        await _gone(receive)


class Truncated(Response):
    """The head and half of the body arrive, then the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write half of the answer and close."""
        del send
        transport: asyncio.Transport = scope["state"][_TRANSPORT]
        head = b"".join(b"%b: %b\r\n" % pair for pair in self.raw_headers)
        body = bytes(self.body)
        transport.write(b"HTTP/1.1 200 OK\r\n%b\r\n%b" % (head, body[: len(body) // 2]))
        transport.close()
        await _gone(receive)


def captive_portal() -> Response:
    """Return somebody else's page, as a hotel's Wi-Fi answers until one has signed in."""
    return HTMLResponse(_PORTAL)


async def _gone(receive: Receive) -> None:
    """Wait until the server has noticed that the connection ended."""
    while (await receive())["type"] != "http.disconnect":
        pass
