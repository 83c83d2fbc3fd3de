"""The focus ring: one overlay per window, shown only after the keyboard was used."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos_app.ui import theme

_OUTSIDE = 2
_STROKE = 3
_RADIUS = 12
INSET = "ringInset"
"""Property of a widget: how many px at scale 1.0 less than what can be touched is drawn of it,
above and below."""
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
        self._watched: tuple[QWidget, ...] = ()
        self._is_keyboard = False
        self._is_moving = False
        self._walked_to: QWidget | None = None
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def is_shown(self) -> bool:
        """Whether the ring stands round the widget that has the focus."""
        return not self.isHidden()

    @property
    def is_walked_to(self) -> bool:
        """Whether the focus came to where it is by Tab or an arrow, and not by the program."""
        return self._walked_to is not None and self._walked_to is QApplication.focusWidget()

    def by_keyboard(self, *, is_moving: bool = True) -> None:
        """Show the ring from now on.

        Args:
            is_moving: the key moves the focus (Tab, arrows): show it at once. Another key shows
                it only when the focus goes elsewhere, to a dialog for instance.
        """
        was_keyboard, self._is_keyboard = self._is_keyboard, True
        self._is_moving = is_moving
        if is_moving and not (was_keyboard and self.is_shown):
            self._follow(QApplication.focusWidget())

    def key_over(self) -> None:
        """The key is up: what moves the focus from now on is the program."""
        self._is_moving = False

    def by_pointer(self) -> None:
        """Hide the ring: a pointer or a finger is in use."""
        self._is_moving = False
        self._walked_to = None
        if self._is_keyboard:
            self._is_keyboard = False
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay round the target when it moves, or anything that it stands in."""
        del watched
        if event.type() in _FOLLOWED and self._is_whole:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outline."""
        del event
        stroke = theme.px(_STROKE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target = self._target
        on_dark = target is not None and isValid(target) and _is_on_rail(target)
        painter.setPen(QPen(theme.color("on_rail" if on_dark else "focus"), stroke))
        inset = stroke / 2
        outline = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = min(theme.px(_RADIUS), outline.height() / 2)
        painter.drawRoundedRect(outline, radius, radius)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if not self._is_whole:
            return
        self._walked_to = new if self._is_moving else None
        self._follow(new)

    @property
    def _is_whole(self) -> bool:
        """Whether its members are still there: Qt sends events to what Python has taken apart."""
        return bool(vars(self))

    def _follow(self, target: QWidget | None) -> None:
        is_ours = target is not None and self._window.isAncestorOf(target)
        wanted = target if is_ours else None
        if wanted is not self._target:
            self._target = wanted
            for widget in self._watched:
                if isValid(widget):
                    widget.removeEventFilter(self)
            self._watched = self._with_parents(wanted)
            for widget in self._watched:
                widget.installEventFilter(self)
        self._place()

    def _with_parents(self, target: QWidget | None) -> tuple[QWidget, ...]:
        """Return the target and what it stands in: a layout moves those, and not the target."""
        found: list[QWidget] = []
        while target is not None and target is not self._window:
            found.append(target)
            target = target.parentWidget()
        return tuple(found)

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target):
            self._target = None
            self.hide()
            return
        if not self._is_keyboard or not target.isVisible():
            self.hide()
            return
        if target.width() * 2 > self._window.width() and target.height() * 2 > (
            self._window.height()
        ):  # a whole page has the focus: nothing that Enter or Space would press
            self.hide()
            return
        outside = theme.px(_OUTSIDE) + theme.px(_STROKE)
        above = outside - theme.px(target.property(INSET) or 0)
        corner = target.mapTo(self._window, QPoint(0, 0))
        ring = QRect(corner, target.size()).adjusted(-outside, -above, outside, above)
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
