"""All payment methods of the settings, one line each, one of them chosen (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.methods import PaymentMethod
from pos_app.ui import theme
from pos_app.ui.models.methods_draft import MethodLine
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.cell import cell
from pos_app.ui.widgets.method_row import (
    CURRENCY,
    FACT,
    GAP,
    GLYPH,
    HANDLE,
    KEY,
    MARGINS,
    NAME,
    SWITCH,
    MethodRow,
)
from pos_app.ui.widgets.scroll_column import FlickColumn


class MethodsTable(QFrame):
    """Lines under their head; one Tab stop, arrow keys walk, and what is walked to is chosen.

    Signals:
        edited(Edit): the draft is to be another.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("methodsTable")
        self.setAccessibleName(self.tr("Payment methods"))
        self._rows: dict[PaymentMethod, MethodRow] = {}
        self._order: list[PaymentMethod] = []
        self._is_narrow = False
        self._walk = ArrowFocus(self, 1)
        self._area = FlickColumn(self)
        self._area.column.addStretch(1)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._head())
        column.addWidget(self._area, 1)

    @property
    def chosen(self) -> PaymentMethod | None:
        """Whose line is the chosen one."""
        return next((one for one, row in self._rows.items() if row.face.isChecked()), None)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        rows = [self._rows[method] for method in self._order]
        return [stop for row in rows for stop in (row.face, *row.controls)]

    def show_lines(
        self, lines: Sequence[MethodLine], not_set_up: Collection[str], fixed: Collection[str]
    ) -> None:
        """Show `lines` in their order.

        Args:
            lines: one for each method.
            not_set_up: ids of services that cannot charge yet.
            fixed: keys of the section `methods` that are not decided here.
        """
        if not self._rows:
            self._make_rows(lines)
        for line in lines:
            row = self._rows[line.method]
            row.show_line(line, not_set_up)
            row.set_fixed(fixed)
        order = [line.method for line in lines]
        if order != self._order:
            self._put_in(order)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what is scarce of width."""
        self._is_narrow = is_narrow
        for head in self._scarce:
            head.setVisible(not is_narrow)
        for row in self._rows.values():
            row.set_narrow(is_narrow)

    def step(self, lines: int) -> None:
        """Choose the line so many places down (up when negative), stopping at the ends."""
        place = self._order.index(self.chosen) + lines if self.chosen else 0
        if 0 <= place < len(self._order):
            face = self._rows[self._order[place]].face
            face.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def choose(self, method: PaymentMethod) -> None:
        """Make this line the chosen one."""
        for one, row in self._rows.items():
            is_chosen = one is method
            row.face.setChecked(is_chosen)
            policy = Qt.FocusPolicy.TabFocus if is_chosen else Qt.FocusPolicy.NoFocus
            for control in row.controls:
                control.setFocusPolicy(policy)
        self._walk.set_stop(self._rows[method].face)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose the line that was walked to, and scroll to whatever has the focus."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            for row in self._rows.values():
                if watched is row.face:
                    self.choose(row.line.method)
            self._area.ensureWidgetVisible(watched, 0, theme.px(GAP))
        return False

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setProperty("card", "tableHead")
        theme.size(head, height=36)
        row = QHBoxLayout(head)
        theme.size(row, margins=MARGINS, spacing=GAP)
        handle = cell("", "pill", HANDLE)
        key = cell(self.tr("Key"), "pill", KEY, "muted")
        carrier = cell(self.tr("Carried by"), "pill", 0, "muted")
        name = cell(self.tr("Method"), "pill", GLYPH + GAP + NAME, "muted")
        currency = cell(self.tr("Currency"), "pill", CURRENCY, "muted")
        fact = cell(self.tr("If not paid"), "pill", FACT, "muted")
        offered = cell(self.tr("Offered"), "pill", SWITCH, "muted")
        offered.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (handle, name, currency, fact, key):
            row.addWidget(part)
        row.addWidget(carrier, 1)
        row.addStretch(0)
        row.addWidget(offered)
        self._scarce = (handle, fact, key, carrier)
        return head

    def _make_rows(self, lines: Sequence[MethodLine]) -> None:
        for line in lines:
            row = MethodRow(line, self)
            row.set_narrow(self._is_narrow)
            for stop in (row.face, *row.controls):
                stop.installEventFilter(self)
            row.chosen.connect(self.choose)
            row.edited.connect(self.edited)
            self._rows[line.method] = row

    def _put_in(self, order: list[PaymentMethod]) -> None:
        chosen = self.chosen
        self._order = order
        for place, method in enumerate(order):
            self._area.column.insertWidget(place, self._rows[method])
            self._rows[method].show()
        self._walk.set_members([self._rows[method].face for method in order])
        self.choose(chosen or order[0])
