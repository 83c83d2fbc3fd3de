"""A browser of this computer that shows one page on a screen of its own, and keeps nothing of it.

For payments whose customer types on the payment service's page (ux.md 6.12). The page's address
is told to nobody but the browser: it is in no log.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos_app.config.declaring import PREFIX
from pos_app.domain.errors import PosAppError
from pos_app.paths import private_folder

_log = logging.getLogger(__name__)

_END_WITHIN_S = 3.0
_SETTLES_S = 1.0
_WINDOWS_HOMES = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")
_WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
_MAC = ("Microsoft Edge", "Google Chrome", "Chromium")
_LINUX = (
    "microsoft-edge",
    "microsoft-edge-stable",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
)
_HABITS = (
    "--incognito",  # nothing that is typed is offered to be saved
    "--inprivate",  # the same in Edge's words
    "--kiosk",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-background-networking",
    "--disable-features=Translate",
    "--password-store=basic",
)

_WATCHED = """
profile=$1
shift
exec 3<&0
"$@" 3<&- &
browser=$!
(read -r _ <&3; kill -TERM "$browser") &
wait "$browser"
trap '' TERM
kill -TERM 0
rm -rf "$profile"
"""
"""Runs the browser until it ends or the till does, which closes the standard input, however it
ends; then nothing of what the customer has typed stays, neither on the screen nor on the disk."""


class BrowserError(PosAppError):
    """No browser could be started. Money: nothing happened; the customer can scan the code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: its left upper corner on the desktop and its size, in px."""

    x: int
    y: int
    width: int
    height: int


class PageBrowser(Protocol):
    """Shows a page to the customer. All but `is_open` may block: not on the GUI thread."""

    def find(self) -> bool:
        """Tell whether this computer has a browser that can do it."""

    def open(self, address: str, place: Place) -> None:
        """Show the page on the whole screen at `place`, instead of an earlier one.

        Raises:
            BrowserError: it did not start.
        """

    def is_open(self) -> bool:
        """Tell whether the page is still there; the customer may have closed it."""

    def close(self) -> None:
        """Take the page away, and everything that the browser has kept. May be repeated."""


def programs() -> Iterator[str]:
    """Go through the browsers of this computer that can do it, the system's own first."""
    if sys.platform == "win32":
        for program in _WINDOWS:
            for home in filter(None, map(os.environ.get, _WINDOWS_HOMES)):
                yield str(Path(home, program))
    elif sys.platform == "darwin":
        for name in _MAC:
            yield f"/Applications/{name}.app/Contents/MacOS/{name}"
    else:
        yield from filter(None, map(shutil.which, _LINUX))


class InstalledBrowser:
    """Runs Edge, Chrome or Chromium with a profile that is thrown away. Thread-safe."""

    def __init__(
        self,
        folder: Path,
        candidates: Callable[[], Iterator[str]] = programs,
        settles_s: float = _SETTLES_S,
    ) -> None:
        """Keep profiles in `folder`, which is this till's alone."""
        self._folder = folder
        self._candidates = candidates
        self._settles_s = settles_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def find(self) -> bool:
        """Tell whether there is such a browser; looks at some files."""
        return self._program() is not None

    def open(self, address: str, place: Place) -> None:
        """Show the page on the whole screen at `place`, instead of an earlier one.

        Raises:
            BrowserError: there is no browser, the system refused, or it ended at once.
        """
        program = self._program()
        if program is None:
            raise BrowserError("This computer has no Edge, Chrome or Chromium.")
        with self._lock:
            self._end()
            try:
                self._process = self._started(program, address, place)
            except OSError as error:
                self._end()
                raise BrowserError(f"The browser didn't start: {error.strerror}.") from None
            if self._has_ended():
                raise BrowserError("The browser ended at once.")

    def is_open(self) -> bool:
        """Tell whether the page is still there. Does not wait."""
        process = self._process
        return process is not None and process.poll() is None

    def close(self) -> None:
        """Take the page away with its profile, also what a killed till has left."""
        with self._lock:
            self._end()

    def _has_ended(self) -> bool:
        """Give a browser that can't work the time to say so."""
        assert self._process is not None
        try:
            self._process.wait(self._settles_s)
        except subprocess.TimeoutExpired:
            return False
        self._end()
        return True

    def _program(self) -> str | None:
        return next((one for one in self._candidates() if Path(one).is_file()), None)

    def _started(self, program: str, address: str, place: Place) -> subprocess.Popen[bytes]:
        profile = tempfile.mkdtemp(dir=private_folder(self._folder))
        command = [
            program,
            f"--app={address}",
            f"--user-data-dir={profile}",
            f"--window-position={place.x},{place.y}",
            f"--window-size={place.width},{place.height}",
            *_HABITS,
        ]
        if os.name == "posix":
            command = ["/bin/sh", "-c", _WATCHED, "sh", profile, *command]
        return subprocess.Popen(  # noqa: S603 - a browser of this computer
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # The tokens that the till may have there are no business of a browser.
            env={name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
            start_new_session=True,
        )

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
        if self._folder.exists():
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._folder.exists():
            _log.warning("a browser's profile is still in %s; it goes next time", self._folder)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the browser with all its processes."""
    assert process.stdin is not None
    process.stdin.close()
    if sys.platform == "win32":
        process.kill()  # its other processes end with it
        process.wait()
        return
    try:
        process.wait(_END_WITHIN_S)
    except subprocess.TimeoutExpired:
        _log.warning("the browser is ended by force")
    with suppress(ProcessLookupError):  # all of them have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
