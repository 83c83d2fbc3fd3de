"""Short sounds; each goes with words on the screen, none is needed (ux.md, section 7)."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QLoggingCategory,
    QObject,
    Qt,
    QThread,
    QUrl,
    Signal,
    Slot,
)
from shiboken6 import isValid

from pos_app import resources

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

_log = logging.getLogger(__name__)
_QUIET = "qt.multimedia*=false"
"""What Qt tells about codecs and audio servers it did not find is nobody's business here."""
NAMES = ("paid", "attention", "no", "limit", "tap")
_END_WITHIN_MS = 2_000


class Sounds(QObject):
    """Plays `resources/sounds/*.wav`. Silent and harmless where there is no audio device.

    Qt's multimedia is large and slow to load, so that happens on a thread of its own, and not
    before a payment is on the screen or a sound is wanted; at volume 0 it never happens.
    """

    _wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._volume = 0
        self._has_tap = False
        self._thread: QThread | None = None
        self._player: _Player | None = None

    def prepare(self, volume: int, *, has_tap: bool) -> None:
        """Take the settings; nothing is loaded yet.

        Args:
            volume: percent; 0 is silent.
            has_tap: whether key presses click.
        """
        self._volume, self._has_tap = volume, has_tap

    @Slot()
    def warm_up(self) -> None:
        """Begin to load, because a sound will be wanted soon. May be repeated."""
        if self._volume == 0 or self._thread is not None:
            return
        thread, player = QThread(), _Player(self._volume)
        player.moveToThread(thread)
        thread.started.connect(player.load)
        thread.finished.connect(player.unload, Qt.ConnectionType.DirectConnection)
        self._wanted.connect(player.play)
        self._thread, self._player = thread, player
        # A thread must not outlive its handle: whichever comes first, the end of the program or
        # of the window, ends it.
        self.destroyed.connect(partial(_end, thread, player))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(partial(_end, thread, player))
        thread.start(QThread.Priority.LowPriority)

    def play(self, name: str) -> None:
        """Play "paid", "attention", "no", "limit" or "tap", if it can be heard at all."""
        if name not in NAMES or (name == "tap" and not self._has_tap):
            return
        self.warm_up()
        self._wanted.emit(name)


def _end(thread: QThread, player: _Player, *_: object) -> None:
    """End the thread of `player`, which is kept alive until here. May be repeated."""
    del player
    if not isValid(thread):  # the application took it along
        return
    thread.quit()
    thread.wait(_END_WITHIN_MS)


class _Player(QObject):
    """Owns the sounds; lives on the thread of its own."""

    def __init__(self, volume: int) -> None:
        super().__init__()
        self._volume = volume
        self._effects: dict[str, QSoundEffect] = {}

    @Slot()
    def load(self) -> None:
        QLoggingCategory.setFilterRules(_QUIET)
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            _log.info("No sound: %s", error)
            return
        if QMediaDevices.defaultAudioOutput().isNull():
            _log.info("No sound: there is no audio device")
            return
        for name in NAMES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(resources.path(f"sounds/{name}.wav"))))
            effect.setVolume(self._volume / 100)
            self._effects[name] = effect

    @Slot(str)
    def play(self, name: str) -> None:
        effect = self._effects.get(name)
        if effect is not None:
            effect.play()

    @Slot()
    def unload(self) -> None:
        """Let the sounds go on the thread they were made on."""
        self._effects.clear()
