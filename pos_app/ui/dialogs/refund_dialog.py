"""Refund all or a part of a payment (ux.md 6.5, mock-refund)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.refunds import RefundKind
from pos_app.ui.dialogs.money_back_dialog import MoneyBackDialog, MoneyBackView
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.advice_words import gone_hint, refund_hint
from pos_app.ui.widgets.refund_words import wallet_words


class RefundDialog(MoneyBackDialog):
    """Amount, reason, PIN; the amount starts empty."""

    def __init__(self, parent: QWidget, view: MoneyBackView) -> None:
        title = QCoreApplication.translate("RefundDialog", "Refund")
        super().__init__(parent, "refundDialog", title, RefundKind.REFUND, view)

    def confirm_words(self) -> str:
        """Return "Refund US$ 12.50", or "Refund" as long as nothing is keyed."""
        wanted = self.form.wanted
        if not wanted:
            return self.tr("Refund")
        return self.tr("Refund {amount}").format(amount=amount_text(wanted))

    def show_rest(self) -> None:
        """Say where the money goes, what speaks against it, and what would be left."""
        amount = self.form.amount
        assert amount is not None, "a refund has an amount"
        charge, gateway = self.view.charge, self.view.gateway
        hint, is_warning = refund_hint(self.view.advice, charge, amount.amount)
        if self.looked is not None and self.looked.more_gone:
            hint, is_warning = gone_hint(self.looked, gateway), True
        self.form.show_hint(hint or wallet_words(charge, gateway), is_warning=is_warning)
        if amount.is_complete:
            sentence = self.tr("After this refund, {amount} can still be refunded.")
            left = amount.most - amount.amount
        else:
            sentence, left = self.tr("{amount} can still be refunded."), amount.most
        self._rest.show_sentence(sentence, amount_text(left))
