"""A screen of its own (Xvfb), real key presses (XTEST, by xdotool), and pictures of it."""

import os
import subprocess
import sys
from contextlib import contextmanager

from PIL import ImageGrab

from tests.fakes.waiting import until

SIZE = (1366, 768)
BETWEEN_KEYS_MS = 45
"""More than what makes six keys a barcode scanner (ux.md, section 5)."""


class Screen:
    """One X display without a window manager.

    Attributes:
        name: what DISPLAY says, such as ":7".
    """

    def __init__(self, name):
        self.name = name

    def picture(self):
        """What can be seen now."""
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")

    def count(self, colour):
        """How many pixels have exactly the colour "#rrggbb"."""
        wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
        counted = self.picture().getcolors(SIZE[0] * SIZE[1]) or []
        return next((number for number, found in counted if found == wanted), 0)

    def press(self, *keys):
        """Press keys as X names them, one after the other, wherever the focus is."""
        self._xdotool("key", "--delay", str(BETWEEN_KEYS_MS), *keys)

    def focus_window(self, title="QR Till", seconds=20):
        """Wait for the window and give it the keyboard, as a window manager would."""
        found = until(
            lambda: self._xdotool("search", "--onlyvisible", "--name", title, may_fail=True),
            f"a window called {title}",
            seconds,
        )
        self._xdotool("windowfocus", "--sync", found.split()[-1])

    def _xdotool(self, *arguments, may_fail=False):
        done = subprocess.run(
            ["xdotool", *arguments],  # noqa: S607
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            timeout=20,
            check=not may_fail,
        )
        return done.stdout if done.returncode == 0 else ""


def is_possible():
    """Whether this system has such screens at all."""
    return sys.platform == "linux"


@contextmanager
def new_screen():
    """Run Xvfb on a free display while the block runs."""
    with x_server(*SIZE) as name:
        yield Screen(name)


@contextmanager
def x_server(wide, high):
    """Run Xvfb of this size while the block runs; yields the display's name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [  # noqa: S607
            "Xvfb", "-displayfd", str(writing), "-screen", "0", f"{wide}x{high}x24",
            "-nolisten", "tcp", "-noreset",
        ],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
