"""The list of payments that need an answer: one Tab stop, arrow keys walk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QStackedWidget, QVBoxLayout, QWidget

from pos_app.services.answers import AnswerRow
from pos_app.ui import theme
from pos_app.ui.widgets.answer_row import AnswerHead, AnswerRowButton
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.label import Label


class AnswerList(QWidget):
    """Rows of 54 px under their head; says so when there is nothing.

    Signals:
        chosen(AnswerRow): a row was selected; None when there is none.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = AnswerHead()
        self._rows: list[AnswerRowButton] = []
        self._is_narrow = False
        self._walk = ArrowFocus(self, 1)
        inside = QWidget()
        inside.setProperty("scrolled", "true")
        self._column = QVBoxLayout(inside)
        theme.size(self._column, margins=(0, 0, 0, 0), spacing=0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("transactionsTable")
        self._area.setAccessibleName(self.tr("Payments that need an answer"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self._area.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self._area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        empty = Label(self.tr("Nothing needs an answer."), "h2", "muted")
        empty.setObjectName("transactionsEmpty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._area)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    @property
    def rows(self) -> tuple[AnswerRowButton, ...]:
        """The rows, newest first."""
        return tuple(self._rows)

    @property
    def selected(self) -> AnswerRow | None:
        """The payment of the selected row."""
        return next((row.row for row in self._rows if row.isChecked()), None)

    def show_rows(self, rows: tuple[AnswerRow, ...]) -> None:
        """Show `rows`; what was selected stays selected, else the first is."""
        if rows != tuple(row.row for row in self._rows):
            self._fill(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self.chosen.emit(self.selected)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what is scarce of width."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._head.set_narrow(is_narrow)
            self._fill(tuple(row.row for row in self._rows))

    def focus_selected(self) -> None:
        """Put the focus on the selected row."""
        for row in self._rows:
            if row.isChecked():
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, rows: int) -> bool:
        """Select the row so many lines down (up when negative); False at an end."""
        now = next((i for i, row in enumerate(self._rows) if row.isChecked()), None)
        if now is None or not 0 <= now + rows < len(self._rows):
            return False
        self._rows[now + rows].setChecked(True)
        self._rows[now + rows].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fill(self, rows: tuple[AnswerRow, ...]) -> None:
        kept = self.selected
        had_focus = any(row.hasFocus() for row in self._rows)
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [AnswerRowButton(row, is_narrow=self._is_narrow) for row in rows]
        for index, row in enumerate(self._rows):
            self._column.insertWidget(index, row)
            row.toggled.connect(self._on_toggled)
        self._walk.set_members(self._rows)
        chosen = [row for row in self._rows if kept and row.row.charge.id == kept.charge.id]
        first = next(iter(chosen or self._rows), None)
        if first is not None:
            first.setChecked(True)
            self._walk.set_stop(first)
            if had_focus:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            row = next((row for row in self._rows if row.isChecked()), None)
            if row is not None:
                self._area.ensureWidgetVisible(row)
                self._walk.set_stop(row)
            self.chosen.emit(self.selected)
