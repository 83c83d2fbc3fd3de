"""The report that a person can send after an unforeseen failure."""

from __future__ import annotations

import platform
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from pos_app import __version__
from pos_app.paths import DataPaths, private_folder


def save_report(paths: DataPaths) -> Path:
    """Put the logs and the versions into one file in the data folder and return it.

    The logs hold no tokens, PINs or customers' names: they are masked as they are written. The
    ledger and the settings stay out of the report.

    Raises:
        OSError: it cannot be written.
    """
    folder = private_folder(paths.root / "reports")
    file = folder / f"report-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("about.txt", _about())
        for log in sorted(paths.logs.glob("*.log*")):
            bundle.write(log, f"logs/{log.name}")
    return file


def _about() -> str:
    return f"QR Till {__version__}\nPython {platform.python_version()}\n{platform.platform()}\n"
