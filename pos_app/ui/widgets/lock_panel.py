"""The dark panel of the Lock page: store, clock, date, and what still needs an answer."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.format import clock_text, day_text


class _Picture(QFrame):
    """A square frame with an icon in its middle, both in px at scale 1.0."""

    def __init__(self, side: int, name: str, color: str, icon_side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._icon_side = icons.icon(name, color), icon_side
        theme.size(self, width=side, height=side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, then the icon."""
        super().paintEvent(event)
        inset = (self.width() - theme.px(self._icon_side)) // 2
        self._icon.paint(QPainter(self), self.rect().adjusted(inset, inset, -inset, -inset))


class _AnswerNote(QFrame):
    """Says that payments need an answer; nothing to press, as nobody is signed in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lockAttentionNote")
        self.setProperty("rail", "card")
        theme.size(self, min_height=75)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        self._title = _label("bodyStrong", "strong", self)
        words.addStretch(1)
        words.addWidget(self._title)
        text = _label("body", "text", self)
        text.setText(self.tr("We keep checking while the register is locked."))
        for label in (self._title, text):
            label.setWordWrap(True)
        words.addWidget(text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        theme.size(row, margins=(18, 14, 18, 14), spacing=14)
        row.addWidget(_Picture(28, "question", "badge", 28, self))
        row.addLayout(words, 1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many; 0 hides the note."""
        if count == 1:
            self._title.setText(self.tr("1 payment needs an answer"))
        else:
            words = self.tr("{count} payments need an answer")
            self._title.setText(words.format(count=count))
        self.setAccessibleName(self._title.text())
        self.setVisible(count > 0)


class LockPanel(QFrame):
    """At the left of the Lock page: store, time, day, and what needs an answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rail", "panel")
        self._register = ""
        self._store = _label("leadTitle", "strong", self)
        self._clock = _label("clock", "strong", self)
        self._day = _label("", "text", self)
        self._note = _AnswerNote(self)
        mark = _Picture(44, "app-mark", "on_primary", 26, self)
        mark.setProperty("rail", "mark")
        head = QHBoxLayout()
        theme.size(head, spacing=12)
        head.addWidget(mark)
        head.addWidget(self._store, 1)
        column = QVBoxLayout(self)
        theme.size(column, margins=(44, 40, 44, 40), spacing=0)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(self._clock)
        column.addWidget(self._day)
        column.addStretch(1)
        column.addWidget(self._note)
        theme.watch(self._follow_look)
        self._follow_look()

    def set_width(self, width: int) -> None:
        """Take so many px at scale 1.0."""
        theme.size(self, width=width)

    def show_store(self, name: str, register: str) -> None:
        """Show the store's name; the register stands beside the date."""
        self._store.setText(name)
        self._register = register

    def show_time(self, now: datetime) -> None:
        """Show the local time of `now` (aware) and its day."""
        self._clock.setText(clock_text(now))
        parts = [day_text(now), self._register]
        self._day.setText(" · ".join(part for part in parts if part))

    def show_needs_answer(self, count: int) -> None:
        """Show how many payments need an answer; 0 hides the note."""
        self._note.show_count(count)

    @Slot()
    def _follow_look(self) -> None:
        self._day.setFont(theme.font("body", 20))


def _label(text_role: str, rail: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("rail", rail)
    if text_role:
        label.setProperty("textRole", text_role)
    return label
