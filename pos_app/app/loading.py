"""Builds the services on a thread of their own while the window is already there."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_app.config.kinds import is_loopback
from pos_app.domain.errors import PosAppError, StorageError
from pos_app.domain.events import Event, ServicesChanged
from pos_app.paths import DataPaths
from pos_app.ui import icons

if TYPE_CHECKING:
    from pos_app.app.receiver import ReceiverBeside
    from pos_app.app.simulator import EmbeddedSimulator
    from pos_app.services.till import Till

_log = logging.getLogger(__name__)
_WANTED_LATER = (
    "pos_app.compose",
    "pos_app.ui.printing.printers",
    "pos_app.ui.pages.sell",
    "pos_app.ui.pages.payment",
    "pos_app.ui.pages.transactions",
    "qrcode.main",
)
_UNWANTED = (
    "httpx._main",
    "mako.ext.pygmentplugin",
    "qrcode.image.styles.moduledrawers.pil",
)
"""httpx' command line brings click and rich where they are installed; it and the templates of
Alembic, which makes a new ledger, bring pygments; qrcode's shaped pictures bring PIL. All three
packages do without them: 210 modules and 13 MiB."""
_ADDRESS = "POS_APP_CITCON_CHOP_BASE_URL"


class UnforeseenStartError(PosAppError):
    """The start failed in a way that nobody foresaw; the log describes it."""


class Loader(QObject):
    """Imports and builds the till. Lives on the GUI thread and outlives the work.

    Attributes:
        till: the services once `ready` was said.
        simulator: training's simulator, if this till started one.
        receiver: of payment services' notices, if the settings want it beside the till.

    Signals:
        ready(Till): the services are there and started.
        failed(PosAppError): they are not; `start` may be called again.
    """

    ready = Signal(object)
    failed = Signal(object)
    _built = Signal(object, object)

    def __init__(
        self, paths: DataPaths, *, is_training: bool, environ: Mapping[str, str] = os.environ
    ) -> None:
        super().__init__()
        self._paths = paths
        self._is_training = is_training
        self._environ = dict(environ)
        self._thread: threading.Thread | None = None
        self._is_loading = False
        self.till: Till | None = None
        self.simulator: EmbeddedSimulator | None = None
        self.receiver: ReceiverBeside | None = None
        self._built.connect(self._on_built, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def start(self) -> None:
        """Begin, unless it is under way or done."""
        if self.till is None and not self._is_loading:
            self._is_loading = True
            self._thread = threading.Thread(target=self._load, name="loader", daemon=True)
            self._thread.start()

    @Slot()
    def receive(self) -> None:
        """Start the receiver beside the till, if there shall be one. The till is there by now."""
        if self.till is None or self.receiver is not None:
            return
        settings = self.till.settings.notify
        if settings.beside_till:
            from pos_app.app.receiver import receiver_beside

            self.receiver = receiver_beside(
                self._paths,
                settings,
                self.till.receiving,
                self._environ,
                is_training=self._is_training,
            )
            self.receiver.start()
            self.till.events.subscribe(self._on_event)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ServicesChanged) and self.receiver is not None:
            self.receiver.renew()  # with the tokens of now

    def close(self) -> None:
        """Wait for what is under way and end the services. Open charges stay on disk."""
        if self._thread is not None:
            self._thread.join()
        if self.receiver is not None:
            self.receiver.end()
        if self.till is not None:
            self.till.close()
            self.till = None
        if self.simulator is not None:
            self.simulator.stop()
        if self.receiver is not None:
            self.receiver.wait()

    def _load(self) -> None:
        try:
            self.till = self._build()
        except PosAppError as error:
            _log.warning("The till did not start: %s", error, exc_info=True)
            self._built.emit(None, error)
        except OSError as error:
            _log.warning("The till did not start: %s", error, exc_info=True)
            self._built.emit(None, StorageError(f"The system refused: {error}."))
        except Exception:  # noqa: BLE001 - the top-level handler of this thread
            _log.critical("The till did not start", exc_info=True)
            self._built.emit(None, UnforeseenStartError("Something went wrong in the app."))
        else:
            self._built.emit(self.till, None)

    def _build(self) -> Till:
        if self._is_training:
            self._prepare_training()
        _import_services()
        from pos_app.compose import build_till
        from pos_app.ui.printing.printers import SystemPrinter

        till = build_till(self._paths, is_training=self._is_training, environ=self._environ)
        till.receipts.use(SystemPrinter())
        till.start()
        return till

    def _prepare_training(self) -> None:
        from pos_app.app.receiver import training_environment

        if not self._has_simulator():
            self._environ[_ADDRESS] = self._start_simulator() + "/"
        self._environ = training_environment(self._environ, self._paths)

    def _has_simulator(self) -> bool:
        """Tell whether the environment names a simulator; a real gateway's address is none."""
        return is_loopback(urlsplit(self._environ.get(_ADDRESS, "")).hostname or "")

    def _start_simulator(self) -> str:
        from pos_app.app.simulator import EmbeddedSimulator

        # Its process starts while the services are imported.
        simulator = EmbeddedSimulator(self._paths)
        self.simulator = simulator
        importing = threading.Thread(target=_import_services, name="importer", daemon=True)
        importing.start()
        address = simulator.start()
        importing.join()
        return address

    @Slot(object, object)
    def _on_built(self, till: Till | None, error: PosAppError | None) -> None:
        self._is_loading = False
        if error is not None:
            self.failed.emit(error)
        else:
            self.ready.emit(till)


def _import_services() -> None:
    """Import, on this thread, what would hold the screen up if it were imported there."""
    for name in _UNWANTED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type] # "importing this fails"
    for name in _WANTED_LATER:
        importlib.import_module(name)
    icons.read_all()
