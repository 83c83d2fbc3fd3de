"""`pos-app doctor`: checks this computer and says what to do about what it finds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from pos_app.cli.ledger import add_training_argument, chosen_paths
from pos_app.domain.errors import ConfigError, PosAppError

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.config.settings import Settings
    from pos_app.paths import DataPaths
    from pos_app.services.doctor.verdicts import Check, Finding

_QUESTIONS = ("qt", "screens", "printers")
_ABOUT = """\
Each line begins with ok, warning, trouble or skipped. Nothing is changed, no token is shown.
Exit code 1 when there is trouble.
"""


class QtMissingError(PosAppError):
    """Qt's libraries cannot be loaded."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command understands."""
    parser.epilog = _ABOUT
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_training_argument(parser)
    # How the command asks Qt in a process of its own.
    parser.add_argument("--ask-qt", choices=_QUESTIONS, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Check everything and print what was found; return the exit code."""
    if arguments.ask_qt:
        print(json.dumps(_answer(arguments.ask_qt)))
        return 0
    from pos_app.services.doctor.verdicts import Level, examine

    findings = examine(_checks(chosen_paths(arguments), is_training=arguments.training))
    shown = _show_json(findings) if arguments.json else _show_lines(findings)
    troubles = [one for one in shown if one.verdict.level is Level.TROUBLE]
    if not troubles:
        return 0
    subjects = ", ".join(one.subject for one in troubles)
    print(f"There is trouble with: {subjects}.", file=sys.stderr)
    return 1


def _show_lines(findings: Iterable[Finding]) -> list[Finding]:
    from pos_app.logs import mask_secrets

    shown = []
    for one in findings:
        words = f"{one.verdict.text} {one.verdict.advice}".rstrip()
        print(mask_secrets(f"{one.verdict.level:<8} {one.subject}: {words}"), flush=True)
        shown.append(one)
    return shown


def _show_json(findings: Iterable[Finding]) -> list[Finding]:
    from pos_app.logs import mask_secrets

    shown = list(findings)
    checks = [
        {
            "subject": one.subject,
            "level": str(one.verdict.level),
            "text": mask_secrets(one.verdict.text),
            "advice": mask_secrets(one.verdict.advice),
        }
        for one in shown
    ]
    print(json.dumps({"checks": checks}, ensure_ascii=False, indent=1))
    return shown


def _checks(paths: DataPaths, *, is_training: bool) -> list[Check]:
    """Return all checks in the order of their lines."""
    from pos_app.compose import settings_of
    from pos_app.services.doctor import computer, desktop
    from pos_app.services.doctor.receiver import receiver
    from pos_app.services.doctor.verdicts import Check, ok, skipped, trouble

    qt = desktop.Desktop(
        [*desktop.command_line(), "doctor", "--data-dir", str(paths.root), "--ask-qt"], os.environ
    )
    checks = [
        Check("Program", computer.program),
        Check("Window system", partial(desktop.qt, qt)),
        Check("Screens", partial(desktop.screens, qt)),
        Check("Data folder", partial(computer.data_folder, paths.root)),
        Check("Disk", partial(computer.disk_space, paths.root)),
        Check("Simulator", computer.simulator_port),
    ]
    try:
        settings = settings_of(paths, os.environ, is_training=is_training)
    except ConfigError as error:
        words = str(error)
        checks.append(Check("Settings", lambda: trouble(words, "Correct it there.")))
        late = (
            "Printer",
            "Ledger",
            "Journal",
            "Backups",
            "Receiver",
            "Token",
            "Citcon",
            "Earlier tokens",
            "Clock",
        )
        why = skipped("It depends on the settings.")
        return checks + [Check(subject, lambda: why) for subject in late]
    source = str(paths.config) if paths.config.exists() else "the defaults"
    words = f"They come from {source} and the environment, and can be used."
    checks.append(Check("Settings", lambda: ok(words)))
    return [
        *checks,
        Check("Printer", partial(desktop.printer, qt, settings.printer)),
        *_book_checks(paths, settings),
        Check("Receiver", partial(receiver, settings, *_ledger_of(paths, settings))),
        *_card_checks(settings),
        *_gateway_checks(paths, settings, is_training=is_training),
    ]


def _book_checks(paths: DataPaths, settings: Settings) -> list[Check]:
    from pos_app.services.doctor import books
    from pos_app.services.doctor.verdicts import Check

    place = _ledger_of(paths, settings)
    now = datetime.now(UTC)
    return [
        Check("Ledger", partial(books.ledger, *place)),
        Check("Journal", partial(books.journal, *place, now), books.JOURNAL_LATE),
        Check("Backups", partial(books.backups, *place, paths.backups, now)),
    ]


def _ledger_of(paths: DataPaths, settings: Settings) -> tuple[str, Path]:
    return settings.database.url, paths.database


def _card_checks(settings: Settings) -> list[Check]:
    from pos_app.services.doctor import gateways
    from pos_app.services.doctor.verdicts import Check

    is_on = settings.jpay.allow_keyed_cards
    return [Check("Keyed cards", gateways.keyed_cards)] if is_on else []


def _gateway_checks(paths: DataPaths, settings: Settings, *, is_training: bool) -> list[Check]:
    from pos_app.config.secrets import SecretStore
    from pos_app.gateways.opening import store_gateways
    from pos_app.services.doctor import gateways, tokens
    from pos_app.services.doctor.verdicts import Check, skipped

    if is_training:
        why = skipped("Training plays with its own simulator and needs none.")
        return [Check("Token", lambda: why), Check("Citcon", lambda: why)]
    secrets = SecretStore(paths.secrets, os.environ)
    # Without its store code nothing is activated by looking.
    passive = replace(settings, citcon_instore=replace(settings.citcon_instore, store_code=""))
    in_use = [one for one in store_gateways(passive, secrets) if one.methods]
    checks = []
    for factory in in_use:
        section = settings.service(factory.id)
        which = f" ({factory.id})" if len(in_use) > 1 else ""
        ask = partial(gateways.gateway, factory, section.base_url)
        checks += [
            Check(f"Token{which}", partial(gateways.token, section.token, factory.name, secrets)),
            Check(f"{factory.name}{which}", ask),
        ]
    look = partial(tokens.earlier, _ledger_of(paths, settings), settings, secrets)
    checks.append(Check("Earlier tokens", lambda: look(datetime.now(UTC))))
    address = settings.service(in_use[0].id).base_url
    clock = partial(gateways.clock, address, partial(datetime.now, UTC))
    return [*checks, Check("Clock", clock)]


def _answer(question: str) -> dict[str, object]:
    """Answer one question about Qt.

    Raises:
        QtMissingError: it cannot be loaded.
    """
    try:
        from pos_app.ui import desktop
    except ImportError as error:
        raise QtMissingError(f"Qt can't be loaded: {error}") from error
    about = {
        "qt": desktop.about_qt,
        "screens": desktop.about_screens,
        "printers": desktop.about_printers,
    }
    return about[question]()
