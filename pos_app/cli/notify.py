"""`pos-app notify`: receives what payment services tell by themselves."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading

from pos_app.cli.ledger import add_training_argument, chosen_paths
from pos_app.cli.parent import add_parent_argument, when_input_ends

_LARGEST_PORT = 65_535
_PER_SECOND, _BURST = 1_000, 5_000
_ABOUT = """\
Tell the payment service the address https://YOUR-HOST/notify/citcon_chop (or citcon_online,
or jpay), and let your web server pass it on to this port. Customers may be sent back to
https://YOUR-HOST/return/citcon_chop and so on (the settings callback_url…): they see a word of
thanks, and the till asks at once. GET /healthz and /metrics are for operators: keep them inside.
Uses the same settings as the till: its database and its tokens.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument("--host", help="address to listen on (notify.host of the settings)")
    parser.add_argument(
        "--port",
        metavar="P",
        type=_port,
        help="port to listen on (notify.port of the settings); 0 for any free one",
    )
    parser.add_argument(
        "--per-second",
        metavar="N",
        type=float,
        default=_PER_SECOND,
        help=f"notices that one sender may send in a second ({_PER_SECOND})",
    )
    add_training_argument(parser)
    add_parent_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Receive until told to stop; return the exit code.

    Raises:
        ConfigError, StorageError: the settings or the ledger cannot be used.
    """
    from pos_app.compose import build_notice_desk, settings_of
    from pos_app.listening import CannotListenError
    from pos_app.notify.application import Receiver
    from pos_app.notify.limits import RateLimit
    from pos_app.notify.server import NoticeServer

    paths = chosen_paths(arguments)
    usual = settings_of(paths, os.environ, is_training=arguments.training).notify
    host = usual.host if arguments.host is None else arguments.host
    port = usual.port if arguments.port is None else arguments.port
    with build_notice_desk(paths, os.environ, is_training=arguments.training) as desk:
        limit = RateLimit(arguments.per_second, max(_BURST, arguments.per_second))
        try:
            server = NoticeServer(Receiver(desk, limit), host, port)
        except CannotListenError as error:
            print(error, file=sys.stderr)
            return 1
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: server.stop())
        if arguments.end_with_parent:
            when_input_ends(server.stop)

        def ready() -> None:
            print(f"listening on {server.address}", flush=True)
            threading.Thread(target=desk.warm_up, name="warm-up", daemon=True).start()

        asyncio.run(server.serve(ready))
    return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} isn't a port")
    return port
