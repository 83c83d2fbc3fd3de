"""The notification receiver beside the till, as a process of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pos_app.app.companion import LOOPBACK, Companion, CompanionError, kept_port
from pos_app.config.kinds import yes_or_no
from pos_app.paths import DataPaths, private_folder
from pos_app.services.ports import is_free
from pos_app.services.receiving import Receiving, Reception

if TYPE_CHECKING:
    from pos_app.config.notify import NotifySettings

_log = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Before it is started again: the first after it has run well, then one more for each failure."""
RAN_WELL_S = 60.0
_LAST_ANSWERS_WITHIN_S = 2.0
_BESIDE_TILL = "POS_APP_NOTIFY_BESIDE_TILL"


class ReceiverBeside:
    """Keeps `pos-app notify` running beside the till until `end`.

    A receiver that does not run costs nothing but time: the till asks about its payments.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        settings: NotifySettings,
        receiving: Receiving,
        launch: Callable[[Sequence[str]], Companion] = Companion,
        pauses_s: Sequence[float] = PAUSES_S,
    ) -> None:
        """Keep what to run and whom to tell; `launch` makes one process, not yet started."""
        self._arguments = arguments
        self._settings = settings
        self._receiving = receiving
        self._launch = launch
        self._pauses_s = pauses_s
        self._ending = threading.Event()
        self._is_renewing = False
        self._companion: Companion | None = None
        self._thread = threading.Thread(target=self._run, name="receiver", daemon=True)

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._thread.start()

    def end(self) -> None:
        """Tell the process to end, without waiting for it."""
        self._ending.set()
        companion = self._companion
        if companion is not None:
            companion.end()

    def renew(self) -> None:
        """Have it started again: it reads settings and tokens only when it starts."""
        companion = self._companion
        if companion is not None:
            self._is_renewing = True
            companion.end()

    def wait(self) -> None:
        """Wait until it has ended, some seconds at most."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._ending.is_set():
            began_s = time.monotonic()
            self._run_once()
            is_well = time.monotonic() - began_s > RAN_WELL_S or self._is_renewing
            self._is_renewing = False
            failures = 0 if is_well else min(failures + 1, len(self._pauses_s) - 1)
            self._ending.wait(self._pauses_s[failures])

    def _run_once(self) -> None:
        """Run one process from its start to its end."""
        port = self._settings.port
        self._companion = companion = self._launch(self._arguments)
        if self._ending.is_set():  # said while there was nobody to be told
            return
        self._receiving.note(Reception.STARTING, port)
        trouble = ""
        try:
            companion.start()
            self._receiving.note(Reception.RUNNING, port)
            companion.wait()
        except CompanionError as error:
            trouble = str(error)
        companion.stop(_LAST_ANSWERS_WITHIN_S)
        if not (self._ending.is_set() or self._is_renewing):
            _log.warning("The receiver has ended: %s", trouble or "without a word")
            self._receiving.note(self._what_is_wrong(), port, trouble)

    def _what_is_wrong(self) -> Reception:
        try:
            free = is_free(self._settings.host, self._settings.port)
        except OSError:
            free = True  # then it is the address; its own words say so
        return Reception.DOWN if free else Reception.PORT_TAKEN


def receiver_beside(
    paths: DataPaths,
    settings: NotifySettings,
    receiving: Receiving,
    environ: Mapping[str, str],
    *,
    is_training: bool,
) -> ReceiverBeside:
    """Return the receiver of the till that works on `paths`, not yet started.

    It sees the same settings as the till, which has them from the same file and `environ`.
    """
    arguments = ["notify", "--host", settings.host, "--port", str(settings.port)]
    if is_training:  # whose folder is in the one that the command is told
        arguments += ["--training", "--data-dir", str(paths.root.parent)]
    else:
        arguments += ["--data-dir", str(paths.root)]
    launch = partial(Companion, environ=environ)
    return ReceiverBeside(arguments, settings, receiving, launch)


def training_environment(environ: Mapping[str, str], paths: DataPaths) -> dict[str, str]:
    """Return `environ` with a receiver for training, unless it says that there shall be none.

    Training has nothing to do with the store's own receiver: it has a port of its own, which is
    kept beside the data as the simulator's is, and nobody but the simulator is told of it.

    Raises:
        OSError: the file that keeps the port cannot be written.
    """
    if yes_or_no().from_text(environ.get(_BESIDE_TILL, "yes")) is False:
        return {**environ, "POS_APP_NOTIFY_PUBLIC_URL": ""}
    port = kept_port(private_folder(paths.root) / "receiver.port")
    return {
        **environ,
        _BESIDE_TILL: "yes",
        "POS_APP_NOTIFY_HOST": LOOPBACK,
        "POS_APP_NOTIFY_PORT": str(port),
        "POS_APP_NOTIFY_PUBLIC_URL": f"http://{LOOPBACK}:{port}",
    }
