"""Short sounds; each goes with words on the screen, none is needed (ux.md, section 7)."""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QUrl

from pos_app import resources

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

_log = logging.getLogger(__name__)
_QUIET = "qt.multimedia*=false"
"""What Qt tells about codecs and audio servers it did not find is nobody's business here."""
NAMES = ("paid", "attention", "no", "limit", "tap")


def load_multimedia() -> None:
    """Import Qt's multimedia, which takes a while, on any thread; missing is fine."""
    QLoggingCategory.setFilterRules(_QUIET)
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError as error:
        _log.info("No sound: %s", error)


class Sounds(QObject):
    """Plays `resources/sounds/*.wav`. Silent and harmless where there is no audio device.

    Qt's multimedia is loaded by `prepare`, after the first paint, or never if the volume is 0.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[str, QSoundEffect] = {}
        self._volume = 0
        self._has_tap = False

    def prepare(self, volume: int, *, has_tap: bool) -> None:
        """Load the sounds.

        Args:
            volume: percent; 0 loads nothing.
            has_tap: whether key presses click.
        """
        self._volume, self._has_tap = volume, has_tap
        if volume == 0 or self._effects:
            return
        load_multimedia()
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError:
            return
        if QMediaDevices.defaultAudioOutput().isNull():
            _log.info("No sound: there is no audio device")
            return
        for name in NAMES:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resources.path(f"sounds/{name}.wav"))))
            effect.setVolume(volume / 100)
            self._effects[name] = effect

    def play(self, name: str) -> None:
        """Play "paid", "attention", "no", "limit" or "tap", if it can be heard at all."""
        effect = self._effects.get(name)
        if effect is None or (name == "tap" and not self._has_tap):
            return
        effect.play()
