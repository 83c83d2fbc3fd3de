"""A day, with the day before and the day after beside it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.ui import icons, theme
from pos_app.ui.format import date_text, day_text
from pos_app.ui.widgets.label import Label

_DAY = timedelta(days=1)
_WIDTH = 320


class DayStepper(QFrame):
    """Steps from day to day, never past the last one.

    Args:
        name: beginning of the object names: `{name}DayBefore`, `{name}DayAfter`, `{name}Day`.
        last: the last day that can be chosen.

    Attributes:
        day: the chosen day, local to the store.

    Signals:
        chosen(object): the day, whenever it has changed.
    """

    chosen = Signal(object)

    def __init__(self, name: str, last: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = self._last = last
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=8)
        self._before = self._button(f"{name}DayBefore", "chevron-left", self.tr("Day before"))
        self._label = Label(role="h2", parent=self)
        self._label.setObjectName(f"{name}Day")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(self._label, width=_WIDTH)
        self._after = self._button(f"{name}DayAfter", "chevron-right", self.tr("Day after"))
        self._before.clicked.connect(self._on_before)
        self._after.clicked.connect(self._on_after)
        for part in (self._before, self._label, self._after):
            row.addWidget(part)
        row.addStretch(1)
        self._show()

    def _button(self, name: str, icon: str, words: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "icon")
        button.setIcon(icons.icon(icon))
        button.setAccessibleName(words)
        theme.size(button, icon=22)
        return button

    @Slot()
    def _on_before(self) -> None:
        self._choose(self.day - _DAY)

    @Slot()
    def _on_after(self) -> None:
        self._choose(self.day + _DAY)

    def _choose(self, day: date) -> None:
        self.day = min(day, self._last)
        self._show()
        self.chosen.emit(self.day)

    def _show(self) -> None:
        noon = datetime.combine(self.day, time(12)).astimezone()
        is_last = self.day == self._last
        is_same_year = self.day.year == self._last.year
        words = day_text(noon) if is_same_year else date_text(noon)
        self._label.setText(self.tr("Today, {day}").replace("{day}", words) if is_last else words)
        if is_last and self._after.hasFocus():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._after.setEnabled(not is_last)
