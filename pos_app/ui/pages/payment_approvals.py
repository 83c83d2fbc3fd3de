"""What on the payment page needs a manager: settling by hand, and refunding a late payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.pages.money_back import MoneyBack
from pos_app.ui.pages.settling import Settling
from pos_app.ui.widgets.payment_table import Action
from pos_app.ui.widgets.payment_words import StateWords

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class PaymentApprovals(QObject):
    """Opens the dialogs that ask for a manager's PIN, over the payment page.

    Signals:
        changed(int): something about the charge of this id is on disk.
        ended(): the page's buttons may be pressed again.
        toast_wanted(str): words for a toast.
        sound_wanted(str): a sound of ux.md 7.
        refund_changed(RefundChanged): comes in: what the window has heard of any refund.
    """

    changed = Signal(int)
    ended = Signal()
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)
    refund_changed = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._settling = Settling(page)
        self._settling.ended.connect(self.ended)
        self._money_back = MoneyBack(page)
        self.refund_changed.connect(self._money_back.refund_changed)
        self._money_back.settle_wanted.connect(self._settling.settle)
        for part in (self._settling, self._money_back):
            part.changed.connect(self.changed)
            part.toast_wanted.connect(self.toast_wanted)
            part.sound_wanted.connect(self.sound_wanted)

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._settling.connect_till(till, background)
        self._money_back.connect_till(till, background)

    def tell_person(self, person: Person | None) -> None:
        """Know who is at the till."""
        self._settling.tell_person(person)
        if person is not None:
            self._money_back.tell_person(person)

    def begin(self, action: Action, charge_id: int) -> None:
        """Begin to SETTLE or REFUND."""
        if action is Action.SETTLE:
            self._settling.settle(charge_id)
            return
        self._money_back.refund(charge_id)
        self.ended.emit()

    def withdraw(self, words: StateWords | None) -> None:
        """Close what settles, if the state no longer offers it."""
        if words is None or Action.SETTLE not in words.actions:
            self._settling.withdraw()
