"""`pos-app tokens`: how this register is signed in to each payment service, and changing that."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from typing import TYPE_CHECKING

from pos_app.cli.ledger import existing_ledger
from pos_app.domain.credentials import CredentialsUse
from pos_app.domain.errors import TokenFormatError
from pos_app.domain.gateways import GATEWAYS

if TYPE_CHECKING:
    from pos_app.config.secrets import Secret
    from pos_app.services.accounts import ServiceAccount
    from pos_app.services.credentials import Credentials

_LIST, _SET, _REMOVE = "list", "set", "remove"
_ABOUT = """\
“set SERVICE” keeps a new token for new payments. It is asked for and not shown; from a pipe it is
read as one line. Payments go on with the token that they were made with, so the one before stays
kept; “set SERVICE --earlier” brings such a one back that has been lost. “remove SERVICE [NAME]” is
refused while payments need the token, and while the till runs. A till that runs uses a new token
from its next start on; in its Settings it is there at once. The journal keeps every change, and
never a token.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.set_defaults(training=False)
    parser.add_argument(
        "what",
        nargs="?",
        choices=(_LIST, _SET, _REMOVE),
        default=_LIST,
        help="list how each service stands (without it too), set a token or remove one",
    )
    parser.add_argument("service", nargs="?", choices=tuple(GATEWAYS), help="which service")
    parser.add_argument("name", nargs="?", metavar="NAME", help="of an earlier token, as listed")
    parser.add_argument("--earlier", action="store_true", help="set one that payments need")


def run(arguments: argparse.Namespace) -> int:
    """List, set or remove; return the exit code.

    Raises:
        TokenError, ConfigError, StorageError, AlreadyRunningError: nothing has changed.
    """
    is_change = arguments.what != _LIST
    if is_change != bool(arguments.service):
        wrong = "list takes no service." if arguments.service else "name a payment service."
        print(f"pos-app tokens: {wrong}", file=sys.stderr)
        return 2
    from pos_app.compose import open_credentials

    with (
        existing_ledger(arguments) as store,
        open_credentials(arguments.paths, store, os.environ) as credentials,
    ):
        if arguments.what == _SET:
            _set(credentials, arguments.service, is_earlier=arguments.earlier)
        elif arguments.what == _REMOVE:
            _remove(credentials, arguments)
        else:
            for account in credentials.accounts():
                _list(account)
    return 0


def _list(account: ServiceAccount) -> None:
    if account.place is None:
        print(f"{account.id:<15} no token ({account.missing})")
    else:
        set_at = f", set {account.set_at.astimezone():%Y-%m-%d %H:%M}" if account.set_at else ""
        place = account.variable or f"in the {account.place}"
        print(f"{account.id:<15} {account.credentials} {place}{set_at}; {_needs(account.use)}")
        if account.missing is not None:
            print(f"{'':<15} does not work: {account.missing}")
    for one in account.earlier:
        kept = "kept" if one.is_kept else "not kept here"
        print(f"{'':<15} {one.credentials} earlier, {kept}; {_needs(one.use)}")


def _needs(use: CredentialsUse) -> str:
    if not use.needed_count:
        return "no payment needs it"
    return f"payments that need it: {use.open_count} open, {use.refundable_count} refundable"


def _set(credentials: Credentials, service: str, *, is_earlier: bool) -> None:
    token = _asked(service)
    if is_earlier:
        credentials.return_earlier(service, token)
        print("Its payments are asked about with it again.")
    else:
        credentials.replace(service, token)
        print("New payments are made with the new token; earlier ones keep theirs.")


def _remove(credentials: Credentials, arguments: argparse.Namespace) -> None:
    from pos_app.app.till import lock_folder

    lock = lock_folder(arguments.paths)  # a till that runs goes on with what it has in hand
    try:
        credentials.remove(arguments.service, arguments.name or "")
    finally:
        if lock is not None:
            lock.unlock()
    print("The token is removed.")


def _asked(service: str) -> Secret:
    """Return the token that somebody types or pipes in.

    Raises:
        TokenFormatError: there is none.
    """
    from pos_app.config.secrets import Secret

    name = GATEWAYS[service].name
    is_person = sys.stdin.isatty()
    words = getpass(f"Token for {name} ({service}): ") if is_person else sys.stdin.readline()
    if not words.strip():
        raise TokenFormatError("There is no token in that.")
    return Secret(words.strip())
