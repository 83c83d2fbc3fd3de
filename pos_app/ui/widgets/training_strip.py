"""The training strip "What does the customer do?" (ux.md 6.9, mock-training)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.charges import Charge
from pos_app.domain.gateways import can_cancel
from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.label import Label


class CustomerAct(StrEnum):
    """What the pretend customer can do; the value is the button's object name."""

    PAY = "simPay"
    DECLINE = "simDecline"
    EXPIRE = "simExpire"
    NETWORK_DROP = "simNetworkDrop"
    LOSE_ANSWER = "simLoseAnswer"
    PAY_AFTER_CANCEL = "simPayAfterCancel"


class TrainingStrip(QFrame):
    """Six things a customer can do, and a way to the page that the code leads to.

    Signals:
        acted(CustomerAct): the customer shall do this.
        page_requested(): open the customer's page in this PC's browser.
    """

    acted = Signal(object)
    page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("simulatorPanel")
        self.setProperty("tone", "train")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._buttons: dict[CustomerAct, ActionButton] = {}
        self._page = ActionButton(
            self.tr("Open the customer’s page"), "text", tall="48", icon="external",
            object_name="simOpenPage", parent=self,
        )  # fmt: skip
        self._page.setProperty("tone", "train")
        policy = self._page.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._page.setSizePolicy(policy)
        self._page.clicked.connect(self.page_requested)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 2, 16, 13), spacing=0)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("What does the customer do?"), "bodyStrong", "train"))
        head.addStretch(1)
        head.addWidget(self._page)
        column.addLayout(head)
        self._grid = QGridLayout()
        theme.size(self._grid, spacings=(10, 8))
        words = {
            CustomerAct.PAY: ("check", self.tr("Pays")),
            CustomerAct.DECLINE: ("close", self.tr("Is declined")),
            CustomerAct.EXPIRE: ("clock", self.tr("Lets it expire")),
            CustomerAct.NETWORK_DROP: ("wifi", self.tr("Network drops")),
            CustomerAct.LOSE_ANSWER: ("question", self.tr("Answer gets lost")),
            CustomerAct.PAY_AFTER_CANCEL: ("undo", self.tr("Pays after cancel")),
        }
        for act, (icon, text) in words.items():
            self._add(act, icon, text)
        column.addLayout(self._grid)
        self.set_narrow(False)

    def show_charge(self, charge: Charge) -> None:
        """Offer what can happen to `charge` now."""
        can_act = charge.is_living and charge.gateway_id is not None
        for act, button in self._buttons.items():
            button.setEnabled(can_act)
            if act is CustomerAct.PAY_AFTER_CANCEL:
                button.setEnabled(can_act and can_cancel(charge.gateway, charge.method))
        self._page.setVisible(charge.code is not None)

    def set_narrow(self, is_narrow: bool) -> None:
        """Take two rows where six buttons do not fit beside each other."""
        columns = len(self._buttons) // 2 if is_narrow else len(self._buttons)
        for index, button in enumerate(self._buttons.values()):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _add(self, act: CustomerAct, icon: str, text: str) -> None:
        button = ActionButton(text, "train", tall="64", icon=icon, object_name=act.value)
        button.set_left_aligned()
        button.setProperty("act", act.value)
        button.clicked.connect(self._on_clicked)
        self._buttons[act] = button

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.acted.emit(CustomerAct(button.property("act")))
