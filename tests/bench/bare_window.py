"""The floor: the smallest PySide6 program with a window. Run as a process of its own."""

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.process_memory import pss_mib


class Window(QWidget):
    def __init__(self, started):
        super().__init__()
        self._started = started
        self._painted_s = None

    def paintEvent(self, event):
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self.palette().window())
        if self._painted_s is None:
            self._painted_s = time.monotonic() - self._started
            QTimer.singleShot(100, self.tell)

    def tell(self):
        print(json.dumps({"painted_s": self._painted_s, "pss_mib": pss_mib()}))
        QApplication.quit()


def main():
    app = QApplication(sys.argv[:1])
    window = Window(float(sys.argv[1]))
    window.resize(1366, 768)
    window.show()
    app.exec()


main()
