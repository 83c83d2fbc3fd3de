"""`MainWindow`: going from page to page, signing in, locking and closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from pos_app.ui.background import Background, EventBridge
from pos_app.ui.window.fitting import Fitting
from pos_app.ui.window.frame import Frame
from pos_app.ui.window.pages import Pages, make_page

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.people import Person
    from pos_app.domain.sales import Sale
    from pos_app.services.till import Till
    from pos_app.ui.pages.page import Page
    from pos_app.ui.widgets.dialog import Dialog
    from pos_app.ui.window.parts import Parts

RESUME_WITHIN = timedelta(minutes=10)
_MINUTE_MS = 60_000
_GOES_TO = {
    Qt.Key.Key_1: "sell",
    Qt.Key.Key_2: "transactions",
    Qt.Key.Key_3: "shift",
    Qt.Key.Key_Comma: "settings",
    Qt.Key.Key_L: "lock",
}


class MainWindow(QMainWindow):
    """The one window of the till. It shows Lock at once and works once `connect_till` was called.

    Args:
        is_training: shows the training band from the first paint on.
        make: makes the page of a name, instead of the real ones.

    Attributes:
        background: runs the service calls of all pages.
        events: what the services tell, as signals.

    Signals:
        painted(): the window has been painted for the first time.
        closed(): the window is closing for good.
        report_wanted(): Save report was pressed after an unforeseen failure.
    """

    painted = Signal()
    closed = Signal()
    report_wanted = Signal()

    def __init__(
        self, *, is_training: bool = False, make: Callable[[str], Page] = make_page
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("QR Till")
        self.setMinimumSize(800, 560)
        self.background = Background(self)
        self.events = EventBridge(self)
        self._till: Till | None = None
        self._person: Person | None = None
        self._after_unlock = "sell"
        self._to_resume: tuple[Charge, ...] = ()
        self._is_painted = self._may_close = False
        self._made_parts: Parts | None = None
        self._frame = Frame(self, is_training=is_training)
        self.setCentralWidget(self._frame)
        self._fitting = Fitting(self)
        self._fitting.narrow_changed.connect(self._on_narrow_changed)
        self._pages = Pages(self._frame.stack, self._wire, make)
        self.painted.connect(self._complete, Qt.ConnectionType.QueuedConnection)
        self._show("lock")

    @property
    def _parts(self) -> Parts:
        if self._made_parts is None:
            from pos_app.ui.window.parts import Parts

            self._made_parts = Parts(self, self._on_window_key, self._on_page_key)
            self._connect(self._made_parts)
        return self._made_parts

    @Slot()
    def _complete(self) -> None:
        """Make what the first paint did not need."""
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._parts.input)
        self._frame.tick()

    def _connect(self, parts: Parts) -> None:
        bars = self._frame.bars
        bars.rail.wanted.connect(self._on_wanted)
        bars.rail.refused.connect(self.show_toast)
        bars.attention.view_wanted.connect(self.show_payment)
        parts.attention.noted.connect(bars.attention.add_note)
        parts.attention.badge_changed.connect(self._on_badge_changed)
        parts.input.idle.connect(self._on_idle)
        parts.input.keyboard_unused.connect(self._fitting.on_keyboard_unused)
        self.events.charge_changed.connect(parts.attention.on_charge_changed)
        self.events.connection_changed.connect(self._frame.on_connection_changed)
        self.background.unforeseen.connect(self.show_failure)

    def _wire(self, name: str, page: Page) -> None:
        page.payment_requested.connect(self.show_payment)
        page.sell_requested.connect(self.show_sell)
        page.answers_requested.connect(self.show_answers)
        page.lock_requested.connect(self.lock)
        page.toast_requested.connect(self.show_toast)
        page.action_toast_requested.connect(self.show_toast)
        page.sound_requested.connect(self._play)
        page.title_changed.connect(self._show_frame)
        page.frame_changed.connect(self._show_frame)
        page.set_narrow(self._fitting.is_narrow)
        for signal, slot in self._own_slots(name).items():
            getattr(page, signal).connect(slot)

    def _own_slots(self, page_name: str) -> dict[str, Any]:
        """Return what the window does about the signals that only this page has."""
        slots: dict[str, dict[str, Any]] = {
            "lock": {"signed_in": self._on_signed_in},
            "sell": {
                "charge_started": self._on_charge_started,
                "shift_opened": self._frame.show_shift,
            },
            "payment": {
                "sale_returned": self._on_sale_returned,
                "new_sale_requested": self._on_new_sale_requested,
            },
        }
        return slots.get(page_name, {})

    # The till's services, once they are there

    def connect_till(self, till: Till) -> None:
        """Take the services into use. GUI thread, once, after the window has been painted."""
        self._till = till
        self.events.listen(till.events.subscribe)
        self._frame.show_till(till)
        self._parts.attention.connect_till(till, self.background)
        self._pages.connect_till(till, self.background, self.events)
        self._parts.input.watch_idleness(till.settings.lock.idle_minutes * _MINUTE_MS)
        self.background.run(till.answers.to_resume, self._on_to_resume, owner=self)
        self._fitting.set_manual_percent(till.settings.look.scale)
        QTimer.singleShot(0, self._prepare_next)

    @Slot()
    def _prepare_next(self) -> None:
        """Make one more page, so that each is there when it is wanted, and no step is long."""
        name = self._pages.next_missing()
        if name is not None:
            self._pages.get(name)
            QTimer.singleShot(0, self._prepare_next)
        elif self._till is not None:
            sounds = self._till.settings.sounds
            self._parts.sounds.prepare(sounds.volume, has_tap=sounds.tap)

    def _on_to_resume(self, charges: tuple[Charge, ...]) -> None:
        self._to_resume = charges
        self._parts.attention.take_up(charges)
        if self._person is not None:
            self._resume()

    def _resume(self) -> None:
        """Pick up where the program ended: a fresh payment's page, else a word about it."""
        charges, self._to_resume = self._to_resume, ()
        if not charges:
            return
        if datetime.now(UTC) - charges[0].created_at < RESUME_WITHIN:
            self.show_payment(charges[0].id)
            return
        one = self.tr("1 payment was open when the app closed. Checking it now.")
        many = self.tr("{count} payments were open when the app closed. Checking them now.")
        text = one if len(charges) == 1 else many.replace("{count}", str(len(charges)))
        self.show_toast(text)

    # Going from page to page

    @property
    def page(self) -> Page:
        """The page on the screen."""
        return self._pages.current

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._pages.current_name == "lock"

    @property
    def _dialog(self) -> Dialog | None:
        from pos_app.ui.widgets.dialog import open_dialog

        return open_dialog(self)

    def _show(self, name: str) -> None:
        if name != "payment" and self._made_parts is not None:
            self._parts.attention.on_screen = None
        self._pages.show(name)
        self._show_frame()

    @Slot(int)
    def show_payment(self, charge_id: int) -> None:
        """Show the payment page for a charge; an open dialog gives its safe answer first."""
        dialog = self._dialog
        if dialog is not None:
            dialog.force_dismiss()
        self._parts.attention.on_screen = charge_id
        self._frame.bars.attention.forget(charge_id)
        self._pages.payment().show_charge(charge_id)
        self._show("payment")

    @Slot(object)
    def _on_charge_started(self, charge: Charge) -> None:
        self.show_payment(charge.id)

    @Slot(object)
    def _on_sale_returned(self, sale: Sale) -> None:
        charge_id = self._parts.attention.on_screen
        if self._till is not None and charge_id is not None:
            method = self._till.payments.view(charge_id).charge.method
            self._pages.sell().reopen_sale(sale, method)
        self._show("sell")

    @Slot()
    def _on_new_sale_requested(self) -> None:
        self._pages.sell().start_new_sale()
        self._show("sell")

    @Slot()
    def show_sell(self) -> None:
        """Show the Sell page."""
        self._show("sell")

    @Slot()
    def show_answers(self) -> None:
        """Show the payments that need an answer."""
        self._show("transactions")

    @Slot(str)
    def _on_wanted(self, name: str) -> None:
        if name == "lock":
            self.lock()
        elif not self.page.holds_frame and name != self._pages.current_name:
            self._show(name)

    @Slot()
    def _show_frame(self) -> None:
        self._frame.show_page(self._pages.current_name, self.page)
        if self._made_parts is not None:
            self._parts.awake.set_on(self.page.keeps_awake)

    @Slot(bool)
    def _on_narrow_changed(self, is_narrow: bool) -> None:
        self._frame.set_narrow(is_narrow)
        self._pages.set_narrow(is_narrow)

    @Slot(int)
    def _on_badge_changed(self, count: int) -> None:
        self._frame.bars.rail.set_badge(count)
        self._pages.lock().show_needs_answer(count)

    # People and locking

    @Slot(object)
    def _on_signed_in(self, person: Person) -> None:
        self._person = person
        self._frame.bars.top.show_cashier(person.name)
        self._pages.tell_person(person)
        self._show(self._after_unlock)
        if self._till is not None:
            self.background.run(
                self._till.shifts.current, self._frame.show_shift, owner=self._frame
            )
        self._resume()

    @Slot()
    def lock(self) -> None:
        """Lock, unless a payment page holds the frame; the cart and the place are kept."""
        dialog = self._dialog
        if self.is_locked or (dialog is not None and dialog.is_busy):
            return
        if self.page.holds_frame:
            self.show_toast(self._frame.payment_reason)
            return
        if dialog is not None:
            dialog.dismiss()
        name = self._pages.current_name
        self._after_unlock = "sell" if name == "payment" else name
        self._person = None
        self._frame.bars.top.show_cashier("")
        self._show("lock")

    @Slot()
    def _on_idle(self) -> None:
        dialog = self._dialog
        is_sending = not self.background.is_idle or (dialog is not None and dialog.is_busy)
        if self.is_locked or self.page.holds_frame or is_sending:
            self._parts.input.wait_again()
        else:
            self.lock()

    @Slot(str)
    @Slot(str, str, object)
    def show_toast(
        self, text: str, action_text: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Say `text` at the foot of the window, with at most one action."""
        self._parts.toasts.show_toast(text, action_text, action)

    @Slot(str)
    def _play(self, sound: str) -> None:
        self._parts.sounds.play(sound)

    @Slot(str)
    def show_failure(self, kind: str = "") -> None:
        """Say that something nobody foresaw went wrong; `kind` is already in the log."""
        del kind
        from pos_app.ui.dialogs.failure_dialog import SAVE_REPORT, failure_dialog

        shown = self._dialog
        if shown is not None and shown.objectName() == "failureDialog":
            return
        dialog = failure_dialog(self)
        dialog.answered.connect(
            lambda answer: self.report_wanted.emit() if answer == SAVE_REPORT else None
        )
        dialog.open()

    # Keys

    def _on_window_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif key == Qt.Key.Key_F12 or (is_control and key == Qt.Key.Key_Slash):
            self.show_shortcuts()
        elif is_control and not self.is_locked and key in _GOES_TO:
            self._frame.bars.rail.press(_GOES_TO[key])
        else:
            return False
        return True

    def _on_page_key(self, event: QKeyEvent) -> bool:
        return self.page.handle_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Route keys that reached the window without passing its native window."""
        if self._made_parts is None or not self._parts.input.offer_unused(event):
            super().keyPressEvent(event)

    @Slot()
    def show_shortcuts(self) -> None:
        """List the shortcuts of the page."""
        from pos_app.ui.dialogs.shortcuts_dialog import shortcuts_dialog

        lines = [(line.keys, line.does) for line in self.page.shortcuts()]
        shortcuts_dialog(self, lines, is_locked=self.is_locked).open()

    # The window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose scale and layout for the new size."""
        super().resizeEvent(event)
        self._fitting.fit()

    def event(self, event: QEvent) -> bool:
        """Say when the first picture is on the screen."""
        result = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._is_painted:
            self._is_painted = True
            self.painted.emit()
        return result

    def closeEvent(self, event: QCloseEvent) -> None:
        """Warn while a payment is open; closing loses nothing."""
        open_count = self._made_parts.attention.open_count if self._made_parts else 0
        if self._may_close or open_count == 0:
            if self._made_parts is not None:
                self._parts.awake.set_on(False)
            event.accept()
            self.closed.emit()
            return
        from pos_app.ui.dialogs.close_dialog import CLOSE, close_dialog

        event.ignore()
        dialog = close_dialog(self, open_count)
        dialog.answered.connect(lambda answer: self._close_anyway() if answer == CLOSE else None)
        dialog.open()

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()
