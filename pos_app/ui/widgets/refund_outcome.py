"""What became of a refund: where it stands now, the amount, and what to do (ux.md 6.5)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.widgets.error_details import ErrorDetails
from pos_app.ui.widgets.money_label import MoneyLabel
from pos_app.ui.widgets.refund_words import Outcome, ReturnState
from pos_app.ui.widgets.status_banner import StatusBanner

_CALM = frozenset({ReturnState.SENDING, ReturnState.NOT_ALLOWED})
"""What needs nobody to be interrupted."""


class RefundOutcome(QWidget):
    """Takes the form's place from the moment of sending.

    Attributes:
        column: what stands above the amount comes first in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amount = MoneyLabel("moneyPay", parent=self)
        self._amount.setObjectName("refundOutcomeAmount")
        self._banner = StatusBanner("refundMessage", self)
        self._details = ErrorDetails(self, object_name="refundDetails")
        column = self.column = QVBoxLayout(self)
        theme.size(column, margins=(28, 20, 28, 20), spacing=20)
        column.addWidget(self._amount)
        column.addWidget(self._banner)
        column.addWidget(self._details)
        column.addStretch(1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show it, and have it read aloud."""
        self._amount.set_amount(outcome.amount)
        self._details.show_details(outcome.details)
        self._banner.show_status(
            outcome.tone,
            outcome.icon,
            outcome.title,
            outcome.text,
            state=outcome.state.value,
            is_urgent=outcome.state not in _CALM,
        )

    def clear(self) -> None:
        """Say nothing any more: the form is shown again."""
        self._banner.setProperty("state", "")
