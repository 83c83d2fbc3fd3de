"""The focus ring: one overlay per window, shown only after the keyboard was used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui import theme

_OUTSIDE = 2
_STROKE = 3
_RADIUS = 12
_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show}


class FocusRing(QWidget):
    """Draws a 3 px outline, 2 px outside the widget that has the focus; white on the rail.

    The window tells it how the focus is being moved: `by_keyboard` and `by_pointer`.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._is_keyboard = False
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def is_keyboard(self) -> bool:
        """Whether the keyboard was used last."""
        return self._is_keyboard

    def by_keyboard(self) -> None:
        """Show the ring round whatever has the focus."""
        if not self._is_keyboard:
            self._is_keyboard = True
            self._follow(QApplication.focusWidget())

    def by_pointer(self) -> None:
        """Hide the ring: a pointer or a finger is in use."""
        if self._is_keyboard:
            self._is_keyboard = False
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay round the target when it moves."""
        if watched is self._target and event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outline."""
        del event
        stroke = theme.px(_STROKE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on_dark = self._target is not None and _is_on_rail(self._target)
        painter.setPen(QPen(theme.color("on_rail" if on_dark else "focus"), stroke))
        inset = stroke / 2
        outline = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = min(theme.px(_RADIUS), outline.height() / 2)
        painter.drawRoundedRect(outline, radius, radius)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        self._follow(new)

    def _follow(self, target: QWidget | None) -> None:
        if self._target is not None and self._target is not target:
            self._target.removeEventFilter(self)
            self._target.destroyed.disconnect(self._on_target_gone)
        is_ours = target is not None and self._window.isAncestorOf(target)
        if target is not self._target:
            self._target = target if is_ours else None
            if self._target is not None:
                self._target.installEventFilter(self)
                self._target.destroyed.connect(self._on_target_gone)
        self._place()

    @Slot()
    def _on_target_gone(self) -> None:
        self._target = None
        self.hide()

    def _place(self) -> None:
        target = self._target
        if target is None or not self._is_keyboard or not target.isVisible():
            self.hide()
            return
        outside = theme.px(_OUTSIDE) + theme.px(_STROKE)
        corner = target.mapTo(self._window, QPoint(0, 0))
        ring = QRect(corner, target.size()).adjusted(-outside, -outside, outside, outside)
        self.setGeometry(ring.intersected(self._window.rect()))
        self.raise_()
        self.show()
        self.update()


def _is_on_rail(widget: QWidget) -> bool:
    parent: QWidget | None = widget
    while parent is not None:
        if parent.property("rail") == "panel":
            return True
        parent = parent.parentWidget()
    return False
