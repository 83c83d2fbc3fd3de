"""`pos-app people`: who may use the till, and a new PIN for who has lost theirs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from getpass import getpass
from typing import TYPE_CHECKING

from pos_app.cli.ledger import add_training_argument, existing_ledger
from pos_app.domain.errors import PinFormatError
from pos_app.domain.people import Person, check_new_pin

if TYPE_CHECKING:
    from pos_app.services.people import People

_LIST, _RESET = "list", "reset-pin"
_ABOUT = """\
“reset-pin NAME” gives somebody a new PIN and unlocks them: for a manager who has lost theirs and
has no colleague. The PIN is asked for twice and not shown; from a pipe it is read as one line.
The journal keeps that it happened. Other changes are made in the till, under Settings.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument(
        "what",
        nargs="?",
        choices=(_LIST, _RESET),
        default=_LIST,
        help="list who may sign in (without it too), or reset somebody's PIN",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="whose PIN; any case of letters")
    add_training_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the people or reset a PIN; return the exit code.

    Raises:
        NobodyOfThatNameError, PinFormatError, StorageError: nothing has changed.
    """
    is_reset = arguments.what == _RESET
    if is_reset != bool(arguments.name):
        wrong = "reset-pin needs the name of a person." if is_reset else "list takes no name."
        print(f"pos-app people: {wrong}", file=sys.stderr)
        return 2
    from pos_app.services.clock import SystemClock
    from pos_app.services.people import People

    with existing_ledger(arguments) as store:
        people = People(store, SystemClock())
        if is_reset:
            _reset(people, arguments.name)
        else:
            _list(people)
    return 0


def _list(people: People) -> None:
    now = datetime.now(UTC)
    everyone = people.everyone()
    if not everyone:
        print("Nobody yet: the till asks for the first manager when it starts.")
    wide = max((len(person.name) for person in everyone), default=0)
    for person in everyone:
        print(f"{person.name:<{wide}}  {person.role:<7}  {_locked(person, now)}".rstrip())


def _locked(person: Person, now: datetime) -> str:
    if person.locked_until is None or not person.is_locked_at(now):
        return ""
    return f"locked until {person.locked_until.astimezone():%H:%M}"


def _reset(people: People, name: str) -> None:
    person = people.named(name)
    pin = _ask(person) if sys.stdin.isatty() else sys.stdin.readline().strip()
    check_new_pin(pin, person.role)
    people.reset_pin_by_administrator(person.name, pin)
    print(f"{person.name} signs in with the new PIN from now on.")


def _ask(person: Person) -> str:
    pin = getpass(f"New PIN for {person.name}: ")
    check_new_pin(pin, person.role)
    if getpass("The same PIN again: ") != pin:
        raise PinFormatError("The two PINs aren't the same. Nothing has changed.")
    return pin
