"""What the Charge button says it would do, or why it would do nothing (ux.md 6.2)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from pos_app.ui.format import amount_text
from pos_app.ui.pages.sell_view import Offer, SellView
from pos_app.ui.widgets.charge_button import ChargeButton
from pos_app.ui.widgets.method_words import method_name

WORKING_AFTER_MS = 100
"""Charge is off at once, and says why only when the answer takes longer than that."""


class ChargeOffer(QObject):
    """Shows the offer of a `SellView` on the button."""

    def __init__(self, button: ChargeButton) -> None:
        super().__init__(button)
        self._button = button
        self._gateway_name = ""
        self._view: SellView | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(WORKING_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_over)

    def set_gateway_name(self, name: str) -> None:
        """Say how the gateway is called in the reasons."""
        self._gateway_name = name

    def show_view(self, view: SellView) -> None:
        """Say what the button stands for now."""
        self._view = view
        if view.offer is Offer.WORKING:
            self._button.setEnabled(False)
            self._patience.start()
        else:
            self._patience.stop()
            self._say(view)

    @Slot()
    def _on_patience_over(self) -> None:
        if self._view is not None:
            self._say(self._view)

    def _say(self, view: SellView) -> None:
        amount = amount_text(view.cart.total)
        charge = self.tr("Charge")
        if view.cart.total:
            charge = self.tr("Charge {amount}").format(amount=amount)
        if view.offer is Offer.OPEN_SHIFT:
            self._button.show_on(self.tr("Open a shift to start selling"))
        elif view.offer is Offer.CHARGE and view.choice is not None:
            method = method_name(view.choice.traits)
            self._button.show_on(charge, self.tr("with {method}").format(method=method))
            spoken = self.tr("Charge {amount} with {method}")
            self._button.setAccessibleName(spoken.format(amount=amount, method=method))
        else:
            self._button.show_off(charge, self._reason(view.offer))

    def _reason(self, offer: Offer) -> str:
        """Return why the button is off."""
        return {
            Offer.KEY_AMOUNT: self.tr("Key an amount"),
            Offer.NO_METHOD: self.tr("No payment method works"),
            Offer.CHOOSE_METHOD: self.tr("Choose how to pay"),
            Offer.NO_CONNECTION: self.tr("No connection to {gateway}").format(
                gateway=self._gateway_name
            ),
            Offer.CANNOT_SAVE: self.tr("This register can’t save sales"),
            Offer.WORKING: self.tr("One moment"),
            Offer.NOT_READY: self.tr("Starting"),
        }[offer]
