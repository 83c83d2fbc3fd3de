"""Going from page to page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos_app.ui.window.frame import Frame
from pos_app.ui.window.pages import Pages
from pos_app.ui.window.presence import Presence
from pos_app.ui.window.resuming import Resuming
from pos_app.ui.window.sale_steps import SaleSteps
from pos_app.ui.window.settings_door import SettingsDoor

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge
    from pos_app.ui.pages.page import Page

CODE_WITHIN_MS = 100
"""So long a new payment's page waits for its code, to be laid out and painted once instead of
twice: a quick gateway's code is then there sooner, and no empty page flashes by. What takes
longer is seen being made."""


class Navigator(QObject):
    """Knows which page is on the screen, and where everybody may go from there.

    Attributes:
        door: whoever wants to the Settings page has to pass it.
        resuming: what the last run of the program left open.

    Signals:
        page_changed(): another page, or another state of the page, is on the screen.
        toast_wanted(str, str, object): something needs saying that needs no answer; with the
            words of one action and the action, if there is one.
        sound_wanted(str): a page wants this sound.
        locking(): whoever was signed in leaves.
    """

    page_changed = Signal()
    toast_wanted = Signal(str, str, object)
    sound_wanted = Signal(str)
    locking = Signal()

    def __init__(
        self, window: QWidget, frame: Frame, background: Background, make: Callable[[str], Page]
    ) -> None:
        super().__init__(window)
        self._window, self._frame, self._background = window, frame, background
        self.door = SettingsDoor(window, background)
        self.door.opened.connect(self._on_manager_admitted)
        self.door.sound_wanted.connect(self.sound_wanted)
        self.resuming = Resuming(self)
        self.resuming.payment_wanted.connect(self.show_payment)
        self.resuming.toast_wanted.connect(self._say)
        self._pages = Pages(frame.stack, self._wire, make)
        self._steps = SaleSteps(self, self._pages)
        self._steps.page_wanted.connect(self.show)
        self._steps.payment_wanted.connect(self.show_payment)
        self._presence = Presence(window, frame, self._pages, background, self.show)
        self._presence.signed_in.connect(self.resuming.somebody_is_here)
        self._presence.locking.connect(self.resuming.nobody_is_here)
        self._presence.locking.connect(self.locking)
        self._presence.toast_wanted.connect(self._say)
        self._till: Till | None = None
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
        return self._presence.is_locked

    @property
    def charge_id(self) -> int | None:
        """The charge whose payment page is on the screen; None elsewhere."""
        return self._steps.charge_id

    def connect_till(self, till: Till, events: EventBridge) -> None:
        """Give the services to the pages."""
        self._till = till
        self._steps.connect_till(till)
        self._presence.connect_till(till)
        self._pages.connect_till(till, self._background, events)
        self._frame.bars.top.manager_pressed.connect(self._on_manager_pressed)

    def prepare_next(self) -> bool:
        """Go one step on in making the pages; return whether there is more to do."""
        return self._pages.prepare_next()

    # Going

    @Slot(str)
    def show(self, name: str) -> None:
        """Bring the page `name` to the screen."""
        self._code_wait.stop()
        if name != "payment":
            self._steps.charge_id = None
        if name != "settings":
            self.door.close()
        self._pages.show(name)
        self._on_page_changed()

    @Slot(int)
    def show_payment(self, charge_id: int) -> None:
        """Show the payment page for a charge; an open dialog gives its safe answer first.

        One that is sending money back is waited for: its own result comes first.
        """
        dialog = self._presence.dialog
        if dialog is not None and dialog.is_busy:
            dialog.answered.connect(lambda _answer: self.show_payment(charge_id))
            return
        if dialog is not None:
            dialog.force_dismiss()
        self._steps.charge_id = charge_id
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
            self._say(self._frame.payment_reason)
            return
        show = partial(self._show_transaction, charge_id, reference)
        if self.page.may_leave(show):
            show()

    def _show_transaction(self, charge_id: int, reference: str) -> None:
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
            if self.page.may_leave(partial(self.show, name)):
                self.show(name)
        elif self._till is not None and self._presence.person is not None:
            self.door.knock(self._till, self._presence.person, self._frame.bars.top)

    @Slot()
    def leave_settings(self) -> None:
        """End the manager's visit; what is not saved is given up: nobody touches the till."""
        dialog = self._presence.dialog
        if self._pages.current_name != "settings" or (dialog is not None and dialog.is_busy):
            return
        if dialog is not None:
            dialog.dismiss()
        self.show("sell")

    @Slot()
    def _on_manager_pressed(self) -> None:
        if self.page.may_leave(self.leave_settings):
            self.leave_settings()

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

    @Slot()
    def _show_begun(self) -> None:
        self.show("payment")

    def _wait_no_longer(self) -> None:
        """Bring up the page of a payment that has just begun, if it is not there yet."""
        if self._code_wait.isActive():
            self._show_begun()

    @Slot(str)
    @Slot(str, str, object)
    def _say(self, text: str, action_text: str = "", action: object = None) -> None:
        """Say it, unless the till has been locked since: it was meant for who has left."""
        if not self.is_locked:
            self.toast_wanted.emit(text, action_text, action)

    def _wire(self, name: str, page: Page) -> None:
        page.payment_requested.connect(self.show_payment)
        page.sell_requested.connect(self.show_sell)
        page.answers_requested.connect(self.show_answers)
        page.lock_requested.connect(self.lock)
        page.toast_requested.connect(self._say)
        page.action_toast_requested.connect(self._say)
        page.sound_requested.connect(self.sound_wanted)
        page.title_changed.connect(self._on_page_changed)
        page.frame_changed.connect(self._on_page_changed)
        page.set_narrow(self._is_narrow)
        self._steps.wire(name, page)
        for signal, slot in self._own_slots(name).items():
            getattr(page, signal).connect(slot)

    def _own_slots(self, page_name: str) -> dict[str, Any]:
        """Return what is done about the signals that only this page has, beside a sale's."""
        slots: dict[str, dict[str, Any]] = {
            "lock": {"signed_in": self._presence.sign_in},
            "sell": {"shift_opened": self._frame.show_shift},
        }
        return slots.get(page_name, {})

    # Locking

    @Slot()
    def lock(self) -> None:
        """Lock, unless a payment page holds the frame; the cart and the place are kept."""
        self._wait_no_longer()
        self._presence.lock()

    def lock_when_idle(self) -> bool:
        """Lock because nobody touches the till; return False when it has to wait."""
        may_lock = self._presence.may_lock_unasked
        if may_lock:
            self.lock()
        return may_lock
