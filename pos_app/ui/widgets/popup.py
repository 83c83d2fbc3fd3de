"""A list or a calendar that drops down from a button, inside the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from pos_app.ui import theme
from pos_app.ui.widgets.dialog import Scrim

_BELOW, _EDGE = 8, 16


class _Catcher(Scrim):
    """Invisible; takes the first tap outside of a popup, and keeps Tab inside.

    Signals:
        pressed(): a tap outside.
    """

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popupCatcher")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close what is open; the tap itself does no more."""
        event.accept()
        self.pressed.emit()


class Popup(QFrame):
    """Drops down from a button; a tap outside, Esc or another page closes it.

    Attributes:
        column: its layout; put the content there.
    """

    def __init__(self, parent: QWidget, object_name: str, title: str) -> None:
        super().__init__(parent)
        self.hide()
        self.setObjectName(object_name)
        self.setProperty("card", "popup")
        self.setAccessibleName(title)
        self._anchor: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._catcher: _Catcher | None = None
        self.column = QVBoxLayout(self)
        theme.size(self.column, margins=(6, 6, 6, 6), spacing=0)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._catcher is not None

    def first_stop(self) -> QWidget | None:
        """Return what has the focus at first."""
        return None

    def open_below(self, anchor: QWidget) -> None:
        """Drop down from `anchor`, as far as the window has room."""
        if self.is_open:
            return
        self._anchor, self._focus_before = anchor, QApplication.focusWidget()
        self._catcher = _Catcher(anchor.window())
        self._catcher.pressed.connect(self.close_popup)
        self.setParent(self._catcher)
        self._catcher.show()
        self._catcher.raise_()
        self.show()
        self.fit()
        self._catcher.installEventFilter(self)
        stop = self.first_stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_popup(self) -> None:
        """Go from the screen."""
        catcher, self._catcher = self._catcher, None
        if catcher is None:
            return
        self.hide()
        self.setParent(self._anchor)
        catcher.hide()
        catcher.deleteLater()
        before = self._focus_before
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay below the button when the window changes its size."""
        if watched is self._catcher and event.type() == QEvent.Type.Resize:
            self.fit()
        return False

    def fit(self) -> None:
        """Take the size of what is in it and stand below the button."""
        if self._catcher is None or self._anchor is None:
            return
        self.adjustSize()
        room, edge = self._catcher.rect(), theme.px(_EDGE)
        corner = self._anchor.mapTo(self._anchor.window(), QPoint(0, self._anchor.height()))
        top = corner.y() + theme.px(_BELOW)
        left = min(corner.x(), room.width() - self.width() - edge)
        self.resize(self.width(), min(self.height(), room.height() - top - edge))
        self.move(max(edge, left), top)


def open_popup(window: QWidget) -> Popup | None:
    """Return what has dropped down in `window`, for whoever gets the Esc that closes it."""
    return next((one for one in window.findChildren(Popup) if one.is_open), None)
