"""Takes a port, for whatever answers on one."""

from __future__ import annotations

import socket
import sys


class CannotListenError(Exception):
    """A port, an address or a certificate cannot be used; says which and why in one sentence."""


def bound_socket(host: str, port: int, backlog: int) -> socket.socket:
    """Return a socket that listens on the port; 0 means any free one.

    Args:
        host: a name or an address of this computer.
        port: from 0 to 65535.
        backlog: how many callers may wait to be answered.

    Raises:
        CannotListenError: the port is taken, or the address is not this computer's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise CannotListenError(f"{host} isn't an address of this computer ({error}).") from error
    try:
        if sys.platform == "win32":
            # There, SO_REUSEADDR would let two programs have one port.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(backlog)
    except OSError as error:
        bound.close()
        raise CannotListenError(
            f"Can't listen on {host} port {port}: {error.strerror}."
        ) from error
    return bound


def address_of(bound: socket.socket, scheme: str = "http") -> str:
    """Return the address it answers at, with the port that was really given."""
    host, port = bound.getsockname()[:2]
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
