"""Ask before the same amount is charged again (ux.md 6.2, promise 7 of design.md)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.methods import METHODS
from pos_app.domain.money import Money
from pos_app.domain.references import short_reference
from pos_app.ui.format import amount_text, clock_text
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.method_words import method_name

translate = QCoreApplication.translate


class SameCustomerDialog(Dialog):
    """Answers "other" or "go", the default; Esc and Close answer "close", which does nothing.

    Args:
        amount: what is to be charged, the same as the earlier charge.
        reference: of the earlier charge, which may still take this customer's money.
        earlier: that charge; None when it is not at hand.
    """

    def __init__(
        self, parent: QWidget, amount: Money, reference: str, earlier: Charge | None
    ) -> None:
        title = translate("SameCustomerDialog", "Is this the same customer?")
        super().__init__(parent, "sameCustomerDialog", title, width=640)
        if earlier is None:
            words = self.tr(
                "Payment {reference} over {amount} has no answer yet. "
                "Charging the same customer again could take the money twice."
            ).format(reference=short_reference(reference), amount=amount_text(amount))
        else:
            words = self.tr(
                "{amount} by {method} at {time} has no answer yet. "
                "Charging the same customer again could take the money twice."
            ).format(
                amount=amount_text(earlier.amount),
                method=method_name(METHODS[earlier.method]),
                time=clock_text(earlier.created_at),
            )
        self.add_text(words)
        self.add_action(
            "other", self.tr("Different customer, charge"), "secondary",
            "differentCustomerButton",
        )  # fmt: skip
        self.add_action(
            "go", self.tr("Go to that payment"), "primary", "goToOpenPaymentButton",
            is_default=True,
        )  # fmt: skip
