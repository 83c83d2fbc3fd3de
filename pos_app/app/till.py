"""`run`: the life of the till's process, from the first paint to the last commit."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLockFile,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from pos_app import resources
from pos_app.app.memory import Collector, import_plainly, keep_small
from pos_app.domain.errors import AlreadyRunningError, PosAppError
from pos_app.logs import catch_uncaught
from pos_app.paths import DataPaths, private_folder
from pos_app.ui import theme
from pos_app.ui.window import MainWindow

if TYPE_CHECKING:
    from pos_app.app.instance import Bell
    from pos_app.app.loading import Loader

_log = logging.getLogger(__name__)
_LOCK_WAIT_MS = 200
_HARMLESS = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
_NO_ANSWER = "The display doesn't answer, so the till can't open its window."
FIRST_SIZE = (1366, 768)


class NoDisplayError(PosAppError):
    """There is no screen to show a window on."""


@dataclass(frozen=True, slots=True)
class TillOptions:
    """What the command line says.

    Attributes:
        paths: the data folder; training's own in training.
        size: width and height of the window; None fills the screen.
    """

    paths: DataPaths
    is_training: bool = False
    size: tuple[int, int] | None = None


def run(options: TillOptions, accompany: Callable[[Session], object] | None = None) -> int:
    """Run the till until its window is closed and return the exit code.

    Args:
        options: what the command line says.
        accompany: gets the session before the window is shown; what it returns lives as long.

    Raises:
        NoDisplayError: there is no display.
        AlreadyRunningError: another till works on this data folder.
    """
    check_display(os.environ)
    keep_small()
    import_plainly()
    try:
        lock = lock_folder(options.paths)
    except AlreadyRunningError as error:
        call_running(options.paths, error)
        raise
    app = make_application()
    window = MainWindow(is_training=options.is_training)
    collector = Collector(app)
    window.completed.connect(collector.begin)
    session = Session(window, options)
    companion = accompany(session) if accompany is not None else None
    catch_uncaught(session.failed.emit)
    _show(window, options.size)
    try:
        return app.exec()
    finally:
        del companion
        window.hide()
        catch_uncaught()  # a thread may still fail when nobody is left to be told
        session.close()
        if lock is not None:
            lock.unlock()


def check_display(environ: Mapping[str, str]) -> None:
    """Refuse to start without a display; Qt itself would abort the process.

    Raises:
        NoDisplayError: neither X11 nor Wayland, and no other platform was asked for.
    """
    if sys.platform in {"win32", "darwin"} or environ.get("QT_QPA_PLATFORM"):
        return
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise NoDisplayError("There is no display, so the till can't open its window.")


def lock_folder(paths: DataPaths) -> QLockFile | None:
    """Hold the data folder for this process; None where it cannot be written (told later).

    Raises:
        AlreadyRunningError: another till holds it.
    """
    try:
        private_folder(paths.root)
    except OSError as error:
        _log.warning("No lock: %s", error)
        return None
    lock = QLockFile(str(paths.lock))
    lock.setStaleLockTime(0)  # held as long as the process lives, however long that is
    if lock.tryLock(_LOCK_WAIT_MS):
        return lock
    if lock.error() == QLockFile.LockError.LockFailedError:
        raise AlreadyRunningError(f"QR Till is already running on {paths.root}.")
    return None


def call_running(paths: DataPaths, error: AlreadyRunningError) -> None:
    """Bring the till that is running to the front, or say in a window that it is there.

    A terminal is told as well, but whoever has pressed an icon has none.
    """
    from pos_app.app.instance import ring

    app = make_application()
    if ring(paths):
        return
    from pos_app.ui.errors import explain
    from pos_app.ui.window.running_notice import RunningNotice

    notice = RunningNotice(explain(error))
    notice.open()
    app.exec()


def make_application() -> QApplication:
    """Make Qt's application with the till's name, fonts and look."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    qInstallMessageHandler(_log_qt_at_start)
    app = QApplication(sys.argv[:1])
    qInstallMessageHandler(_log_qt)
    app.setApplicationName("QR Till")
    app.setDesktopFileName("qr-till")
    app.setStyle("Fusion")
    theme.load_fonts()
    theme.apply(app, theme.look())
    return app


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Keep what Qt says in the log: the terminal is for the one sentence that matters."""
    level = logging.INFO if kind in _HARMLESS else logging.WARNING
    logging.getLogger("qt").log(level, "%s: %s", context.category, text)


def _log_qt_at_start(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Say it where the display that is named does not answer: Qt would abort the process."""
    _log_qt(kind, context, text)
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{_NO_ANSWER}\n")
        sys.stderr.flush()
        os._exit(1)


def _show(window: MainWindow, size: tuple[int, int] | None) -> None:
    screen = window.screen().availableGeometry()
    wide, high = size or FIRST_SIZE
    window.resize(wide, high)
    if size is None and screen.width() >= window.minimumWidth():
        window.showMaximized()
    else:
        window.show()


class Session(QObject):
    """Ties the window to the services that come and go behind it.

    Attributes:
        window: the till's window.

    Signals:
        failed(): an exception that nobody caught; may be emitted on any thread.
        till_ready(Till): the services are there and the window knows them.
        till_failed(PosAppError): they are not; the window says why.
    """

    failed = Signal()
    till_ready = Signal(object)
    till_failed = Signal(object)

    def __init__(self, window: MainWindow, options: TillOptions) -> None:
        super().__init__()
        self.window = window
        self._options = options
        self._loader: Loader | None = None
        self._bell: Bell | None = None
        window.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        window.completed.connect(self._on_completed)
        window.report_wanted.connect(self._on_report_wanted)
        self.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _on_painted(self) -> None:
        from pos_app.app.loading import Loader

        self._loader = Loader(self._options.paths, is_training=self._options.is_training)
        self._loader.ready.connect(self.window.connect_till)
        self._loader.ready.connect(self.till_ready)
        self._loader.failed.connect(self._on_start_failed)
        self._loader.failed.connect(self.till_failed)
        self._loader.start()

    @Slot()
    def _on_completed(self) -> None:
        self.window.setWindowIcon(QIcon(str(resources.path("app-icon.svg"))))
        if self._loader is not None:
            self._loader.receive()
        self._hear_bell()

    def _hear_bell(self) -> None:
        """Come to the front when the till is started again; nobody does so at its first paint."""
        if self._bell is None:
            from pos_app.app.instance import Bell

            self._bell = Bell(self._options.paths, self)
            self._bell.rung.connect(self.window.come_forward)
            self._bell.listen()

    @Slot(object)
    def _on_start_failed(self, error: PosAppError) -> None:
        from pos_app.ui.errors import explain
        from pos_app.ui.widgets.trouble_page import TroublePage

        assert self._loader is not None
        page = TroublePage(self.window, explain(error))
        page.retry_wanted.connect(self._loader.start)
        page.close_wanted.connect(self.window.close)
        page.open()
        self._hear_bell()

    @Slot()
    def _on_failed(self) -> None:
        self.window.show_failure()

    @Slot()
    def _on_report_wanted(self) -> None:
        from pos_app.app.report import save_report

        self.window.background.run(
            lambda: save_report(self._options.paths), self._on_report_saved, owner=self
        )

    def _on_report_saved(self, file: Path) -> None:
        words = self.tr("Report saved: {file}")
        self.window.show_toast(words.replace("{file}", str(file)))

    def close(self) -> None:
        """End the services: what is under way ends within its own time-out."""
        self.window.events.stop()
        self.window.background.close()
        if self._loader is not None:
            self._loader.close()
