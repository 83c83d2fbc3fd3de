"""The real till while all answers of the gateway are slow: how long its GUI thread stood still.

Run as a process of its own: `python -m tests.bench.slow_answers FOLDER`, with the simulator's
address in the environment. It sells twice, cancels the first sale and lets the second be paid.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.app import till
from pos_app.paths import DataPaths
from pos_app.ui.window import MainWindow

BEAT_MS = 1
PIN = "1111"
AMOUNTS = ("4250", "1999")
K = Qt.Key


class Watchdog(QObject):
    """Beats every millisecond on the GUI thread and sells between two beats.

    The time between two beats is what the GUI thread was busy with: its own work and ours.
    """

    def __init__(self, window):
        super().__init__(window)
        self._window = window
        self._longest = {}
        self._phase = "start"
        self._steps = self._sell()
        self._wanted = lambda: True
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        window.painted.connect(self._on_painted)

    @Slot()
    def _on_painted(self):
        self._last = time.monotonic()
        self._timer.start(BEAT_MS)

    @Slot()
    def _beat(self):
        now = time.monotonic()
        gap, self._last = now - self._last, now
        self._longest[self._phase] = max(self._longest.get(self._phase, 0), gap)
        if self._wanted():
            self._wanted = next(self._steps, None) or self._tell

    def _sell(self):
        """What is done, step by step; each gives what to wait for next."""
        window = self._window
        yield lambda: window.findChild(QWidget, "personItem_1") is not None
        self._press(PIN)
        yield lambda: self._is_on("sellPage")
        for number, amount in enumerate(AMOUNTS):
            self._phase = "creating"
            self._press(amount)
            yield lambda: window.findChild(QWidget, "chargeButton").isEnabled()
            yield self._after(1)
            self._press(K.Key_Return)
            yield lambda: self._is_on("paymentPage") and self._state() == "waiting"
            yield from self._cancel() if number == 0 else self._pay()
            self._press(K.Key_Return)
            yield lambda: self._is_on("sellPage")

    def _cancel(self):
        self._phase = "cancelling"
        self._press(K.Key_Escape)
        yield lambda: self._window.findChild(QWidget, "confirmCancelButton") is not None
        yield self._after(1)  # late keys are ignored for 700 ms
        self._click("confirmCancelButton")
        yield lambda: self._state() == "cancelled"
        yield self._after(1)

    def _pay(self):
        self._phase = "paying"
        yield self._after(1)
        self._click("simPay")
        yield lambda: self._state() == "paid"
        yield self._after(2)  # the receipt is saved and previewed

    def _after(self, seconds):
        end = time.monotonic() + seconds
        return lambda: time.monotonic() > end

    def _press(self, *keys):
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self._window, key)
            else:
                QTest.keyClick(self._window, key)

    def _click(self, name):
        QTest.mouseClick(self._window.findChild(QWidget, name), Qt.MouseButton.LeftButton)

    def _is_on(self, page):
        return self._window.page.objectName() == page

    def _state(self):
        return self._window.findChild(QWidget, "paymentStatus").property("state")

    def _tell(self):
        self._timer.stop()
        print(json.dumps({phase: gap * 1000 for phase, gap in self._longest.items()}), flush=True)
        self._window.close()
        QApplication.quit()


class WatchedWindow(MainWindow):
    def __init__(self, **how):
        super().__init__(**how)
        self.watchdog = Watchdog(self)


def main():
    till.MainWindow = WatchedWindow
    options = till.TillOptions(DataPaths(Path(sys.argv[1])), is_training=True, size=(1366, 768))
    sys.exit(till.run(options))


main()
