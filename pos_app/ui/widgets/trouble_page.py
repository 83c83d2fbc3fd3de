"""A whole page that says why the till cannot work, instead of a program that ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.errors import Explanation
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.two_line_button import TwoLineButton


class TroublePage(QFrame):
    """Covers the window: what happened, what is safe, what to do; Try again or Close.

    Signals:
        retry_wanted(): Try again was pressed; the page has gone.
        close_wanted(): Close was pressed.
    """

    retry_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, window: QWidget, told: Explanation) -> None:
        super().__init__(window)
        self.setObjectName("startTrouble")
        self.setProperty("card", "page")
        self.setAccessibleName(f"{told.happened} {told.text}")
        column = QVBoxLayout(self)
        theme.size(column, margins=(48, 48, 48, 48), spacing=16)
        column.addStretch(2)
        column.addWidget(IconLabel("warning", "bad", 48, self), 0, Qt.AlignmentFlag.AlignHCenter)
        for text, role, shade in (
            (told.happened, "headline", ""),
            (told.safe, "h2", "muted"),
            (told.to_do, "h2", "muted"),
            (told.details, "caption", "muted3"),
        ):
            if text:
                label = Label(text, role, shade, wraps=True, parent=self)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(label)
        column.addLayout(self._buttons())
        column.addStretch(3)
        window.installEventFilter(self)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.size(row, margins=(0, 16, 0, 0), spacing=12)
        self._close = TwoLineButton(
            self.tr("Close"), kind="secondary", tall=56, object_name="closeAppButton", parent=self
        )
        self._retry = TwoLineButton(
            self.tr("Try again"), tall=56, hint="Enter", object_name="tryAgainButton", parent=self
        )
        self._close.clicked.connect(self.close_wanted)
        self._retry.clicked.connect(self._on_retry)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._retry)
        row.addStretch(1)
        return row

    def open(self) -> None:
        """Cover the window."""
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self._retry.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.accessibleName(), is_urgent=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tries again."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self._close if self._close.hasFocus() else self._retry
            focused.click()

    def _on_retry(self) -> None:
        self.hide()
        self.deleteLater()
        self.retry_wanted.emit()


def is_covered(window: QWidget) -> bool:
    """Return whether a trouble page covers `window`: nothing behind it may hear keys."""
    page = window.findChild(TroublePage, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return page is not None and not page.isHidden()
