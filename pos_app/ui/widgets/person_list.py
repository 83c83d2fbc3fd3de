"""Who is selling: the people who may sign in (ux.md 6.1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.people import Person
from pos_app.ui import icons, theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus


class _Portrait(QWidget):
    """A person's round picture: the same icon for everybody."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.size(self, width=40, height=40)
        theme.see_through(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon on a circle."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("key2"))
        painter.drawEllipse(self.rect())
        inset = (self.width() - theme.px(22)) // 2
        icons.paint(painter, self.rect().adjusted(inset, inset, -inset, -inset), "person", "text2")


class PersonItem(QPushButton):
    """One person, 64 px high: picture, name, role."""

    def __init__(self, person: Person, parent: QWidget) -> None:
        super().__init__(parent)
        self.person = person
        self.setCheckable(True)
        self.setProperty("tile", True)
        theme.size(self, height=64)
        role = self.tr("Manager") if person.is_manager else self.tr("Cashier")
        row = QHBoxLayout(self)
        theme.size(row, margins=(17, 0, 17, 0), spacing=14)
        row.addWidget(_Portrait(self))
        row.addWidget(self._label("h2", person.name), 1)
        row.addWidget(self._label("bar", role))
        self.setAccessibleName(f"{person.name}, {role}")

    def _label(self, text_role: str, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("textRole", text_role)
        label.setProperty("muted", text_role == "bar")
        theme.see_through(label)
        return label


class PersonList(QWidget):
    """The list of people, one of them chosen.

    Signals:
        person_chosen: a `Person`, by a press or by `choose_next`.
    """

    person_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personList")
        self._items: list[PersonItem] = []
        self._column = QVBoxLayout(self)
        theme.size(self._column, margins=(0, 0, 0, 0), spacing=10)
        self._column.addStretch(1)
        self._arrows = ArrowFocus(self, columns=1)

    def show_people(self, people: Sequence[Person], chosen: Person | None) -> None:
        """Show `people` in their order, `chosen` marked."""
        if [_looks(item.person) for item in self._items] == [_looks(one) for one in people]:
            for item, person in zip(self._items, people, strict=True):
                item.person = person
        else:
            self._make_items(people)
        self.mark(chosen)

    def _make_items(self, people: Sequence[Person]) -> None:
        for item in self._items:
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = [PersonItem(person, self) for person in people]
        for number, item in enumerate(self._items, start=1):
            item.setObjectName(f"personItem_{number}")
            item.clicked.connect(self._on_clicked)
            self._column.insertWidget(number - 1, item)
        self._arrows.set_members(self._items)

    def mark(self, chosen: Person | None) -> None:
        """Mark `chosen` without telling anybody."""
        for item in self._items:
            is_chosen = chosen is not None and item.person.id == chosen.id
            item.setChecked(is_chosen)
            if is_chosen:
                self._arrows.set_stop(item)

    def choose_next(self, step: int) -> None:
        """Choose the person `step` places further down, stopping at the ends."""
        places = [place for place, item in enumerate(self._items) if item.isChecked()]
        place = places[0] + step if places else 0
        if 0 <= place < len(self._items):
            self._choose(self._items[place])

    @Slot()
    def _on_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, PersonItem):
            self._choose(item)

    def _choose(self, item: PersonItem) -> None:
        self.mark(item.person)
        self.person_chosen.emit(item.person)


def _looks(person: Person) -> tuple[int, str, bool]:
    return person.id, person.name, person.is_manager
