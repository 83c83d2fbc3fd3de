"""A small window of a second start: the till is already running, and does not come forward."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.errors import Explanation
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label

_CLOSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
GOES_AFTER_MS = 15_000
"""Nobody may be there to close it."""


class RunningNotice(QWidget):
    """Says so until Close, Enter, Esc or a quarter of a minute.

    Args:
        told: the error in the cashier's words.
    """

    def __init__(self, told: Explanation) -> None:
        super().__init__()
        self.setObjectName("alreadyRunning")
        self.setWindowTitle("QR Till")
        theme.size(self, width=520)
        words = QVBoxLayout()
        theme.size(words, spacing=6)
        words.addWidget(Label(told.happened, "h2", wraps=True, parent=self))
        asked = self.tr("It was asked to come to the front, but doesn’t answer.")
        for text in (asked, told.to_do):
            words.addWidget(Label(text, "body", "muted", wraps=True, parent=self))
        top = QHBoxLayout()
        theme.size(top, spacing=16)
        top.addWidget(IconLabel("warning", "warn", 40, self), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        close = ActionButton(
            self.tr("Close"), tall="48", object_name="closeAppButton", parent=self
        )
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        theme.size(column, margins=(24, 24, 24, 20), spacing=20)
        column.addLayout(top)
        column.addLayout(foot)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.close)

    def open(self) -> None:
        """Show it, and let its time run."""
        self.show()
        self._patience.start(GOES_AFTER_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc close it."""
        if event.key() in _CLOSING:
            self.close()
