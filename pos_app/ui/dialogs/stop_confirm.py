"""Ask before the till stops waiting for a payment that can't be cancelled (ux.md 6.3)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.methods import METHODS
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate


class StopConfirmDialog(Dialog):
    """Answers "stop" or, by default and by Esc, "keep"."""

    def __init__(self, parent: QWidget, charge: Charge) -> None:
        super().__init__(
            parent, "stopConfirmDialog", translate("StopConfirmDialog", "Stop waiting?")
        )
        if charge.is_card_keyed and charge.code is None:
            words = self.tr(
                "{method} payments can’t be cancelled. The bank could still take the money. We’ll "
                "keep watching."
            )
        else:
            words = self.tr(
                "{method} payments can’t be cancelled. The code stays open until it expires, and "
                "the customer could still pay. We’ll keep watching."
            )
        self.add_text(words.format(method=METHODS[charge.method].name))
        self.add_action(
            "keep", self.tr("Keep waiting"), "secondary", "stopKeepWaitingButton",
            is_safe=True, is_default=True,
        )  # fmt: skip
        self.add_action("stop", self.tr("Stop waiting"), "dangerFill", "confirmStopButton")
