"""A command of this program as a process beside the till, which ends with it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from pos_app.domain.errors import PosAppError
from pos_app.services.ports import any_free, is_free

_log = logging.getLogger(__name__)
_READY = "listening on "
LOOPBACK = "127.0.0.1"


class CompanionError(PosAppError):
    """The command did not begin to listen; its own last words, or none."""


class Companion:
    """Runs one command that listens. It ends when the till ends, however the till ends.

    Its standard input is a pipe that only the till holds: when the till is gone, the system closes
    it, and `--end-with-parent` makes the command notice.
    """

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
        """Keep what to run: the command's name, its arguments, its environment (else ours)."""
        self._name = arguments[0]
        self._command = [*_ourselves(), *arguments, "--end-with-parent"]
        self._environ = environ
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._is_ended = False

    def start(self) -> str:
        """Start it and return where it listens. Blocks until it does: never on the GUI thread.

        Raises:
            CompanionError: it ended instead, or was told to end.
        """
        with self._lock:
            if self._is_ended:
                raise CompanionError("")
            try:
                self._process = _begun(self._command, self._environ)
            except OSError as error:
                raise CompanionError(f"The system refused: {error.strerror}.") from error
        said = ""
        while line := self._read():
            if line.startswith(_READY):
                return line.removeprefix(_READY).strip()
            said = line.strip()
        self.stop()
        raise CompanionError(said)

    def wait(self) -> None:
        """Wait until it has ended, on the thread that has started it."""
        while line := self._read():
            _log.info("%s says: %s", self._name, line.strip())

    def end(self) -> None:
        """Tell it to end, without waiting. May be repeated, and called on any thread."""
        with self._lock:
            self._is_ended = True
            process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()

    def stop(self, within_s: float = 5.0) -> None:
        """Tell it to end and wait; after `within_s` it is killed. May be repeated.

        Not while another thread waits for it: `end` makes that one go on.
        """
        self.end()
        process = self._process
        if process is None:
            return
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _read(self) -> str:
        """Return the next line that it says; empty when it has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def kept_port(file: Path) -> int:
    """Return a free port of this computer, the one of the last time if it is still free.

    So addresses that a payment service was told before a restart still lead somewhere.

    Raises:
        OSError: `file`, which keeps it, cannot be written.
    """
    kept = _kept(file)
    if kept and is_free(LOOPBACK, kept):
        return kept
    port = any_free(LOOPBACK)
    file.write_text(str(port), encoding="ascii")
    return port


def _kept(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _begun(command: Sequence[str], environ: Mapping[str, str] | None) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - ourselves
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _ourselves() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pos_app"]
