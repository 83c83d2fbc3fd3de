"""`MainWindow`: painted first, completed behind, closed with a warning."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.ui.background import Background, EventBridge
from pos_app.ui.window.closing import Closing
from pos_app.ui.window.fitting import Fitting
from pos_app.ui.window.frame import Frame
from pos_app.ui.window.navigator import Navigator
from pos_app.ui.window.pages import make_page

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.services.till import Till
    from pos_app.ui.pages.page import Page
    from pos_app.ui.window.parts import Parts

_MINUTE_MS = 60_000
_BREATH_MS = 5
"""Between two pages in the making; a timer of 0 ms would let no key or paint in between."""

_SETTLED_MS = 500
"""After another page or state has come up; by then it is painted, and nobody pays that fast."""


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
        completed(): all pages are made; from now on there is nothing left to build.
        closed(): the window is closing for good.
        report_wanted(): Save report was pressed after an unforeseen failure.
    """

    painted = Signal()
    completed = Signal()
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
        self._is_painted = False
        self._made_parts: Parts | None = None
        self._frame = Frame(self, is_training=is_training)
        self.setCentralWidget(self._frame)
        self._navigator = Navigator(self, self._frame, self.background, make)
        self._closing = Closing(self)
        self._closing.confirmed.connect(self.close)
        self._fitting = Fitting(self)
        self._fitting.narrow_changed.connect(self._navigator.set_narrow)
        self._navigator.page_changed.connect(self._on_page_changed)
        self._navigator.toast_wanted.connect(self.show_toast)
        self._navigator.sound_wanted.connect(self._play)
        self.painted.connect(self._complete, Qt.ConnectionType.QueuedConnection)
        self._navigator.show("lock")

    @property
    def page(self) -> Page:
        """The page on the screen."""
        return self._navigator.page

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._navigator.is_locked

    # What comes after the first paint

    @property
    def _parts(self) -> Parts:
        if self._made_parts is None:
            from pos_app.ui.window.parts import Parts

            self._made_parts = Parts(self, lambda: self.is_locked, self._on_page_key)
            self._connect(self._made_parts)
        return self._made_parts

    @Slot()
    def _complete(self) -> None:
        """Import what the first paint did not need, and make it a moment later.

        All of it before the services are loaded: PySide must not make classes on two threads at
        the same time, which now and then ends in a crash.
        """
        for part in ("parts", "bars"):
            import_module(f"pos_app.ui.window.{part}")
        QTimer.singleShot(_BREATH_MS, self._make_parts)

    @Slot()
    def _make_parts(self) -> None:
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._parts.input)
        self._frame.tick()

    def _connect(self, parts: Parts) -> None:
        bars = self._frame.bars
        bars.rail.wanted.connect(self._navigator.on_wanted)
        bars.rail.refused.connect(self.show_toast)
        bars.attention.view_wanted.connect(self._navigator.show_payment)
        bars.attention.transaction_wanted.connect(self._navigator.show_transaction)
        parts.attention.noted.connect(bars.attention.add_note)
        parts.attention.answered.connect(bars.attention.forget_question)
        parts.attention.badge_changed.connect(self._navigator.show_badge)
        parts.keys.full_screen_keyed.connect(self._on_full_screen)
        parts.keys.shortcuts_keyed.connect(self.show_shortcuts)
        parts.keys.page_keyed.connect(bars.rail.press)
        self._navigator.locking.connect(parts.toasts.clear)
        parts.input.idle.connect(self._on_idle)
        parts.input.manager_idle.connect(self._navigator.leave_settings)
        self._navigator.door.visit_changed.connect(parts.input.watch_manager)
        parts.input.keyboard_unused.connect(self._fitting.on_keyboard_unused)
        self.events.charge_changed.connect(parts.attention.on_charge_changed)
        self.events.refund_changed.connect(parts.attention.on_refund_changed)
        self.events.changed_elsewhere.connect(parts.attention.on_changed_elsewhere)
        self.events.connection_changed.connect(self._frame.on_connection_changed)
        self.events.settings_changed.connect(self._frame.name_services)
        self.background.unforeseen.connect(self.show_failure)

    def connect_till(self, till: Till) -> None:
        """Take the services into use. GUI thread, once, after the window has been painted."""
        self._till = till
        self.events.listen(till.events.subscribe)
        self._frame.show_till(till)
        self._parts.attention.connect_till(till, self.background)
        self._navigator.connect_till(till, self.events)
        self._parts.input.watch_idleness(till.settings.lock.idle_minutes * _MINUTE_MS)
        self.background.run(till.answers.to_resume, self._on_to_resume, owner=self)
        self._fitting.set_manual_percent(till.settings.look.scale)
        QTimer.singleShot(_BREATH_MS, self._prepare_next)

    @Slot()
    def _prepare_next(self) -> None:
        """Make one more page, so that each is there when it is wanted, and no step is long."""
        if self._navigator.prepare_next():
            QTimer.singleShot(_BREATH_MS, self._prepare_next)
        elif self._till is not None:
            sounds = self._till.settings.sounds
            self._parts.sounds.prepare(sounds.volume, has_tap=sounds.tap)
            self.completed.emit()

    def _on_to_resume(self, charges: tuple[Charge, ...]) -> None:
        self._parts.attention.take_up(charges)
        self._navigator.resuming.take_up(charges)

    @Slot()
    def _on_page_changed(self) -> None:
        if self._made_parts is not None:
            self._made_parts.attention.on_screen = self._navigator.charge_id
            QTimer.singleShot(_SETTLED_MS, self._on_page_settled)

    @Slot()
    def _on_page_settled(self) -> None:
        """Do what the page's first picture does not need and what may load or start something."""
        if not self.isVisible():
            return
        self._parts.awake.set_on(self.page.keeps_awake)
        if self._navigator.charge_id is not None:
            self._parts.sounds.warm_up()

    @Slot()
    def _on_idle(self) -> None:
        if not self._navigator.lock_when_idle():
            self._parts.input.wait_again()

    # What others may ask of the window

    def show_payment(self, charge_id: int) -> None:
        """Show the payment page for a charge."""
        self._navigator.show_payment(charge_id)

    def show_sell(self) -> None:
        """Show the Sell page."""
        self._navigator.show_sell()

    def show_answers(self) -> None:
        """Show the payments that need an answer."""
        self._navigator.show_answers()

    def lock(self) -> None:
        """Lock, unless a payment page holds the frame."""
        self._navigator.lock()

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
        from pos_app.ui.dialogs.failure_dialog import tell_failure

        tell_failure(self, self.report_wanted.emit)

    @Slot()
    def show_shortcuts(self) -> None:
        """List the shortcuts of the page."""
        from pos_app.ui.dialogs.shortcuts_dialog import shortcuts_dialog

        lines = [(line.keys, line.does) for line in self.page.shortcuts()]
        shortcuts_dialog(self, lines, is_locked=self.is_locked).open()

    @Slot()
    def come_forward(self) -> None:
        """Stand before all other windows, or ask for attention where that is not allowed."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    # Keys

    @Slot()
    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_page_key(self, event: QKeyEvent) -> bool:
        return self.page.handle_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Route keys that reached the window without passing its native window."""
        if self._made_parts is None or not self._made_parts.input.offer_unused(event):
            super().keyPressEvent(event)

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
        if not self._closing.may_close(open_count):
            event.ignore()
            return
        if self._made_parts is not None:
            self._made_parts.awake.set_on(False)
        event.accept()
        self.closed.emit()
