"""Training's pretend payment services, as a process of their own."""

from __future__ import annotations

from pos_app.app.companion import Companion, CompanionError, kept_port
from pos_app.domain.errors import PosAppError
from pos_app.paths import DataPaths, private_folder


class SimulatorError(PosAppError):
    """The pretend payment services did not start; training is not possible without them."""


class EmbeddedSimulator:
    """Starts the simulator for one data folder and ends it with the till.

    Its port is kept beside the data, so that codes painted before a restart still lead
    somewhere; when the port is taken by then, another one is chosen and kept.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._companion: Companion | None = None

    def start(self) -> str:
        """Start it and return its address. Blocks until it listens: never on the GUI thread.

        Raises:
            SimulatorError: it ended instead of listening.
        """
        private_folder(self._paths.root)
        arguments = [
            "simulator",
            "--port",
            str(kept_port(self._paths.root / "simulator.port")),
            "--state",
            str(self._paths.simulator_state),
            "--data-dir",
            str(self._paths.root),
        ]
        self._companion = Companion(arguments)
        try:
            return self._companion.start()
        except CompanionError as error:
            words = "Training's payment simulator didn't start; see its log."
            raise SimulatorError(f"{words} {error}".rstrip()) from error

    def stop(self) -> None:
        """End it: it keeps what it knows in its state file. May be repeated."""
        if self._companion is not None:
            self._companion.stop()
