"""`pos-app reconcile`: a day of the ledger against the gateway's own list."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

from pos_app.cli.ledger import add_training_argument, chosen_paths, existing_ledger

if TYPE_CHECKING:
    from pos_app.domain.money import Money
    from pos_app.domain.reconciliation import Difference, Report

_ABOUT = """\
What the gateway knows better is repaired by asking it; nothing is charged, cancelled or refunded.
What needs a person is on the till's "needs an answer" list as well. It may run while tills sell,
as often as one likes. Exit code 1 when a difference remains or something could not be compared.
"""

_WORDS = {
    "paid_there": "paid at the gateway, not here",
    "paid_only_here": "paid here, and not known to be paid at the gateway",
    "disagrees": "the gateway has another amount, method or reference, or has it twice",
    "unknown_here": "nobody knew here if it was paid",
    "unknown_reference": "the gateway took money for a payment that this ledger doesn't have",
    "refund_done_there": "refunded at the gateway; the answer had been lost",
    "refund_unknown": "a refund without an answer, and not in the gateway's list",
    "refund_not_here": "the gateway has a refund that this ledger doesn't have",
    "more_refunded_there": "more was refunded at the gateway than here",
    "less_refunded_there": "less was refunded at the gateway than here; its list may be behind",
    "maybe_returned": "paid and cancelled at the same moment: perhaps returned",
}
_OUTCOMES = {
    "repaired": "repaired",
    "needs_person": "needs a person",
    "open": "nothing is proven: reconcile again later",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument(
        "--day",
        required=True,
        type=_day,
        metavar="DAY",
        help="such as 2026-07-12, of this computer's time zone",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_training_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reconcile the day and print what differs; return the exit code."""
    from pos_app.compose import open_reconciliation

    paths = chosen_paths(arguments)
    with (
        existing_ledger(arguments) as store,
        open_reconciliation(
            paths, store, os.environ, is_training=arguments.training
        ) as reconciliation,
    ):
        report = reconciliation.reconcile(arguments.day)
    if arguments.json:
        print(json.dumps(_object(report), ensure_ascii=False, indent=1))
    else:
        _show(report)
    if report.is_clean:
        return 0
    print(_trouble(report), file=sys.stderr)
    return 1


def _show(report: Report) -> None:
    how = "with the gateway's list" if report.has_list else "by asking for each: there is no list"
    print(f"{report.day}: payments compared {report.charges} ({how}).")
    for one in report.differences:
        amounts = ", ".join(
            f"{where} {amount.currency} {amount.plain}"
            for where, amount in (("here", one.here), ("there", one.there))
            if amount is not None
        )
        about = f" ({amounts})" if amounts else ""
        name = one.refund if one.refund.startswith(one.reference) else one.reference
        print(f"{name}: {_WORDS[one.kind]}{about}: {_OUTCOMES[one.outcome]}.")


def _trouble(report: Report) -> str:
    parts = [
        (len(report.remaining), "differences that remain"),
        (report.not_compared, "payments that could not be compared"),
    ]
    said = [f"{words}: {count}" for count, words in parts if count]
    if not report.has_list:
        said.append("without the gateway's list, refunds could not be compared")
    return f"Not all agrees ({'; '.join(said)})."


def _object(report: Report) -> dict[str, object]:
    return {
        "day": report.day.isoformat(),
        "charges": report.charges,
        "not_compared": report.not_compared,
        "has_list": report.has_list,
        "is_clean": report.is_clean,
        "differences": [_difference(one) for one in report.differences],
    }


def _difference(one: Difference) -> dict[str, object]:
    return {
        "kind": str(one.kind),
        "outcome": str(one.outcome),
        "reference": one.reference,
        "charge_id": one.charge_id,
        "refund": one.refund or None,
        "here_minor": _minor(one.here),
        "there_minor": _minor(one.there),
        "currency": next(
            (amount.currency for amount in (one.here, one.there) if amount is not None), None
        ),
    }


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day such as 2026-07-12") from None
