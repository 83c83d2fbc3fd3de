"""The buttons at the foot of the detail panel: the primary one, and the others under it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.detail_acts import DetailAct

_NAMES = {
    DetailAct.REFUND: ("refundButton", "undo", "Ctrl R"),
    DetailAct.CANCEL_PAID: ("cancelPaidButton", "", ""),
    DetailAct.OPEN: ("openPaymentButton", "external", ""),
    DetailAct.CHECK: ("checkStatusButton", "refresh", "F5"),
    DetailAct.CHECK_REFUND: ("detailCheckRefundButton", "refresh", "F5"),
    DetailAct.SETTLE: ("detailSettleButton", "shield", ""),
    DetailAct.PRINT: ("detailPrintButton", "printer", "Ctrl P"),
    DetailAct.SEEN: ("detailDoneButton", "check", ""),
}
"""Object name, icon, and the key that presses it."""
_BESIDE = frozenset({DetailAct.PRINT, DetailAct.CHECK, DetailAct.SEEN})
"""Short words: two of these share a line when they come one after the other."""


class DetailButtons(QFrame):
    """Shows the acts it is told, in their order.

    Signals:
        pressed(DetailAct): a button was pressed.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "foot")
        self._acts: tuple[DetailAct, ...] = ()
        self._column = QVBoxLayout(self)
        theme.size(self._column, margins=(22, 14, 22, 18), spacing=10)
        self._buttons = {act: self._make(act) for act in DetailAct}
        self._lines: list[QHBoxLayout] = []

    @property
    def acts(self) -> tuple[DetailAct, ...]:
        """What is offered; the first is the primary one."""
        return self._acts

    @property
    def stops(self) -> list[QWidget]:
        """The buttons in reading order."""
        return [self._buttons[act] for act in self._acts]

    def button(self, act: DetailAct) -> ActionButton:
        """Return the button of an act, offered or not."""
        return self._buttons[act]

    def show_acts(self, acts: tuple[DetailAct, ...], gateway: str) -> None:
        """Offer `acts`; the service that is asked is called by its name."""
        self._say(acts, gateway)
        if acts == self._acts:
            return
        self._acts = acts
        for line in self._lines:
            self._column.removeItem(line)
        self._lines = [self._line(group) for group in _grouped(acts)]
        for act, button in self._buttons.items():
            button.setVisible(act in acts)
        self.setVisible(bool(acts))

    def set_busy(self, act: DetailAct, *, is_busy: bool) -> None:
        """Switch a button off while what it asked for is under way."""
        button = self._buttons[act]
        if is_busy:
            button.press_once()
        else:
            button.setEnabled(True)

    def _line(self, group: tuple[DetailAct, ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        theme.size(line, spacing=10)
        for act in group:
            line.addWidget(self._buttons[act], 1)
        self._column.addLayout(line)
        return line

    def _say(self, acts: tuple[DetailAct, ...], gateway: str) -> None:
        is_first = acts[0] if acts else None
        for act in acts:
            button, hint = self._buttons[act], _NAMES[act][2]
            is_primary = act is is_first
            button.set_words(self._words(act, gateway, is_primary=is_primary))
            button.set_kind("primary" if is_primary else _kind(act))
            button.set_tall("56" if is_primary else "52")
            button.set_hint((hint or "Enter") if is_primary else "")

    def _words(self, act: DetailAct, gateway: str, *, is_primary: bool) -> str:
        words = {
            DetailAct.REFUND: self.tr("Refund…"),
            DetailAct.CANCEL_PAID: self.tr("Cancel whole payment…"),
            DetailAct.OPEN: self.tr("Open payment"),
            DetailAct.CHECK: self.tr("Check again") if is_primary else self.tr("Check status"),
            DetailAct.CHECK_REFUND: self.tr("Check with {gateway}").format(gateway=gateway),
            DetailAct.SETTLE: self.tr("Settle with manager"),
            DetailAct.PRINT: self.tr("Print receipt"),
            DetailAct.SEEN: self.tr("Done"),
        }
        return words[act]

    def _make(self, act: DetailAct) -> ActionButton:
        name, icon, _ = _NAMES[act]
        button = ActionButton("", icon=icon, object_name=name, parent=self)
        button.setProperty("act", act.value)
        button.clicked.connect(self._on_clicked)
        button.hide()
        return button

    @Slot()
    def _on_clicked(self) -> None:
        self.pressed.emit(DetailAct(self.sender().property("act")))


def _kind(act: DetailAct) -> str:
    return "danger" if act is DetailAct.CANCEL_PAID else "secondary"


def _grouped(acts: tuple[DetailAct, ...]) -> list[tuple[DetailAct, ...]]:
    """Return the lines that the buttons stand in."""
    lines: list[tuple[DetailAct, ...]] = []
    for place, act in enumerate(acts):
        before = lines[-1] if lines else ()
        is_pair = place > 1 and len(before) == 1 and {act, *before} <= _BESIDE
        if is_pair:
            lines[-1] = (*before, act)
        else:
            lines.append((act,))
    return lines
