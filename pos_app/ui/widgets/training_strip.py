"""The training strip "What does the customer do?" (ux.md 6.9, mock-training)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.gateways import can_cancel
from pos_app.ui.widgets.act_strip import ActStrip
from pos_app.ui.widgets.action_button import ActionButton

translate = QCoreApplication.translate


class CustomerAct(StrEnum):
    """What the pretend customer can do; the value is the button's object name."""

    PAY = "simPay"
    DECLINE = "simDecline"
    EXPIRE = "simExpire"
    NETWORK_DROP = "simNetworkDrop"
    LOSE_ANSWER = "simLoseAnswer"
    PAY_AFTER_CANCEL = "simPayAfterCancel"


class TrainingStrip(ActStrip):
    """Six things a customer can do, and a way to the page that the code leads to.

    Signals:
        acted(CustomerAct): the customer shall do this.
        page_requested(): open the customer's page in this PC's browser.
    """

    page_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        words = [
            (CustomerAct.PAY, "check", translate("TrainingStrip", "Pays")),
            (CustomerAct.DECLINE, "close", translate("TrainingStrip", "Is declined")),
            (CustomerAct.EXPIRE, "clock", translate("TrainingStrip", "Lets it expire")),
            (CustomerAct.NETWORK_DROP, "wifi", translate("TrainingStrip", "Network drops")),
            (CustomerAct.LOSE_ANSWER, "question", translate("TrainingStrip", "Answer gets lost")),
            (
                CustomerAct.PAY_AFTER_CANCEL,
                "undo",
                translate("TrainingStrip", "Pays after cancel"),
            ),
        ]
        question = translate("TrainingStrip", "What does the customer do?")
        page = ActionButton(
            translate("TrainingStrip", "Open the customer’s page"), "text", tall="48",
            icon="external", object_name="simOpenPage",
        )  # fmt: skip
        super().__init__("simulatorPanel", question, words, page, parent)
        self._page = page
        page.setProperty("tone", "train")
        policy = page.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        page.setSizePolicy(policy)
        page.clicked.connect(self.page_requested)

    def show_charge(self, charge: Charge) -> None:
        """Offer what can happen to `charge` now."""
        can_act = charge.is_living and charge.gateway_id is not None
        for act, button in self.buttons.items():
            button.setEnabled(can_act)
            if act is CustomerAct.PAY_AFTER_CANCEL:
                button.setEnabled(can_act and can_cancel(charge.gateway, charge.method))
        self._page.setVisible(charge.code is not None)
