"""Going from page to page, signing in and locking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.ui.window.frame import Frame
from pos_app.ui.window.pages import Pages
from pos_app.ui.window.resuming import Resuming
from pos_app.ui.window.settings_door import SettingsDoor

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.customer_codes import CustomerCode
    from pos_app.domain.money import Money
    from pos_app.domain.people import Person
    from pos_app.domain.sales import Sale
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge
    from pos_app.ui.pages.page import Page
    from pos_app.ui.widgets.dialog import Dialog

CODE_WITHIN_MS = 100
"""So long a new payment's page waits for its code, to be laid out and painted once instead of
twice: a quick gateway's code is then there sooner, and no empty page flashes by. What takes
longer is seen being made."""
_NOT_AFTER_UNLOCK = frozenset({"payment", "scan", "settings"})
"""Pages that another cashier must not find open; they find Sell."""


class Navigator(QObject):
    """Knows which page is on the screen, who is signed in, and where everybody may go.

    Attributes:
        charge_id: the charge whose payment page is on the screen; None elsewhere.
        door: whoever wants to the Settings page has to pass it.
        resuming: what the last run of the program left open.

    Signals:
        page_changed(): another page, or another state of the page, is on the screen.
        toast_wanted(str): something needs saying that needs no answer.
        action_toast_wanted(str, str, object): the same with one action.
        sound_wanted(str): a page wants this sound.
    """

    page_changed = Signal()
    toast_wanted = Signal(str)
    action_toast_wanted = Signal(str, str, object)
    sound_wanted = Signal(str)

    def __init__(
        self, window: QWidget, frame: Frame, background: Background, make: Callable[[str], Page]
    ) -> None:
        super().__init__(window)
        self.charge_id: int | None = None
        self._window, self._frame, self._background = window, frame, background
        self.door = SettingsDoor(window, background)
        self.door.opened.connect(self._on_manager_admitted)
        self.door.sound_wanted.connect(self.sound_wanted)
        self.resuming = Resuming(self)
        self.resuming.payment_wanted.connect(self.show_payment)
        self.resuming.toast_wanted.connect(self.toast_wanted)
        self._pages = Pages(frame.stack, self._wire, make)
        self._till: Till | None = None
        self._person: Person | None = None
        self._after_unlock = "sell"
        self._is_narrow = False
        self._code_wait = QTimer(self)
        self._code_wait.setSingleShot(True)
        self._code_wait.setInterval(CODE_WITHIN_MS)
        self._code_wait.timeout.connect(self._show_begun)

    @property
    def page(self) -> Page:
        """The page on the screen."""
        return self._pages.current

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._pages.current_name == "lock"

    def connect_till(self, till: Till, events: EventBridge) -> None:
        """Give the services to the pages."""
        self._till = till
        self._pages.connect_till(till, self._background, events)
        self._frame.bars.top.manager_pressed.connect(self.leave_settings)

    def prepare_next(self) -> bool:
        """Go one step on in making the pages; return whether there is more to do."""
        return self._pages.prepare_next()

    # Going

    def show(self, name: str) -> None:
        """Bring the page `name` to the screen."""
        self._code_wait.stop()
        if name != "payment":
            self.charge_id = None
        if name != "settings":
            self.door.close()
        self._pages.show(name)
        self._on_page_changed()

    @Slot(int)
    def show_payment(self, charge_id: int) -> None:
        """Show the payment page for a charge; an open dialog gives its safe answer first.

        One that is sending money back is waited for: its own result comes first.
        """
        dialog = self._dialog
        if dialog is not None and dialog.is_busy:
            dialog.answered.connect(lambda _answer: self.show_payment(charge_id))
            return
        if dialog is not None:
            dialog.force_dismiss()
        self.charge_id = charge_id
        self._frame.bars.attention.forget(charge_id)
        self._pages.payment().show_charge(charge_id)
        if self._pages.payment().awaits_code:
            self._code_wait.start()
        else:
            self.show("payment")

    @Slot()
    def show_sell(self) -> None:
        """Show the Sell page."""
        self.show("sell")

    @Slot()
    def show_answers(self) -> None:
        """Show the payments that need an answer."""
        self._pages.transactions().show_answers()
        self.show("transactions")

    @Slot(int, str)
    def show_transaction(self, charge_id: int, reference: str) -> None:
        """Show one payment in the list, unless the page on the screen is still to be decided."""
        self._wait_no_longer()
        if self.page.holds_frame:
            self.toast_wanted.emit(self._frame.payment_reason)
            return
        self._frame.bars.attention.forget(charge_id)
        self._pages.transactions().show_transaction(charge_id, reference)
        self.show("transactions")

    @Slot(str)
    def on_wanted(self, name: str) -> None:
        """Follow the rail."""
        self._wait_no_longer()
        if name == "lock":
            self.lock()
        elif self.page.holds_frame or name == self._pages.current_name:
            return
        elif name != "settings":
            self.show(name)
        elif self._till is not None and self._person is not None:
            self.door.knock(self._till, self._person, self._frame.bars.top)

    @Slot()
    def leave_settings(self) -> None:
        """End the manager's visit: by a tap on the pill, or because nobody touches the till."""
        dialog = self._dialog
        if self._pages.current_name != "settings" or (dialog is not None and dialog.is_busy):
            return
        if dialog is not None:
            dialog.dismiss()
        self.show("sell")

    @Slot(object)
    def _on_manager_admitted(self, manager: Person) -> None:
        self._pages.settings().admit(manager)
        self.show("settings")

    @Slot(bool)
    def set_narrow(self, is_narrow: bool) -> None:
        """Lay frame and pages out for a narrow window, or for a regular one."""
        self._is_narrow = is_narrow
        self._frame.set_narrow(is_narrow)
        self._pages.set_narrow(is_narrow)

    @Slot(int)
    def show_badge(self, count: int) -> None:
        """Say on the rail and on the Lock page how many payments need an answer."""
        self._frame.bars.rail.set_badge(count)
        self._pages.lock().show_needs_answer(count)

    @Slot()
    def _on_page_changed(self) -> None:
        if self._code_wait.isActive() and not self._pages.payment().awaits_code:
            self._show_begun()
            return
        self._frame.show_page(self._pages.current_name, self.page)
        self.page_changed.emit()

    @Slot(object)
    def _on_charge_started(self, charge: Charge) -> None:
        self.show_payment(charge.id)

    @Slot()
    def _show_begun(self) -> None:
        self.show("payment")

    def _wait_no_longer(self) -> None:
        """Bring up the page of a payment that has just begun, if it is not there yet."""
        if self._code_wait.isActive():
            self._show_begun()

    @Slot(object)
    def _on_sale_returned(self, sale: Sale) -> None:
        if self._till is not None and self.charge_id is not None:
            method = self._till.payments.view(self.charge_id).charge.method
            self._pages.sell().reopen_sale(sale, method)
        self.show("sell")

    @Slot(object)
    def _on_scan_wanted(self, total: Money) -> None:
        self._pages.scan().begin(total)
        self.show("scan")

    @Slot(object)
    def _on_scan_wanted_again(self, sale: Sale) -> None:
        self._on_sale_returned(sale)
        self._pages.sell().press_scan()

    @Slot(object)
    def _on_code_read(self, code: CustomerCode) -> None:
        self.show("sell")
        self._pages.sell().charge_code(code)

    @Slot()
    def _on_new_sale_requested(self) -> None:
        self._pages.sell().start_new_sale()
        self.show("sell")

    def _wire(self, name: str, page: Page) -> None:
        page.payment_requested.connect(self.show_payment)
        page.sell_requested.connect(self.show_sell)
        page.answers_requested.connect(self.show_answers)
        page.lock_requested.connect(self.lock)
        page.toast_requested.connect(self.toast_wanted)
        page.action_toast_requested.connect(self.action_toast_wanted)
        page.sound_requested.connect(self.sound_wanted)
        page.title_changed.connect(self._on_page_changed)
        page.frame_changed.connect(self._on_page_changed)
        page.set_narrow(self._is_narrow)
        for signal, slot in self._own_slots(name).items():
            getattr(page, signal).connect(slot)

    def _own_slots(self, page_name: str) -> dict[str, Any]:
        """Return what is done about the signals that only this page has."""
        slots: dict[str, dict[str, Any]] = {
            "lock": {"signed_in": self._on_signed_in},
            "sell": {
                "charge_started": self._on_charge_started,
                "shift_opened": self._frame.show_shift,
                "scan_wanted": self._on_scan_wanted,
            },
            "payment": {
                "sale_returned": self._on_sale_returned,
                "new_sale_requested": self._on_new_sale_requested,
                "scan_wanted": self._on_scan_wanted_again,
            },
            "scan": {"code_read": self._on_code_read},
        }
        return slots.get(page_name, {})

    # Signing in and locking

    @Slot(object)
    def _on_signed_in(self, person: Person) -> None:
        self._person = person
        self._frame.bars.top.show_cashier(person.name)
        self._pages.tell_person(person)
        self.show(self._after_unlock)
        if self._till is not None:
            self._background.run(
                self._till.shifts.current, self._frame.show_shift, owner=self._frame
            )
        self.resuming.somebody_is_here()

    @Slot()
    def lock(self) -> None:
        """Lock, unless a payment page holds the frame; the cart and the place are kept."""
        self._wait_no_longer()
        dialog = self._dialog
        if self.is_locked or (dialog is not None and dialog.is_busy):
            return
        if self.page.holds_frame:
            self.toast_wanted.emit(self._frame.payment_reason)
            return
        if dialog is not None:
            dialog.dismiss()
        name = self._pages.current_name
        self._after_unlock = "sell" if name in _NOT_AFTER_UNLOCK else name
        self._person = None
        self.resuming.nobody_is_here()
        self._frame.bars.top.show_cashier("")
        self.show("lock")

    def lock_when_idle(self) -> bool:
        """Lock because nobody touches the till; return False when it has to wait."""
        dialog = self._dialog
        is_sending = not self._background.is_idle or (dialog is not None and dialog.is_busy)
        if self.is_locked or self.page.holds_frame or is_sending:
            return False
        self.lock()
        return True

    @property
    def _dialog(self) -> Dialog | None:
        from pos_app.ui.widgets.dialog import open_dialog

        return open_dialog(self._window)
