"""`pos-app simulator`: the pretend payment services on ports of this computer."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli.parent import add_parent_argument, when_input_ends

if TYPE_CHECKING:
    from pos_app.simulator.behaviour import Rule
    from pos_app.simulator.server import Listener
    from pos_app.simulator.settings import Settings

_DEFAULT_PORT = 8199
_LARGEST_PORT = 65_535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    _add_network_arguments(parser)
    parser.add_argument(
        "--state", metavar="FILE", type=Path, help="keep the payments in this file"
    )
    parser.add_argument(
        "--auto-pay", metavar="S", type=_seconds, help="pay every code S seconds after it was made"
    )
    parser.add_argument(
        "--faults",
        metavar="SPEC",
        default="",
        help="random faults, such as lose_answer=0.05,delay=0.1:2",
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=0, help="repeats the same random faults"
    )
    parser.add_argument(
        "--token",
        metavar="TOKEN",
        action="append",
        help="accept this merchant token (training-token if none is given); repeatable",
    )
    parser.add_argument(
        "--store-code",
        metavar="CODE",
        action="append",
        help="activates a terminal of the In-Store API (training-store if none); repeatable",
    )
    parser.add_argument(
        "--currency", metavar="ISO", type=_currency, help="of the codes of the In-Store API (USD)"
    )
    _add_habit_arguments(parser)
    _add_refund_arguments(parser)


def _add_habit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--merchant-name", metavar="NAME", help="the name on the customer's page")
    parser.add_argument(
        "--expiry", metavar="S", type=_whole_seconds, help="life of a code (300 seconds)"
    )
    parser.add_argument(
        "--after-cancel",
        choices=("expired", "null"),
        default="expired",
        help="what inquire answers about a cancelled payment",
    )
    parser.add_argument(
        "--unpaid-online",
        choices=("null", "{}", "[]"),
        default="null",
        help="what the Online API's inquire answers about an unpaid payment",
    )
    parser.add_argument(
        "--cancel-windows", action="store_true", help="keep to the wallets' cancel windows"
    )
    parser.add_argument(
        "--notify-declines", action="store_true", help="send a notice when the wallet says no"
    )
    parser.add_argument(
        "--china-host", metavar="HOST", help="host of the address for client_country=CN"
    )


def _add_refund_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--time-zone",
        metavar="ZONE",
        type=_time_zone,
        help="where the merchant's day begins, such as Asia/Shanghai (UTC)",
    )
    parser.add_argument(
        "--reason-required",
        metavar="METHOD",
        action="append",
        default=[],
        help="refuse refunds by this method without a reason; repeatable",
    )
    parser.add_argument(
        "--redirect-declines",
        action="store_true",
        help="send the customer to callback_url_fail after a decline too",
    )


def _add_network_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port",
        metavar="P",
        type=_port,
        action="append",
        help=f"port to listen on ({_DEFAULT_PORT}); repeatable; 0 for any free one",
    )
    parser.add_argument("--tls-port", metavar="P", type=_port, help="port for https")
    parser.add_argument(
        "--cert", metavar="PEM", type=Path, help="certificate and key for --tls-port"
    )
    parser.add_argument(
        "--control-from-anywhere",
        action="store_true",
        help="let other computers use the control interface",
    )
    add_parent_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the simulator until it is told to stop; return the exit code."""
    from pos_app.listening import CannotListenError
    from pos_app.simulator.behaviour import BadFaultError, read_chances
    from pos_app.simulator.ledger import StateUnreadableError

    if (arguments.tls_port is None) != (arguments.cert is None):
        print("--tls-port and --cert belong together.", file=sys.stderr)
        return 2
    try:
        chances = read_chances(arguments.faults)
    except BadFaultError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        _serve(arguments, chances)
    except (CannotListenError, StateUnreadableError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(arguments: argparse.Namespace, chances: "list[tuple[Rule, float]]") -> None:
    import asyncio
    import signal

    from pos_app.simulator.application import Simulator
    from pos_app.simulator.behaviour import Behaviour
    from pos_app.simulator.clock import AdjustableClock
    from pos_app.simulator.ledger import Ledger
    from pos_app.simulator.server import Server

    listeners = _listeners(arguments)
    behaviour = Behaviour(chances, arguments.seed)
    ledger = Ledger(arguments.state)
    simulator = Simulator(ledger, AdjustableClock(), _settings(arguments), behaviour)
    server = Server(simulator, listeners)

    def ready() -> None:
        for listener in listeners:
            print(f"listening on {listener.address}", flush=True)

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: server.stop())
    if arguments.end_with_parent:
        when_input_ends(server.stop)
    try:
        asyncio.run(server.serve(ready))
    finally:
        ledger.close()


def _listeners(arguments: argparse.Namespace) -> "list[Listener]":
    from pos_app.simulator.server import listen

    ports = arguments.port or ([_DEFAULT_PORT] if arguments.tls_port is None else [])
    listeners = [listen(arguments.host, port) for port in ports]
    if arguments.tls_port is not None:
        listeners.append(listen(arguments.host, arguments.tls_port, arguments.cert))
    return listeners


def _settings(arguments: argparse.Namespace) -> "Settings":
    from pos_app.simulator.settings import Settings

    given = {
        "tokens": tuple(arguments.token or ()),
        "store_codes": tuple(arguments.store_code or ()),
        "currency": arguments.currency,
        "merchant_name": arguments.merchant_name,
        "expiry_s": arguments.expiry,
        "time_zone": arguments.time_zone,
    }
    return Settings(
        auto_pay_s=arguments.auto_pay,
        after_cancel=arguments.after_cancel,
        cancel_windows=arguments.cancel_windows,
        notify_declines=arguments.notify_declines,
        china_host=arguments.china_host,
        control_from_anywhere=arguments.control_from_anywhere,
        unpaid_online=arguments.unpaid_online,
        reason_required_for=frozenset(arguments.reason_required),
        redirects_declines=arguments.redirect_declines,
        **{name: value for name, value in given.items() if value},
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} isn't a port")
    return port


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        if text != "UTC":  # known without the zones' tables
            ZoneInfo(text)
    # OSError: a folder of the zones' tables. ValueError: no name at all.
    except (KeyError, OSError, ValueError):
        raise argparse.ArgumentTypeError(f"{text} isn't a time zone") from None
    return text


def _currency(text: str) -> str:
    from pos_app.simulator import currencies

    if not currencies.is_known(text):
        raise argparse.ArgumentTypeError(f"{text} isn't a currency")
    return text


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} isn't a number of seconds")
    return seconds


def _whole_seconds(text: str) -> int:
    seconds = int(text)
    if seconds < 1:
        raise argparse.ArgumentTypeError(f"{text} isn't a number of seconds")
    return seconds
