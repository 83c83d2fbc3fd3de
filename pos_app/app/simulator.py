"""Training's pretend payment services, as a process of their own."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from pos_app.domain.errors import PosAppError
from pos_app.paths import DataPaths, private_folder

_log = logging.getLogger(__name__)
_READY = "listening on "
_END_WITHIN_S = 5.0


class SimulatorError(PosAppError):
    """The pretend payment services did not start; training is not possible without them."""


class EmbeddedSimulator:
    """Starts the simulator for one data folder and ends it with the till.

    Its port is kept beside the data, so that codes painted before a restart still lead
    somewhere; when the port is taken by then, another one is chosen and kept.

    Attributes:
        address: where it listens, e.g. "http://127.0.0.1:40123"; empty until `start`.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> str:
        """Start it and return its address. Blocks until it listens: never on the GUI thread.

        Raises:
            SimulatorError: it ended instead of listening.
        """
        private_folder(self._paths.root)
        kept = self._kept_port()
        if not (kept and self._try(kept)) and not self._try(0):
            raise SimulatorError("Training's payment simulator didn't start; see its log.")
        port = self.address.rpartition(":")[2].strip("/")
        if port != str(kept):
            self._port_file.write_text(port, encoding="ascii")
        return self.address

    def stop(self) -> None:
        """End it: it keeps what it knows in its state file. May be repeated."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()  # --end-with-parent
        try:
            process.wait(_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    @property
    def _port_file(self) -> Path:
        return self._paths.root / "simulator.port"

    def _kept_port(self) -> int:
        try:
            return int(self._port_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def _try(self, port: int) -> bool:
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [
                *_ourselves(),
                "simulator",
                "--port",
                str(port),
                "--state",
                str(self._paths.simulator_state),
                "--data-dir",
                str(self._paths.root),
                "--end-with-parent",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if line.startswith(_READY):
            self.address = line.removeprefix(_READY)
            return True
        _log.warning("The simulator did not start on port %s", port)
        self.stop()
        return False


def _ourselves() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pos_app"]
