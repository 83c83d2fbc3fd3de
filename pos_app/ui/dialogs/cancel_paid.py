"""Cancel a paid payment as a whole (ux.md 6.5, "Cancel whole payment")."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pos_app.domain.refunds import RefundKind
from pos_app.ui.dialogs.money_back_dialog import MoneyBackDialog, MoneyBackView
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.advice_words import cancel_hint
from pos_app.ui.widgets.refund_words import cancel_words


class CancelPaidDialog(MoneyBackDialog):
    """Reason and PIN; the amount is always the whole."""

    def __init__(self, parent: QWidget, view: MoneyBackView) -> None:
        title = QCoreApplication.translate("CancelPaidDialog", "Cancel whole payment")
        super().__init__(parent, "cancelPaidDialog", title, RefundKind.CANCEL, view)
        self.form.show_words(cancel_words(view.charge, view.gateway))

    def confirm_words(self) -> str:
        """Return "Return US$ 42.50": what cancelling a paid payment does."""
        return self.tr("Return {amount}").format(amount=amount_text(self.view.charge.amount))

    def show_rest(self) -> None:
        """Say until when it works, and that nothing will be left."""
        hint, is_warning = cancel_hint(self.view.advice, self.view.gateway)
        self.form.show_hint(hint, is_warning=is_warning)
        sentence = self.tr("The customer gets {amount} back.")
        self._rest.show_sentence(sentence, amount_text(self.view.charge.amount))
