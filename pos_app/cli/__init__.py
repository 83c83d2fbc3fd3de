"""The commands of `pos-app`.

Each command is a module of this package with `add_arguments(parser)` and `run(arguments)`; only
the chosen one is imported, so that the till paints its window before anything else is loaded.
"""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol, cast

from pos_app import __version__
from pos_app.domain.errors import PosAppError
from pos_app.paths import DATA_DIR_VARIABLE, DataPaths, default_data_dir

FINE, TROUBLE, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

TILL = "till"
COMMANDS = {
    "demo": "the till in training, with pretend payment services",
    "simulator": "the pretend payment services alone",
    "notify": "receive what payment services tell by themselves",
    "export": "write charges or the journal for other programs",
    "journal": "check that the journal is whole",
    "reconcile": "compare a day with the gateway's own list",
    "people": "list who may use the till, or give somebody a new PIN",
    "tokens": "list, set or remove the tokens of payment services",
    "restore": "make the ledger from a backup again",
    "doctor": "check this computer: database, gateway, keyring, printer, screens",
}
_COMMON_WITH_VALUE = "--data-dir"

_log = logging.getLogger(__name__)


class Command(Protocol):
    """What a command's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code; `arguments.paths` says where this till's files are.

        Raises:
            PosAppError: a known trouble; its sentence is printed and the exit code is 1.
        """


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            WRONG_USAGE, f"{self.prog}: {message}. “{self.prog} --help” shows the choices.\n"
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` names, the till if it names none, and return the exit code.

    0 fine, 1 trouble (told in one sentence on stderr), 2 wrong usage, 130 interrupted.
    """
    name, options = _split(sys.argv[1:] if argv is None else argv)
    try:
        if name not in {TILL, *COMMANDS}:
            _parser(TILL).error(f"there is no command “{name}”")
        # As a name's text, so that import-linter and the packager need not follow it.
        command = cast("Command", importlib.import_module(f"pos_app.cli.{name}"))
        parser = _parser(name)
        command.add_arguments(parser)
        arguments = parser.parse_args(options)
    except SystemExit as told:  # argparse has said why
        return int(told.code or FINE)
    arguments.paths = DataPaths(arguments.data_dir or default_data_dir())
    return _run(name, command, arguments)


def _run(name: str, command: Command, arguments: argparse.Namespace) -> int:
    """Run `command` and turn whatever ends it into an exit code and one sentence."""
    from pos_app.logs import start_logging

    log_file = start_logging(arguments.paths.logs, name)
    try:
        code = command.run(arguments)
        sys.stdout.flush()  # a reader that has gone is noticed here, not at the interpreter's end
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return TROUBLE
    except PosAppError as trouble:
        _log.warning("%s", trouble, exc_info=True)
        return _tell(str(trouble))
    except OSError as trouble:
        _log.warning("%s", trouble, exc_info=True)
        try:
            sys.stdout.flush()
        except OSError:  # it is the output itself that can't be written
            _drop_output()
        where = f" ({trouble.filename})" if trouble.filename else ""
        return _tell(f"The system refused: {trouble.strerror or trouble}{where}.")
    except Exception:  # noqa: BLE001 - the top-level handler
        _log.critical("Nobody caught this", exc_info=True)
        return _tell(f"Something went wrong in the program; the details are in {log_file}.")
    return code


def _drop_output() -> None:
    """Let what is still unwritten go, so that the interpreter's end does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return TROUBLE


def _split(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Find the command's name; what stands before it belongs to the options as well."""
    rest = iter(range(len(argv)))
    for index in rest:
        if argv[index] == _COMMON_WITH_VALUE:
            next(rest, None)
        elif not argv[index].startswith("-"):
            return argv[index], [*argv[:index], *argv[index + 1 :]]
    return TILL, list(argv)


def _parser(name: str) -> _Parser:
    """Return the parser of the command `name` with the options that all commands share."""
    is_till = name == TILL
    listed = "\n".join(f"  {command:<12}{help_line}" for command, help_line in COMMANDS.items())
    parser = _Parser(
        prog="pos-app" if is_till else f"pos-app {name}",
        description="QR Till, a till for payments by QR code."
        if is_till
        else f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.",
        epilog=f"commands (without one: the till):\n{listed}" if is_till else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"QR Till {__version__}")
    parser.add_argument(
        _COMMON_WITH_VALUE,
        type=lambda value: Path(value).expanduser().absolute(),
        metavar="FOLDER",
        help=f"where everything is kept (else {DATA_DIR_VARIABLE}, else this user's data folder)",
    )
    return parser
