"""Checks of the computer itself: the program's parts, the data folder, disk, loopback."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sqlite3
import sys
import tempfile
from pathlib import Path

from pos_app import __version__
from pos_app.services.doctor.verdicts import Verdict, ok, trouble, warning

OLDEST_PYTHON = (3, 11)
SPACE_LOW = 1_000_000_000
SPACE_TOO_LOW = 100_000_000
"""Bytes. A busy shop writes some hundred megabytes a year."""
SIMULATOR_PORT = 8199
"""Where `pos-app simulator` listens unless told otherwise."""


def program() -> Verdict:
    """Tell the versions of the program and of what carries it."""
    text = (
        f"QR Till {__version__} on Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.platform(terse=True)}."
    )
    if sys.version_info < OLDEST_PYTHON:
        return trouble(text, "Install Python 3.11 or newer.")
    return ok(text)


def data_folder(folder: Path) -> Verdict:
    """Prove that files can be made in `folder`, and that others cannot look in."""
    if not folder.exists():
        there = _nearest(folder)
        if os.access(there, os.W_OK | os.X_OK):
            return ok(f"{folder} is not there yet; the first start of the till makes it.")
        return trouble(
            f"{folder} is not there and can't be made.", f"Let this user write to {there}."
        )
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return trouble(
            f"{folder} can't be written: {error.strerror or error}.",
            "Let this user write there, or name another folder with --data-dir.",
        )
    mode = folder.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        return warning(
            f"{folder} is open to other users of this computer (mode {mode:04o}).",
            f"chmod 700 “{folder}”",
        )
    return ok(f"{folder} can be written" + (f" (mode {mode:04o})." if os.name == "posix" else "."))


def disk_space(folder: Path) -> Verdict:
    """Tell how much space is left for the ledger and the receipts."""
    free = shutil.disk_usage(_nearest(folder)).free
    text = f"{free / 1e9:,.1f} GB are free."
    if free < SPACE_TOO_LOW:
        return trouble(text, "Make room: without space no payment can be written down.")
    if free < SPACE_LOW:
        return warning(text, "Make room soon.")
    return ok(text)


def simulator_port(port: int = SIMULATOR_PORT) -> Verdict:
    """Prove that the simulator could listen on this computer."""
    with socket.socket() as free:
        try:
            free.bind(("127.0.0.1", 0))
        except OSError as error:
            return trouble(
                f"Nothing can listen on 127.0.0.1: {error.strerror}.",
                "Training needs it: let the firewall allow this program on this computer.",
            )
    with socket.socket() as usual:
        if os.name == "posix":  # a port of a program that has just ended is free
            usual.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            usual.bind(("127.0.0.1", port))
        except OSError:
            return warning(
                f"Port {port} of 127.0.0.1 is taken, maybe by a simulator that runs already.",
                "Start another one with --port.",
            )
    return ok(f"Port {port} of 127.0.0.1 is free.")


def _nearest(folder: Path) -> Path:
    """Return the nearest folder above that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())
