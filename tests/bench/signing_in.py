"""The real till in training: paints, is signed in to by keys, and tells how long that took.

Run as a process of its own: `python -m tests.bench.signing_in STARTED FOLDER`.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.app import till
from pos_app.paths import DataPaths
from pos_app.ui.window import MainWindow
from tests.bench.process_memory import pss_mib

BEAT_MS = 1
PIN = "1111"
BETWEEN_KEYS_S = 0.06
"""A fast person; what comes faster is taken for a barcode scanner, and its PIN waits."""


class Observer(QObject):
    """Watches the window from inside: when it is painted, when Sell can be used, stalls."""

    def __init__(self, window, started):
        super().__init__(window)
        self._window = window
        self._started = started
        self.told = {}
        self._keys = list(PIN)
        self._pressed_at = self._next_key_at = self._last_beat = None
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        window.painted.connect(self._on_painted)

    @Slot()
    def _on_painted(self):
        self.told["painted_s"] = time.monotonic() - self._started
        self._last_beat = time.monotonic()
        self._timer.start(BEAT_MS)

    @Slot()
    def _beat(self):
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last_beat)
        self._last_beat = now
        if self._pressed_at is None:
            self._press_pin()
        elif self._window.page.objectName() == "sellPage":
            self._on_sell()

    def _press_pin(self):
        now = time.monotonic()
        if self._next_key_at is None:
            if self._window.is_locked and self._window.findChild(QObject, "personItem_1"):
                self._next_key_at = now
        elif now >= self._next_key_at:
            self._next_key_at = now + BETWEEN_KEYS_S
            key = self._keys.pop(0)
            if not self._keys:
                self._pressed_at = now
            QTest.keyClick(self._window, key)

    def _on_sell(self):
        self._window.page.repaint()  # usable: painted, and the next key is ours
        self.told["signed_in_s"] = time.monotonic() - self._pressed_at
        self.told["stall_ms"] = self._longest * 1000
        self._timer.stop()
        QTimer.singleShot(500, self._tell)

    @Slot()
    def _tell(self):
        self.told["pss_mib"] = pss_mib()
        self.told["hash_s"] = _hash_s()
        print(json.dumps(self.told), flush=True)
        QApplication.quit()


class ObservedWindow(MainWindow):
    def __init__(self, **how):
        super().__init__(**how)
        self.observer = Observer(self, float(sys.argv[1]))


def _hash_s():
    """How long checking a PIN takes by itself: on purpose, so that PINs cannot be guessed."""
    from argon2 import PasswordHasher

    from pos_app.services.people import LANES, MEMORY_KIB, TIME_COST

    hasher = PasswordHasher(TIME_COST, MEMORY_KIB, LANES)
    hashed = hasher.hash(PIN)
    started = time.monotonic()
    hasher.verify(hashed, PIN)
    return time.monotonic() - started


def main():
    till.MainWindow = ObservedWindow
    options = till.TillOptions(DataPaths(Path(sys.argv[2])), is_training=True, size=(1366, 768))
    sys.exit(till.run(options))


main()
