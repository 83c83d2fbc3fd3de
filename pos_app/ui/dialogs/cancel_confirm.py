"""Ask before a payment is cancelled (ux.md 6.3); Esc and Enter mean the safe answer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.methods import METHODS
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate


class CancelConfirmDialog(Dialog):
    """Answers "cancel" or, by default and by Esc, "keep"."""

    def __init__(self, parent: QWidget, charge: Charge) -> None:
        title = translate("CancelConfirmDialog", "Cancel {amount}?")
        super().__init__(
            parent, "cancelConfirmDialog", title.format(amount=amount_text(charge.amount))
        )
        self.add_text(f"{METHODS[charge.method].name} · {charge.short_reference}")
        self.add_action(
            "keep", self.tr("Keep waiting"), "secondary", "cancelKeepWaitingButton",
            is_safe=True, is_default=True,
        )  # fmt: skip
        self.add_action("cancel", self.tr("Cancel payment"), "dangerFill", "confirmCancelButton")
