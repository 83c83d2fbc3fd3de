"""How a second start on a data folder brings the till that works there to the front."""

from __future__ import annotations

import hashlib
import logging

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from pos_app.paths import DataPaths

_log = logging.getLogger(__name__)
RING_FOR_MS = 3_000
"""A till that has only just been started hears the bell a moment later."""
_AGAIN_AFTER_MS = 100
_HERE = b"here\n"


class Bell(QObject):
    """Hears later starts on the same data folder, of the same user.

    Signals:
        rung(): somebody has started the till again, and looks for its window.
    """

    rung = Signal()

    def __init__(self, paths: DataPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(paths)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> None:
        """Begin; only for the one that holds the folder's lock. Without a bell the till works."""
        QLocalServer.removeServer(self._name)  # of a till that was killed
        if not self._server.listen(self._name):
            _log.warning("No bell: %s", self._server.errorString())

    @Slot()
    def _on_connection(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_HERE)
            caller.disconnectFromServer()
            self.rung.emit()


def ring(paths: DataPaths, wait_ms: int = RING_FOR_MS) -> bool:
    """Call the till that works on this folder; tell whether it answered.

    Blocks for `wait_ms` at most; an application must be there.
    """
    deadline = QDeadlineTimer(wait_ms)
    while True:
        caller = QLocalSocket()
        caller.connectToServer(_name(paths))
        is_there = caller.waitForConnected(max(1, deadline.remainingTime()))
        if is_there and caller.waitForReadyRead(max(1, deadline.remainingTime())):
            return True
        if deadline.remainingTime() < _AGAIN_AFTER_MS:
            return False
        QThread.msleep(_AGAIN_AFTER_MS)


def _name(paths: DataPaths) -> str:
    """Return the bell's name: short, for a socket's path may not be long."""
    folder = hashlib.sha256(str(paths.root.resolve()).encode()).hexdigest()
    return f"qr-till-{folder[:24]}"
