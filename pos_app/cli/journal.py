"""`pos-app journal verify`: whether the journal is whole."""

from __future__ import annotations

import argparse

from pos_app.cli.ledger import add_training_argument, existing_ledger

_ABOUT = """\
A broken chain is told by its first broken link. A cut tail shows by comparing the heads with those
that were printed or written down before.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument("what", choices=("verify",), help="walk every chain from its first entry")
    add_training_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Verify the journal and print its heads; return the exit code.

    Raises:
        JournalBrokenError: names the first link that does not hold.
    """
    with existing_ledger(arguments) as store, store.read() as work:
        check = work.journal.verify()
    print(
        f"The journal is whole: {_count(check.entries, 'entry', 'entries')}"
        f" by {_count(len(check.heads), 'writer', 'writers')}."
    )
    for head in check.heads:
        print(f"{head.writer} ends with {head.number} {head.hash}")
    return 0


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
