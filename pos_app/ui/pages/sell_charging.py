"""From the Sell page's Charge and scan buttons to a payment of its own page (ux.md 6.2)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CustomerCode
from pos_app.domain.errors import NoShiftError, PosAppError, StorageError
from pos_app.domain.events import ChargeChanged
from pos_app.domain.gateways import tips_with_codes
from pos_app.domain.money import Money
from pos_app.domain.people import Person
from pos_app.domain.shifts import Shift
from pos_app.ui.dialogs.tip import TipDialog
from pos_app.ui.errors import explain
from pos_app.ui.pages.charge_flow import ChargeFlow, Wish
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.pages.sell_view import Offer

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge


class SellCharging(QObject):
    """Charges what is on the desk, and lets the desk work meanwhile wait.

    Args:
        page: over which questions are asked.
        desk: holds the sale.

    Signals:
        started(Charge): the intent is on disk; the payment page sends it.
        scan_wanted(Money): the customer's code is to be scanned for this total, with its tip.
        shift_opened(Shift): the button opened a shift.
        open_payment_wanted(int): the cashier wants to see this earlier charge.
        refused(Explanation): nothing was charged, for a reason beside the sale.
        sale_over(): the charge that was begun here is paid, or lives on without this page.
        toast_wanted(str): something needs saying that needs no answer.
        sound_wanted(str): "no".
    """

    started = Signal(object)
    scan_wanted = Signal(object)
    shift_opened = Signal(object)
    open_payment_wanted = Signal(int)
    refused = Signal(object)
    sale_over = Signal()
    toast_wanted = Signal(str)
    sound_wanted = Signal(str)

    def __init__(self, page: QWidget, desk: SaleDesk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._till: Till | None = None
        self._background: Background | None = None
        self._cashier: Person | None = None
        self._charge_id = 0
        self._code: CustomerCode | None = None
        self._tip: Money | None = None
        self._flow = ChargeFlow(page)
        self._flow.started.connect(self._on_started)
        self._flow.refused.connect(self._on_refused)
        self._flow.given_up.connect(self._stop_working)
        self._flow.open_payment_wanted.connect(self.open_payment_wanted)

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services."""
        self._till, self._background = till, background
        self._flow.connect_till(till, background)
        events.charge_changed.connect(self._on_charge_changed)

    def set_person(self, person: Person) -> None:
        """Say who sells from now on."""
        self._cashier = person

    @Slot()
    def press_charge(self) -> None:
        """Charge, or open a shift; off at the first press until the answer is here."""
        view, cashier = self._desk.view, self._cashier
        if self._till is None or self._background is None or cashier is None:
            return
        if view.offer is Offer.OPEN_SHIFT:
            self._desk.show(replace(view, is_working=True))
            opening = partial(self._till.shifts.open, cashier.id)
            self._background.run(opening, self._on_shift_opened, self._on_refused, owner=self)
        elif view.offer is Offer.CHARGE and view.method is not None:
            self._desk.show(replace(view, is_working=True))
            self._flow.begin(Wish(view.cart.as_sale(), view.method, view.cart.total, cashier.id))

    @Slot()
    def press_scan(self) -> None:
        """Have the customer's code scanned, after a question for a tip where one can be given.

        Nothing happens where a code cannot be charged.
        """
        view = self._desk.view
        tips = self._till.settings.methods.tips if self._till else ()
        if not view.can_scan:
            return
        self._tip = None
        if tips and tips_with_codes():
            dialog = TipDialog(self._page, view.cart.total, tips)
            dialog.tip_chosen.connect(self._on_tip)
            dialog.open()
        else:
            self.scan_wanted.emit(view.cart.total)

    @Slot(object)
    def _on_tip(self, tip: Money) -> None:
        self._tip = tip
        self.scan_wanted.emit(self._desk.view.cart.total + tip)

    def charge_code(self, code: CustomerCode) -> None:
        """Charge the sale by a code that was scanned. It is sent once, after the intent."""
        view, cashier = self._desk.view, self._cashier
        if cashier is not None and view.can_scan:
            self._code = code
            self._desk.show(replace(view, is_working=True))
            sale, total, tip = view.cart.as_sale(), view.cart.total, self._tip
            total = total if tip is None else total + tip
            self._flow.begin(Wish(sale, code.method, total, cashier.id, code, tip=tip))

    def take_up(self) -> None:
        """Let Charge be pressed again: a payment that was begun has had its own page."""
        if self._charge_id:
            self._stop_working()

    def let_go(self) -> None:
        """Have nothing to do any more with the payment that was begun here last."""
        self.take_up()
        self._charge_id = 0

    def _on_shift_opened(self, shift: Shift) -> None:
        self._desk.show(replace(self._desk.view, has_shift=True, is_working=False))
        self.toast_wanted.emit(self.tr("Shift {number} is open").format(number=shift.number))
        self.shift_opened.emit(shift)

    @Slot(object)
    def _on_started(self, charge: Charge) -> None:
        self._charge_id = charge.id
        code, self._code = self._code, None
        if code is not None and charge.is_customer_presented:
            self._send(charge, code)
        self.started.emit(charge)
        self._desk.keep_record(charge.sale_id)

    def _send(self, charge: Charge, code: CustomerCode) -> None:
        assert self._till is not None
        assert self._background is not None
        sending = partial(self._till.taking.send, charge.id, code)
        self._background.run(sending, None, self._on_unsent, owner=self, lane=charge.id)

    def _on_unsent(self, error: PosAppError) -> None:
        """The answer to a code could not be written down; the watcher finds out what it was."""
        words = explain(error, self._till.gateway_name if self._till else "")
        self.toast_wanted.emit(f"{words.happened} {words.text}")

    @Slot(object)
    def _on_refused(self, error: PosAppError) -> None:
        """Keep everything as it was keyed and say what is the matter, where it is."""
        self._stop_working()
        if isinstance(error, NoShiftError):
            self._desk.show(replace(self._desk.view, has_shift=False))
        elif isinstance(error, StorageError):
            self._desk.show_trouble(error)
        else:
            self.refused.emit(explain(error, self._till.gateway_name if self._till else ""))
        self.sound_wanted.emit("no")

    @Slot()
    def _stop_working(self) -> None:
        self._code = None
        self._desk.stop_working()

    @Slot(object)
    def _on_charge_changed(self, change: ChargeChanged) -> None:
        """Let the sale go once its charge is paid, or lives on without this page."""
        after = change.after
        is_on_its_own = after.put_aside_at is not None or after.stopped_at is not None
        if after.id == self._charge_id and (after.is_paid or is_on_its_own):
            self.sale_over.emit()
