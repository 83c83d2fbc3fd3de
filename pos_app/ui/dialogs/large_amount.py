"""Ask before an unusually large charge (ux.md 6.2, "Over the ask-limit")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.money import Money
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.dialog import Dialog

translate = QCoreApplication.translate


class LargeAmountDialog(Dialog):
    """Answers "charge" or, by default and by Esc, "change"."""

    def __init__(self, parent: QWidget, amount: Money) -> None:
        title = translate("LargeAmountDialog", "Charge {amount}?")
        super().__init__(parent, "largeAmountDialog", title.format(amount=amount_text(amount)))
        charge = self.tr("Charge {amount}").format(amount=amount_text(amount))
        self.add_text(self.tr("This is larger than usual. Check the amount."))
        self.add_action(
            "change", self.tr("Change amount"), "secondary", "changeAmountButton",
            is_safe=True, is_default=True,
        )  # fmt: skip
        self.add_action("charge", charge, "primary", "confirmLargeChargeButton")
