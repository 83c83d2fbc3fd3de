"""Keep the PC from going to sleep while somebody waits for a payment.

Each system has its own way, and each is allowed to be missing: a PC that sleeps loses nothing,
it only shows the result later.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

_log = logging.getLogger(__name__)

_ES_CONTINUOUS = 0x80000000
_ES_SYSTEM_REQUIRED = 0x00000001
_ES_DISPLAY_REQUIRED = 0x00000002
_SERVICE = "org.freedesktop.ScreenSaver"


class KeepAwake:
    """Switches the PC's sleep off and on again. GUI thread only; both may be repeated."""

    def __init__(self, reason: str) -> None:
        self._reason = reason
        self._release: Callable[[], None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether sleep is held off (or was tried to be)."""
        return self._release is not None

    def set_on(self, is_on: bool) -> None:
        """Hold sleep off, or allow it again."""
        if is_on and self._release is None:
            self._release = self._hold()
        elif not is_on and self._release is not None:
            release, self._release = self._release, None
            release()

    def _hold(self) -> Callable[[], None]:
        if sys.platform == "win32":
            return _hold_windows()
        if sys.platform == "darwin":
            return _hold_mac()
        return _hold_linux(self._reason)


def _nothing() -> None:
    """Release what was never held."""


def _hold_windows() -> Callable[[], None]:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows it on Windows only
    kernel.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED)

    def release() -> None:
        kernel.SetThreadExecutionState(_ES_CONTINUOUS)

    return release


def _hold_mac() -> Callable[[], None]:
    import shutil
    import subprocess

    program = shutil.which("caffeinate")
    if program is None:
        return _nothing
    try:
        process = subprocess.Popen([program, "-d", "-i", "-w", str(os.getpid())])  # noqa: S603
    except OSError as error:
        _log.info("The PC's sleep could not be held off: %s", error)
        return _nothing

    def release() -> None:
        process.terminate()
        process.wait()

    return release


def _hold_linux(reason: str) -> Callable[[], None]:
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return _nothing
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:
        return _nothing
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return _nothing

    def ask(method: str, arguments: list[object]) -> QDBusMessage:
        message = QDBusMessage.createMethodCall(
            _SERVICE, "/org/freedesktop/ScreenSaver", _SERVICE, method
        )
        message.setArguments(arguments)
        return message

    from PySide6.QtDBus import QDBusPendingCallWatcher

    # Asked without waiting: a desktop that does not answer must not hold the screen up.
    cookies: list[object] = []
    released: list[bool] = []
    watcher = QDBusPendingCallWatcher(bus.asyncCall(ask("Inhibit", ["QR Till", reason])))

    def on_finished(call: QDBusPendingCallWatcher) -> None:
        arguments = call.reply().arguments() if call.isValid() else []
        cookies.extend(arguments[:1])
        if released and cookies:
            bus.asyncCall(ask("UnInhibit", [cookies[0]]))

    watcher.finished.connect(on_finished)

    def release() -> None:
        released.append(True)
        if cookies:
            bus.asyncCall(ask("UnInhibit", [cookies[0]]))
        watcher.isFinished()  # keeps the watcher alive until here

    return release
