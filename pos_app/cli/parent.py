"""Ends a command with the program that started it. Not a command itself: several share it."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Callable


def add_parent_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--end-with-parent`."""
    parser.add_argument(
        "--end-with-parent", action="store_true", help="end when standard input closes"
    )


def when_input_ends(stop: Callable[[], None]) -> None:
    """Call `stop` when the other end of standard input is gone, as it is when the parent dies."""

    def wait() -> None:
        # Not sys.stdin: its lock, held by a daemon thread, would abort the interpreter's end.
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass  # There is no standard input (any more).
        stop()

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()
