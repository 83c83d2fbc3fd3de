"""The floor of the stalls: a process that only beats, beside the till, on the same machine.

`python -m tests.bench.idle_beat` prints its longest gap in ms when standard input closes.
"""

import os
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, Qt, QTimer

BEAT_MS = 1


def main():
    app = QCoreApplication([])
    last, longest = time.monotonic(), 0.0

    def beat():
        nonlocal last, longest
        now = time.monotonic()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    threading.Thread(target=_wait, args=(app,), daemon=True).start()
    app.exec()
    print(longest * 1000)


def _wait(app):
    while os.read(sys.stdin.fileno(), 4096):
        pass
    app.quit()


main()
