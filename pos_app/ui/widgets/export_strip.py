"""How far an export is, and what stops it; at the foot of the list while it runs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label

_BAR_WIDTH, _BAR_HEIGHT = 160, 8


class _Bar(QWidget):
    """A bar that fills from the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 1
        theme.size(self, width=_BAR_WIDTH, height=_BAR_HEIGHT)

    def show_share(self, done: int, total: int) -> None:
        """Fill `done` of `total`."""
        self._done, self._total = done, max(1, total)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(theme.color("key2"))
        painter.drawRoundedRect(self.rect(), radius, radius)
        width = max(self.height(), self.width() * self._done // self._total)
        painter.setBrush(theme.color("primary"))
        painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)
        painter.end()


class ExportStrip(QWidget):
    """Words, a bar, and Cancel.

    Signals:
        given_up(): Cancel was pressed.
    """

    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportStrip")
        self._words = Label()
        self._bar = _Bar(self)
        self._cancel = ActionButton(
            self.tr("Cancel export"), "text", tall="48", object_name="cancelExportButton"
        )
        self._cancel.clicked.connect(self.given_up)
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=16)
        row.addWidget(self._words)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        self.hide()

    @property
    def stop(self) -> QWidget:
        """What Tab stops at."""
        return self._cancel

    def begin(self) -> None:
        """Come up: the file is being written."""
        self._words.setText(self.tr("Exporting…"))
        self._bar.show_share(0, 1)
        self._cancel.setEnabled(True)
        self.show()
        announce(self, self._words.text())

    def show_progress(self, done: int, total: int) -> None:
        """Say how many of how many are written."""
        words = self.tr("Exporting {done} of {total}")
        self._words.setText(words.format(done=f"{done:,}", total=f"{total:,}"))
        self._bar.show_share(done, total)
