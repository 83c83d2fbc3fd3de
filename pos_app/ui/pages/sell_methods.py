"""Which payment methods the Sell page offers, and why one of them cannot be chosen (ux.md 6.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pos_app.domain.currencies import mark
from pos_app.services.catalogue import MethodChoice
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.widgets.method_words import method_name, off_advice

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge


class SellMethods(QObject):
    """Keeps the methods on the desk as they can be used now.

    Signals:
        chosen(PaymentMethod): by its key, and it can be used.
        toast_wanted(str): why a method cannot be used.
        sound_wanted(str): "limit".
    """

    chosen = Signal(object)
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)

    def __init__(self, parent: QObject, desk: SaleDesk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._till: Till | None = None
        self._background: Background | None = None

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services, and follow settings and tokens from now on."""
        self._till, self._background = till, background
        events.settings_changed.connect(self._on_changed)
        events.services_changed.connect(self._on_changed)

    def look_for_scan(self) -> None:
        """Ask whether customers' own codes can be charged here."""
        if self._till is not None and self._background is not None:
            run = self._background.run
            run(self._till.taking.is_set_up, self._on_scan_set_up, owner=self)

    @Slot(int)
    def press_key(self, number: int) -> None:
        """Choose the method of an F-key, or say why it cannot be."""
        view = self._desk.view
        choice = next((one for one in view.choices if one.f_key == number), None)
        if choice is None:
            return
        if view.can_use(choice):
            self.chosen.emit(choice.method)
            return
        self._say_why_not(choice)
        self.sound_wanted.emit("limit")

    @Slot()
    def _on_changed(self) -> None:
        """Offer what can be used now; a sale that is being put together stays as it is."""
        assert self._till is not None
        self.look_for_scan()
        preferred = self._till.settings.methods.preferred
        lost = self._desk.take_choices(self._till.catalogue.methods(), preferred)
        if lost is None:
            return
        if any(one.method is lost.method for one in self._desk.view.choices):
            self._say_why_not(lost)
        else:
            words = self.tr("{method} isn’t offered any more.")
            self.toast_wanted.emit(words.format(method=method_name(lost.traits)))

    def _on_scan_set_up(self, is_set_up: bool) -> None:
        self._desk.show(replace(self._desk.view, has_scan=is_set_up))

    def _say_why_not(self, choice: MethodChoice) -> None:
        words = self.tr("{method} takes {currency} only. Clear the sale to use it.")
        name = method_name(choice.traits)
        other = words.format(method=name, currency=mark(choice.currency))
        self.toast_wanted.emit(off_advice(choice) or other)
