"""`pos-app notify`: receives what payment services tell by themselves."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal

from pos_app.cli.ledger import add_training_argument, chosen_paths

_DEFAULT_PORT = 8299
_LARGEST_PORT = 65_535
_PER_SECOND, _BURST = 1_000, 5_000
_ABOUT = """\
Tell the payment service the address https://YOUR-HOST/notify/citcon_chop (or citcon_online,
or jpay), and let your web server pass it on to this port. GET /healthz and /metrics are for
operators: keep them inside. Uses the same settings as the till: its database and its tokens.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port",
        metavar="P",
        type=_port,
        default=_DEFAULT_PORT,
        help=f"port to listen on ({_DEFAULT_PORT}); 0 for any free one",
    )
    parser.add_argument(
        "--per-second",
        metavar="N",
        type=float,
        default=_PER_SECOND,
        help=f"notices that one sender may send in a second ({_PER_SECOND})",
    )
    add_training_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Receive until told to stop; return the exit code.

    Raises:
        CannotListenError: the port or the address cannot be used.
        ConfigError, StorageError: the settings or the ledger cannot be used.
    """
    from pos_app.compose import build_notice_desk
    from pos_app.notify.application import Receiver
    from pos_app.notify.limits import RateLimit
    from pos_app.notify.server import NoticeServer

    paths = chosen_paths(arguments)
    with build_notice_desk(paths, os.environ, is_training=arguments.training) as desk:
        limit = RateLimit(arguments.per_second, max(_BURST, arguments.per_second))
        server = NoticeServer(Receiver(desk, limit), arguments.host, arguments.port)
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: server.stop())
        asyncio.run(server.serve(lambda: print(f"listening on {server.address}", flush=True)))
    return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} isn't a port")
    return port
