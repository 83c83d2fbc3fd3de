"""Whether a port of this computer is free."""

from __future__ import annotations

import os
import socket


def is_free(host: str, port: int) -> bool:
    """Tell whether a program could listen on `port` now; one that has just ended is no hindrance.

    Raises:
        OSError: `host` is no address of this computer.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # on Windows it would let two programs have one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def any_free(host: str) -> int:
    """Return a port of `host` on which nothing listens now.

    Raises:
        OSError: `host` is no address of this computer, or has none left.
    """
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
    return port
