"""A column that scrolls when there is more in it than it has room for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from pos_app.ui import theme

_STEP = 54


class FlickColumn(QScrollArea):
    """Scrolled by finger and wheel; never has the focus itself.

    Attributes:
        inside: what is scrolled; `column` its layout.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget()
        self.inside.setProperty("scrolled", "true")
        self.column = QVBoxLayout(self.inside)
        theme.size(self.column, margins=(0, 0, 0, 0), spacing=0)
        self.setWidget(self.inside)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)


class ScrollColumn(FlickColumn):
    """Scrolled by finger, wheel and, where there is something to scroll, by keys."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by a row, or by what is seen."""
        bar = self.verticalScrollBar()
        page = bar.pageStep() - theme.px(_STEP)
        steps = {
            Qt.Key.Key_Up: -theme.px(_STEP),
            Qt.Key.Key_Down: theme.px(_STEP),
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            bar.setValue(bar.value() + step)

    @Slot(int, int)
    def _on_range(self, least: int, most: int) -> None:
        can_scroll = most > least
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_scroll else Qt.FocusPolicy.NoFocus)
