"""The detail panel: the selected payment, or that none is (ux.md 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.models.transaction_line import TransactionLine
from pos_app.ui.widgets.detail_acts import DetailAct
from pos_app.ui.widgets.detail_face import DetailFace
from pos_app.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos_app.services.history import HistoryDetail


class TransactionDetail(QFrame):
    """Shows the selected payment: its line at once, the rest when it has been read.

    Buttons act on what is shown only: until the rest is here they do nothing.

    Signals:
        acted(DetailAct): a button of the payment that is shown was pressed.
        closed(): the close button of the sheet was pressed.
    """

    acted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transactionDetail")
        self.setProperty("card", "true")
        self._detail: HistoryDetail | None = None
        self._line: TransactionLine | None = None
        self._made: DetailFace | None = None
        self._is_sheet = False
        nothing = Label(
            self.tr("Choose a transaction to see its details."), "body", "muted3", wraps=True
        )
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.size(nothing, margins=(24, 24, 24, 24))
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._stack)

    @property
    def detail(self) -> HistoryDetail | None:
        """The payment that is shown whole; None before it has been read."""
        return self._detail

    @property
    def acts(self) -> tuple[DetailAct, ...]:
        """What is offered; the first is the primary one."""
        return self._made.buttons.acts if self._made is not None else ()

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in reading order."""
        return self._made.stops if self._made is not None else []

    @property
    def face(self) -> DetailFace:
        """Where a payment is shown; made when it is first needed."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def make(self) -> bool:
        """Make the face; return whether it was still to be made."""
        if self._made is not None:
            return False
        self._made = self._make()
        return True

    def expect(self, line: TransactionLine | None) -> None:
        """Show a payment's line; the rest of another payment goes."""
        before, self._line = self._line, line
        if line is None:
            self._detail = None
            self._stack.setCurrentIndex(0)
            return
        self.face.show_line(line)
        self._stack.setCurrentWidget(self.face)
        if before is None or before.charge_id != line.charge_id:
            self._detail = None
            self.face.scroll_to_top()

    @Slot()
    def clear_rest(self) -> None:
        """Take away what was shown of the payment before: reading takes a while."""
        if self._detail is None and self._line is not None:
            self.face.clear_rest()

    def show_detail(self, detail: HistoryDetail, gateway: str) -> None:
        """Show all of the payment that is expected.

        Args:
            detail: of any payment; another one's is dropped.
            gateway: the payment service's own name.
        """
        if self._line is not None and detail.charge.id == self._line.charge_id:
            self._detail = detail
            self.face.show_detail(detail, gateway)

    def press(self, *acts: DetailAct) -> bool:
        """Press the first of `acts` that is offered; return whether one is."""
        for act in acts:
            if act in self.acts and self.face.buttons.button(act).isEnabled():
                self.face.buttons.button(act).click()
                return True
        return False

    def press_primary(self) -> bool:
        """Press the first button; return whether there is one."""
        return self.press(*self.acts[:1])

    def set_busy(self, act: DetailAct, *, is_busy: bool) -> None:
        """Switch a button off while what it asked for is under way."""
        self.face.buttons.set_busy(act, is_busy=is_busy)

    def focus_primary(self) -> None:
        """Put the focus on the first button, else on what closes the sheet."""
        stops = [*self.face.buttons.stops, self.face.close_button]
        stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_sheet(self, is_sheet: bool) -> None:
        """Be a sheet over the list, with a button that closes it, or a panel beside it."""
        self._is_sheet = is_sheet
        if self._made is not None:
            self._made.close_button.setVisible(is_sheet)

    def _make(self) -> DetailFace:
        face = DetailFace()
        face.buttons.pressed.connect(self._on_pressed)
        face.closed.connect(self.closed)
        face.close_button.setVisible(self._is_sheet)
        self._stack.addWidget(face)
        return face

    @Slot(object)
    def _on_pressed(self, act: DetailAct) -> None:
        if self._detail is not None:
            self.acted.emit(act)
