"""The training strip of the refund dialog: what the pretend service answers (ux.md 6.9)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label


class RefundAct(StrEnum):
    """What the next refund can end in; the value is the button's object name."""

    WORKS = "simRefundOk"
    NO_BALANCE = "simRefundNoBalance"
    LOSE_ANSWER = "simRefundLoseAnswer"


class RefundTraining(QFrame):
    """Three answers to choose from; the chosen one is ticked and comes at the next refund.

    Signals:
        acted(RefundAct): the pretend service shall answer like this.
    """

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("refundSimulatorPanel")
        self.setProperty("tone", "train")
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 6, 8, 6), spacing=10)
        row.addWidget(Label(self.tr("What does the service answer?"), "bodyStrong", "train"))
        row.addStretch(1)
        self._words = {
            RefundAct.WORKS: self.tr("Works"),
            RefundAct.NO_BALANCE: self.tr("No balance"),
            RefundAct.LOSE_ANSWER: self.tr("Answer gets lost"),
        }
        self._buttons = {act: self._button(act) for act in self._words}
        for button in self._buttons.values():
            row.addWidget(button)

    def show_act(self, chosen: RefundAct | None) -> None:
        """Tick the answer that will come; None when nobody has chosen one."""
        for act, button in self._buttons.items():
            is_chosen = act is chosen
            button.set_words(self._words[act], icon="check" if is_chosen else "")
            button.setChecked(is_chosen)

    def _button(self, act: RefundAct) -> ActionButton:
        button = ActionButton(
            self._words[act], "train", tall="48", object_name=act.value, parent=self
        )
        button.setCheckable(True)
        button.setProperty("act", act.value)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.acted.emit(RefundAct(button.property("act")))
