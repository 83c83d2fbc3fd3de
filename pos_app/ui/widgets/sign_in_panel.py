"""The right half of the Lock page: the list of people and the PIN pad."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.person_list import PersonList
from pos_app.ui.widgets.pin_dots import PinDots
from pos_app.ui.widgets.pin_pad import PinPad
from pos_app.ui.widgets.tab_order import put_in_order, stops_in

_TOP = Qt.AlignmentFlag.AlignTop


class SignInPanel(QFrame):
    """Who is selling, and their PIN as dots.

    Signals:
        person_chosen(Person): another person was chosen.
        digit_pressed(str), clear_pressed(), backspace_pressed(): keys of the pad.
    """

    person_chosen = Signal(object)
    digit_pressed = Signal(str)
    clear_pressed = Signal()
    backspace_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "surface")
        self._list = PersonList(self)
        self._dots = PinDots(self)
        self._pad = PinPad(self)
        self._message = QLabel(self)
        self._message.setObjectName("pinMessage")
        self._message.setProperty("textRole", "bodyStrong")
        self._message.setProperty("tone", "bad")
        self._message.setWordWrap(True)
        self._message.setAlignment(_TOP)
        self._message.hide()
        self._hint = Label(role="caption", shade="train", wraps=True, parent=self)
        self._hint.setObjectName("trainingPinHint")
        self._hint.setAlignment(_TOP)
        for label in (self._message, self._hint):
            theme.size(label, width=352, min_height=48)
        self._people = self._people_column()
        row = QHBoxLayout()
        theme.size(row, spacing=56)
        row.addStretch(1)
        row.addWidget(self._people)
        row.addLayout(self._pin_column())
        row.addStretch(1)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 0, 16, 0), spacing=0)
        space = QWidget(self)
        theme.size(space, height=60)  # as much as the message takes, so that the pad is centred
        column.addStretch(1)
        column.addWidget(space)
        column.addLayout(row)
        column.addStretch(1)
        self._list.person_chosen.connect(self.person_chosen)
        self._pad.digit_keyed.connect(self.digit_pressed)
        self._pad.clear_keyed.connect(self.clear_pressed)
        self._pad.backspace_keyed.connect(self.backspace_pressed)

    def show_people(self, people: Sequence[Person], chosen: Person | None) -> None:
        """Show the people; one alone needs no list."""
        self._list.show_people(people, chosen)
        self._people.setVisible(len(people) != 1)
        put_in_order(stops_in(self._list, self._pad))

    def choose_next(self, step: int) -> None:
        """Choose the next person down (1) or up (-1)."""
        self._list.choose_next(step)

    def show_dots(self, filled: int, length: int) -> None:
        """Show how many of the PIN's digits have been keyed."""
        self._dots.show_dots(filled, length)

    def show_wrong(self) -> None:
        """Turn the dots to `bad` and nudge them."""
        self._dots.show_wrong()

    def show_message(self, text: str) -> None:
        """Show why the person was not let in; "" for nothing, or the hint."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._hint.setVisible(not text)
        self._message.setAccessibleName(text)
        announce(self._message, text)

    def show_hint(self, text: str) -> None:
        """Show something quiet where otherwise the message is; "" for nothing."""
        self._hint.setText(text)

    def has_pad_focus(self) -> bool:
        """Whether a key of the pad has the focus, so that arrows walk there."""
        focus = QApplication.focusWidget()
        return focus is not None and self._pad.isAncestorOf(focus)

    def _people_column(self) -> QWidget:
        holder = QWidget(self)
        theme.size(holder, width=300)
        scroll = QScrollArea(holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("scrolled", True)
        scroll.setWidget(self._list)
        column = QVBoxLayout(holder)
        theme.size(column, margins=(0, 0, 0, 0), spacing=20)
        column.addWidget(_heading(self.tr("Who is selling?"), self))
        column.addWidget(scroll, 1)
        return holder

    def _pin_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        theme.size(column, spacing=0)
        column.addWidget(_heading(self.tr("Your PIN"), self))
        for widget, above in ((self._dots, 28), (self._pad, 26), (self._message, 12)):
            gap = QWidget(self)
            theme.size(gap, height=above)
            column.addWidget(gap)
            column.addWidget(widget)
        column.addWidget(self._hint)
        return column


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("textRole", "scanTitle")
    theme.size(label, height=31)
    return label
