"""How a sale is to be paid: chosen by tile or key, and kept in line with the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pos_app.domain.currencies import mark
from pos_app.domain.methods import PaymentMethod
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.pages.sell_view import Offer
from pos_app.ui.widgets.method_words import method_name, off_advice

if TYPE_CHECKING:
    from pos_app.services.catalogue import MethodChoice
    from pos_app.services.till import Till
    from pos_app.ui.background import EventBridge


class SellMethods(QObject):
    """Chooses methods on the desk, and says why one cannot be.

    Signals:
        charge_wanted(): a method was chosen where one tap charges.
        toast_wanted(str): why a method cannot be chosen, or was taken away.
        sound_wanted(str): "limit".
    """

    charge_wanted = Signal()
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)

    def __init__(self, desk: SaleDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._till: Till | None = None

    def connect_till(self, till: Till, events: EventBridge) -> None:
        """Keep the services, and hear when other methods can be used."""
        self._till = till
        events.settings_changed.connect(self._on_methods_changed)
        events.services_changed.connect(self._on_methods_changed)

    @Slot(object)
    def choose(self, method: PaymentMethod) -> None:
        """Choose a method that can be used, and charge where one tap is enough."""
        self._desk.choose_method(method)
        is_one_tap = self._till is not None and self._till.settings.methods.one_tap
        if is_one_tap and self._desk.view.offer is Offer.CHARGE:
            self.charge_wanted.emit()

    @Slot(int)
    def press_key(self, number: int) -> None:
        """Choose the method of an F key, 1 to 9, or say why not."""
        view = self._desk.view
        choice = next((one for one in view.choices if one.f_key == number), None)
        if choice is None:
            return
        if view.can_use(choice):
            self.choose(choice.method)
            return
        self._say_why_not(choice)
        self.sound_wanted.emit("limit")

    @Slot()
    def _on_methods_changed(self) -> None:
        """Offer what can be used now; a sale that is being put together stays as it is."""
        assert self._till is not None
        preferred = self._till.settings.methods.preferred
        lost = self._desk.take_choices(self._till.catalogue.methods(), preferred)
        if lost is None:
            return
        is_offered = any(one.method is lost.method for one in self._desk.view.choices)
        if is_offered:
            self._say_why_not(lost)
        else:
            words = self.tr("{method} isn’t offered any more.")
            self.toast_wanted.emit(words.format(method=method_name(lost.traits)))

    def _say_why_not(self, choice: MethodChoice) -> None:
        words = self.tr("{method} takes {currency} only. Clear the sale to use it.")
        name = method_name(choice.traits)
        other = words.format(method=name, currency=mark(choice.currency))
        self.toast_wanted.emit(off_advice(choice) or other)
