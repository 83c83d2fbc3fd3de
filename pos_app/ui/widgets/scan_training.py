"""The training strip of the scan page: which code the pretend customer shows (ux.md 6.9)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.services.training import NextCode
from pos_app.ui.widgets.act_strip import ActStrip

translate = QCoreApplication.translate


class ScanAct(StrEnum):
    """What the customer shows; the value is the button's object name."""

    PAYS = "simScanPays"
    CONFIRMS = "simScanConfirms"
    DECLINED = "simScanDeclined"
    TOO_OLD = "simScanTooOld"
    ANSWER_LOST = "simScanAnswerLost"
    NETWORK_DROP = "simScanNetworkDrop"


CODES = {
    ScanAct.PAYS: NextCode.PAYS,
    ScanAct.CONFIRMS: NextCode.NEEDS_CONFIRMING,
    ScanAct.DECLINED: NextCode.DECLINED,
    ScanAct.TOO_OLD: NextCode.TOO_OLD,
    ScanAct.ANSWER_LOST: NextCode.ANSWER_LOST,
    ScanAct.NETWORK_DROP: NextCode.REQUEST_LOST,
}
"""What becomes of the code that is shown."""


class ScanTraining(ActStrip):
    """Six codes to show; pressing one stands for scanning it.

    Signals:
        acted(ScanAct): the customer shows this one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        words = [
            (ScanAct.PAYS, "check", translate("ScanTraining", "A code that pays")),
            (ScanAct.CONFIRMS, "phone", translate("ScanTraining", "Has to confirm")),
            (ScanAct.DECLINED, "close", translate("ScanTraining", "Is declined")),
            (ScanAct.TOO_OLD, "clock", translate("ScanTraining", "An old code")),
            (ScanAct.ANSWER_LOST, "question", translate("ScanTraining", "Answer gets lost")),
            (ScanAct.NETWORK_DROP, "wifi", translate("ScanTraining", "Network drops")),
        ]
        question = translate("ScanTraining", "What does the customer show?")
        super().__init__("scanSimulatorPanel", question, words, parent=parent)
