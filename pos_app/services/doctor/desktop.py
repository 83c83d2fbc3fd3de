"""Checks of what a window needs: Qt, fonts, screens, printers.

Qt ends its process where there is no display, and printing systems may hang: so each question is
asked in a process of its own, which answers with one JSON object.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.config.settings import PrinterSettings
from pos_app.domain.errors import PosAppError
from pos_app.services.doctor.verdicts import Verdict, ok, trouble, warning

PATIENCE_S = 10.0
SMALLEST = (1024, 640)
"""Pixels of the smallest screen on which everything can be reached (ux.md, section 4)."""
_LOSES_REFERENCES = (6, 12)
"""The first PySide6 that does (tests/ui/test_pyside_references.py); with Python before 3.12."""
_SETUP = "On Linux “make setup” installs or names the missing libraries."


class DesktopSilentError(PosAppError):
    """The process that asks Qt gave no answer."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """Asks Qt, in another process.

    Attributes:
        command: what to run; the question is its last argument.
        environ: of this process.
    """

    command: Sequence[str]
    environ: Mapping[str, str]

    def ask(self, question: str, *, is_off_screen: bool) -> dict[str, Any]:
        """Return the answer to "qt", "screens" or "printers".

        Raises:
            DesktopSilentError: there is none; says why.
        """
        environ = dict(self.environ)
        if is_off_screen:
            environ["QT_QPA_PLATFORM"] = "offscreen"
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                [*self.command, question],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                env=environ,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DesktopSilentError("There was no answer in time.") from None
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            raise DesktopSilentError(_last_words(done.stderr)) from None
        return answer

    @property
    def has_display(self) -> bool:
        """Whether a window could open: False only where that is certain."""
        if not sys.platform.startswith("linux") or self.environ.get("QT_QPA_PLATFORM"):
            return True
        return bool(self.environ.get("DISPLAY") or self.environ.get("WAYLAND_DISPLAY"))


def qt(desktop: Desktop) -> Verdict:
    """Tell which Qt there is, and whether the bundled fonts can be used."""
    try:
        found = desktop.ask("qt", is_off_screen=True)
    except DesktopSilentError as error:
        return trouble(f"Qt can't be used: {error}", _SETUP)
    text = f"Qt {found['qt']}, PySide6 {found['pyside']}"
    version = tuple(int(part) for part in re.findall(r"\d+", found["pyside"])[:2])
    if version >= _LOSES_REFERENCES and sys.version_info < (3, 12):
        return trouble(
            f"{text} ends the program after some hundred payments on this Python.",
            "Install the pinned version: “make setup”.",
        )
    if found["missing_fonts"]:
        missing = ", ".join(found["missing_fonts"])
        return trouble(f"{text}, but fonts are missing: {missing}.", "Install the program again.")
    return ok(f"{text}, and the program's own fonts.")


def screens(desktop: Desktop) -> Verdict:
    """Tell which screens there are, and whether one is large enough."""
    if not desktop.has_display:
        return trouble(
            "There is no display here, so no window can open.",
            "Start the till in a desktop session; “pos-app demo --tour” works without.",
        )
    try:
        found = desktop.ask("screens", is_off_screen=False)["screens"]
    except DesktopSilentError as error:
        return trouble(f"No window can open: {error}", _SETUP)
    if not found:
        return trouble("No screen is connected.", "Connect one and switch it on.")
    text = ", ".join(f"{one['width']} × {one['height']}" for one in found)
    if not any(one["width"] >= SMALLEST[0] and one["height"] >= SMALLEST[1] for one in found):
        return warning(
            f"{text} is small.", f"The till needs {SMALLEST[0]} × {SMALLEST[1]} to show all."
        )
    return ok(f"{text}.")


def printer(desktop: Desktop, settings: PrinterSettings) -> Verdict:
    """Tell whether the chosen printer is one of this computer's."""
    try:
        found = desktop.ask("printers", is_off_screen=True)
    except DesktopSilentError as error:
        return trouble(f"The system's printers can't be listed: {error}", "Check its print queue.")
    names, default = found["names"], found["default"]
    there = f"this computer has {', '.join(names)}" if names else "this computer has none"
    if not settings.name:
        kept = "receipts are saved as PDF" if settings.save_pdf else "there will be no receipts"
        return warning(
            f"None is chosen, so {kept}; {there}.", "Choose one: printer.name in config.toml."
        )
    if settings.name == "system":
        if default:
            return ok(f"The system's default is “{default}”.")
        return trouble(f"The system has no default printer; {there}.", "Choose one there.")
    if settings.name not in names:
        return trouble(
            f"“{settings.name}” isn't there; {there}.",
            "Install it, or choose another: printer.name in config.toml.",
        )
    return ok(f"“{settings.name}” is there.")


def _last_words(stderr: bytes) -> str:
    """Return the line in which Qt or the system says why it ended."""
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"need|could not|cannot|can't", line, re.I)]
    words = (telling or lines or ["it ended without a word"])[-1 if not telling else 0]
    return words[:300]


def command_line() -> list[str]:
    """Return how this very program is started, from a checkout as well as frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pos_app"]
