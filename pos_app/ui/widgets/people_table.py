"""Who may use the till: one line each, one of them selected (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.cell import cell
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.pill import Pill
from pos_app.ui.widgets.scroll_column import FlickColumn

_MARGINS = (20, 0, 20, 0)
_GAP = 16
_ROLE, _PIN, _STATE = 130, 110, 190
_BAR = 4


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as the table shows them.

    Attributes:
        tone, icon, state: the pill at the right; none while `state` is empty.
    """

    person: Person
    tone: str = ""
    icon: str = ""
    state: str = ""


class PeopleTable(QFrame):
    """Lines of 56 px under their head; one Tab stop, arrow keys walk and Enter selects.

    Signals:
        selected(Person): another line was selected; None when there is none.
    """

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleTable")
        self.setAccessibleName(self.tr("People"))
        self._rows: list[_PersonRow] = []
        self._is_narrow = False
        self._walk = ArrowFocus(self, 1)
        self._pin_head = cell(self.tr("PIN"), "pill", _PIN, "muted")
        self._area = FlickColumn(self)
        self._area.column.addStretch(1)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._head())
        column.addWidget(self._area, 1)

    @property
    def person(self) -> Person | None:
        """Whose line is selected."""
        return next((row.line.person for row in self._rows if row.isChecked()), None)

    @property
    def rows(self) -> tuple[QPushButton, ...]:
        """The lines, in reading order."""
        return tuple(self._rows)

    def show_lines(self, lines: Sequence[PersonLine], selected_id: int | None = None) -> None:
        """Show `lines`; that person is selected, else whoever was, else the first."""
        wanted = selected_id or (self.person.id if self.person else 0)
        had_focus = any(row.hasFocus() for row in self._rows)
        for old in self._rows:
            old.setParent(None)
            old.deleteLater()
        self._rows = [_PersonRow(line, is_narrow=self._is_narrow, parent=self) for line in lines]
        for number, row in enumerate(self._rows, start=1):
            row.setObjectName(f"personRow_{number}")
            self._area.column.insertWidget(number - 1, row)
            row.toggled.connect(self._on_toggled)
        self._walk.set_members(self._rows)
        known = [row for row in self._rows if row.line.person.id == wanted]
        stop = next(iter(known or self._rows), None)
        if stop is None:
            self.selected.emit(None)
            return
        stop.setChecked(True)
        if had_focus:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, lines: int) -> None:
        """Select the line so many places down (up when negative), stopping at the ends."""
        now = next((place for place, row in enumerate(self._rows) if row.isChecked()), 0)
        if 0 <= now + lines < len(self._rows):
            self._rows[now + lines].setChecked(True)
            self._rows[now + lines].setFocus(Qt.FocusReason.TabFocusReason)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what is scarce of width."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._pin_head.setVisible(not is_narrow)
            self.show_lines([row.line for row in self._rows])

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setProperty("card", "tableHead")
        theme.size(head, height=36)
        row = QHBoxLayout(head)
        theme.size(row, margins=_MARGINS, spacing=_GAP)
        row.addWidget(cell(self.tr("Name"), "pill", 0, "muted"), 1)
        row.addWidget(cell(self.tr("Role"), "pill", _ROLE, "muted"))
        row.addWidget(self._pin_head)
        row.addWidget(cell("", "pill", _STATE))
        return head

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        if not is_on:
            return
        row = next(row for row in self._rows if row.isChecked())
        self._walk.set_stop(row)
        self._area.ensureWidgetVisible(row)
        self.selected.emit(row.line.person)


class _PersonRow(QPushButton):
    """A person in 56 px: name, role, digits of the PIN, state. Checkable."""

    def __init__(self, line: PersonLine, *, is_narrow: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        person = line.person
        self.setProperty("row", "true")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        theme.size(self, height=56)
        role = self.tr("Manager") if person.is_manager else self.tr("Cashier")
        digits = self.tr("{count} digits").format(count=person.pin_length)
        row = QHBoxLayout(self)
        theme.size(row, margins=_MARGINS, spacing=_GAP)
        name = QHBoxLayout()
        theme.size(name, spacing=12)
        name.addWidget(IconLabel("person", "text2", 20, self))
        name.addWidget(cell(person.name, "bodyStrong"), 1)
        row.addLayout(name, 1)
        row.addWidget(cell(role, "body", _ROLE))
        if not is_narrow:
            row.addWidget(cell(digits, "body", _PIN, "muted"))
        row.addWidget(_state(line))
        said = (person.name, role, digits, line.state)
        self.setAccessibleName(", ".join(word for word in said if word))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the bar that marks the selected line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(0, 0, theme.px(_BAR), self.height(), theme.color("primary"))
            painter.end()


def _state(line: PersonLine) -> QWidget:
    place = QWidget()
    theme.see_through(place)
    theme.size(place, width=_STATE)
    row = QHBoxLayout(place)
    theme.size(row, margins=(0, 0, 0, 0))
    row.addStretch(1)
    if line.state:
        row.addWidget(Pill(line.tone, line.icon, line.state))
    return place
