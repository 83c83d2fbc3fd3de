"""Checks, what they find, and how they are carried out side by side in bounded time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.errors import PosAppError

PATIENCE_S = 12.0
"""For all checks together; above every time-out of the network, the ledger and the keyring."""


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    """Nothing to do."""
    WARNING = "warning"
    """The till works, but something could be better."""
    TROUBLE = "trouble"
    """The till cannot do all it should until somebody does something."""
    SKIPPED = "skipped"
    """Not checked, and why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, and what to do about it ("" when nothing is); plain sentences."""

    level: Level
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    Attributes:
        subject: what it is about: "Printer".
        look: looks, on a thread of its own; may raise PosAppError or OSError, which is trouble.
        when_late: the verdict when `look` does not end in time; None: trouble in general words.
    """

    subject: str
    look: Callable[[], Verdict]
    when_late: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A check's subject and its verdict."""

    subject: str
    verdict: Verdict


def ok(text: str) -> Verdict:
    """Return that all is well."""
    return Verdict(Level.OK, text)


def warning(text: str, advice: str) -> Verdict:
    """Return that something could be better."""
    return Verdict(Level.WARNING, text, advice)


def trouble(text: str, advice: str) -> Verdict:
    """Return that somebody has to do something."""
    return Verdict(Level.TROUBLE, text, advice)


def skipped(text: str) -> Verdict:
    """Return that it was not checked, and why."""
    return Verdict(Level.SKIPPED, text)


def examine(checks: Sequence[Check], patience_s: float = PATIENCE_S) -> Iterator[Finding]:
    """Carry all checks out at the same time and yield what they find, in their order.

    Ends after `patience_s` even if a check hangs; its thread does not keep the program alive.
    """
    running = [(check, _in_daemon_thread(check)) for check in checks]
    ends_at = time.monotonic() + patience_s
    for check, future in running:
        left_s = max(0.0, ends_at - time.monotonic())
        yield Finding(check.subject, _verdict(check, future, left_s))


def _verdict(check: Check, future: Future[Verdict], left_s: float) -> Verdict:
    try:
        return future.result(left_s)
    except TimeoutError:
        return check.when_late or trouble(
            "There was no answer in time.", "Try again; if it stays so, restart the computer."
        )
    except PosAppError as error:
        return trouble(str(error), "")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return trouble(f"The system refused: {error.strerror or error}{where}.", "")


def _in_daemon_thread(check: Check) -> Future[Verdict]:
    future: Future[Verdict] = Future()

    def run() -> None:
        try:
            future.set_result(check.look())
        except BaseException as error:  # noqa: BLE001 - the thread's top; raised by `result`
            future.set_exception(error)

    threading.Thread(target=run, name=f"check {check.subject}", daemon=True).start()
    return future
