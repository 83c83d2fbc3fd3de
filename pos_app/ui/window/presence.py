"""Who is at the till: signing in, locking, and coming back to where one was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.dialog import Dialog
    from pos_app.ui.window.frame import Frame
    from pos_app.ui.window.pages import Pages

_NOT_AFTER_UNLOCK = frozenset({"payment", "scan", "settings"})
"""Pages that another cashier must not find open; they find Sell."""


class Presence(QObject):
    """Knows who is signed in, and locks the till behind them.

    Args:
        window: whose dialogs are put away before locking.
        show: brings a page to the screen.

    Attributes:
        person: who is signed in; None while the till is locked.

    Signals:
        signed_in(): somebody has signed in and is on their page.
        locking(): the Lock page is about to come up.
        toast_wanted(str): why the till cannot be locked now.
    """

    signed_in = Signal()
    locking = Signal()
    toast_wanted = Signal(str)

    def __init__(
        self,
        window: QWidget,
        frame: Frame,
        pages: Pages,
        background: Background,
        show: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self.person: Person | None = None
        self._window, self._frame, self._pages = window, frame, pages
        self._background, self._show = background, show
        self._till: Till | None = None
        self._after_unlock = "sell"

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._pages.current_name == "lock"

    @property
    def dialog(self) -> Dialog | None:
        """What is open over the window; whoever leaves the page has to mind it."""
        from pos_app.ui.widgets.dialog import open_dialog

        return open_dialog(self._window)

    @property
    def may_lock_unasked(self) -> bool:
        """Whether the till may be locked because nobody touches it."""
        dialog = self.dialog
        is_sending = not self._background.is_idle or (dialog is not None and dialog.is_busy)
        return not (self.is_locked or self._pages.current.holds_frame or is_sending)

    def connect_till(self, till: Till) -> None:
        """Keep the services."""
        self._till = till

    @Slot(object)
    def sign_in(self, person: Person) -> None:
        """Go where the till was locked, for a person whose PIN was right."""
        self.person = person
        self._frame.bars.top.show_cashier(person.name)
        self._pages.tell_person(person)
        self._show(self._after_unlock)
        if self._till is not None:
            self._background.run(
                self._till.shifts.current, self._frame.show_shift, owner=self._frame
            )
        self.signed_in.emit()

    def lock(self) -> None:
        """Lock, unless a payment page holds the frame; the cart and the place are kept."""
        dialog = self.dialog
        if self.is_locked or (dialog is not None and dialog.is_busy):
            return
        if self._pages.current.holds_frame:
            self.toast_wanted.emit(self._frame.payment_reason)
            return
        if dialog is not None:
            dialog.dismiss()
        name = self._pages.current_name
        self._after_unlock = "sell" if name in _NOT_AFTER_UNLOCK else name
        self.person = None
        self.locking.emit()
        self._frame.bars.top.show_cashier("")
        self._show("lock")
