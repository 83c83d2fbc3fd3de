"""Lock and sign-in: who is selling, and their PIN (ux.md 6.1)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from pos_app.domain.errors import LockedOutError, PosAppError, WrongPinError
from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.pin_typing import PinTyping
from pos_app.ui.widgets.lock_panel import LockPanel
from pos_app.ui.widgets.sign_in_panel import SignInPanel

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge
    from pos_app.ui.dialogs.first_manager import FirstManagerDialog

_CLOCK_MS = 1_000
_PANEL, _WIDE_PANEL, _LEAST_PANEL = 520, 560, 340
"""Widths at scale 1.0: as drawn, from the effective width `_WIDE` on, and room for the clock."""
_WIDE = 1500
_SIGN_IN = 740
"""What the list of people and the PIN pad need beside the panel."""


def _now() -> datetime:
    return datetime.now(UTC)


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class LockPage(Page):
    """The first page: painted before the services are there, with the list empty.

    Nothing of a PIN is kept, logged, shown or said; it goes straight into the one call that
    checks it.

    Args:
        now: gives the time of day to show, aware; the services' clock is not there yet.
        now_ms: monotonic milliseconds, to tell a scanner from a person.

    Signals:
        signed_in(Person): the PIN was right, or the first manager has been added.
    """

    signed_in = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = _now,
        now_ms: Callable[[], int] = _now_ms,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lockPage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._now, self._now_ms = now, now_ms
        self._till: Till | None = None
        self._background: Background | None = None
        self._person: Person | None = None
        self._is_checking = False
        self._typing = PinTyping(self._may_type, self)
        self._dialog: FirstManagerDialog | None = None
        self._panel = LockPanel(self)
        self._sign_in = SignInPanel(self)
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=0)
        row.addWidget(self._panel)
        row.addWidget(self._sign_in, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._show_time)
        self._typing.digit_taken.connect(self._on_digit_taken)
        self._typing.changed.connect(self._show_dots)
        self._typing.completed.connect(self._check_pin)
        self._sign_in.person_chosen.connect(self._choose)
        self._sign_in.digit_pressed.connect(self._typing.press_digit)
        self._sign_in.clear_pressed.connect(self._clear)
        self._sign_in.backspace_pressed.connect(self._typing.take_back)
        theme.watch(self._fit)
        self._show_time()

    @property
    def title(self) -> str:
        """Nothing: the page has no top bar."""
        return ""

    @property
    def is_framed(self) -> bool:
        """Lock fills the window."""
        return False

    def show_store(self, name: str, register: str) -> None:
        """Show the store and the register, before the services are there if they are known."""
        self._panel.show_store(name, register)
        self._show_time()

    def show_needs_answer(self, count: int) -> None:
        """Show how many payments need an answer; 0 hides the note."""
        self._panel.show_needs_answer(count)

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services and ask them for the people."""
        del events
        self._till, self._background = till, background
        self.show_store(till.settings.store.name, till.settings.store.register)
        self._load()

    def shown(self) -> None:
        """Come up: forget what was keyed, start the clock, look who there is."""
        self._clear()
        self._sign_in.show_message("")
        self._show_time()
        self._clock.start()
        self._load()

    def hidden(self) -> None:
        """Stop the clock and forget what was keyed."""
        self._clock.stop()
        self._clear()

    def focus_first(self) -> None:
        """Take the focus on the page itself: digits and arrows work at once."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys of this page."""
        return (
            Shortcut("↑ ↓", self.tr("Choose who is selling")),
            Shortcut("0–9", self.tr("Type the PIN")),
            Shortcut("Esc", self.tr("Clear the PIN")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits type the PIN, arrows choose the person, Esc clears."""
        key, text = event.key(), event.text()
        at_ms = event.timestamp() or self._now_ms()
        if text.isascii() and text.isdigit():
            self._typing.type_digit(text, at_ms)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._typing.enter(at_ms) or isinstance(QApplication.focusWidget(), LockPage)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Delete):
            self._clear()
        elif key == Qt.Key.Key_Backspace:
            self._typing.take_back()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self._sign_in.has_pad_focus():
            self._sign_in.choose_next(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel what people and pad leave."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        wide = round(self.width() / theme.scale())
        self._panel.setVisible(wide >= _SIGN_IN + _LEAST_PANEL)
        self._panel.set_width(
            _WIDE_PANEL if wide >= _WIDE else max(_LEAST_PANEL, min(_PANEL, wide - _SIGN_IN))
        )

    @Slot()
    def _show_time(self) -> None:
        self._panel.show_time(self._now())

    def _load(self) -> None:
        if self._till is None or self._background is None:
            return
        run = self._background.run
        run(self._till.people.everyone, self._show_people, self._say, owner=self)
        run(self._till.answers.count, self.show_needs_answer, owner=self)
        if self._till.training is not None:
            run(self._till.training.pins, self._show_pins, owner=self)

    def _show_people(self, people: tuple[Person, ...]) -> None:
        known = [one for one in people if self._person and one.id == self._person.id]
        self._person = next(iter(known or people), None)
        self._sign_in.show_people(people, self._person)
        if self._typing.keyed == 0:
            self._expect(self._person)
        if not people:
            self._ask_for_first_manager()

    def _show_pins(self, pins: tuple[tuple[str, str], ...]) -> None:
        """Say the PINs that training began with; nobody says one that a person has chosen."""
        told = " · ".join(f"{name}\N{NO-BREAK SPACE}{pin}" for name, pin in pins)
        self._sign_in.show_hint(self.tr("Training PINs: {pins}").format(pins=told) if told else "")

    @Slot(object)
    def _choose(self, person: Person) -> None:
        self._person = person
        self._sign_in.show_message("")
        self._expect(person)

    @Slot()
    def _clear(self) -> None:
        self._expect(self._person)

    def _expect(self, person: Person | None) -> None:
        self._typing.expect(person.pin_length if person else None)

    @Slot()
    def _show_dots(self) -> None:
        self._sign_in.show_dots(self._typing.keyed, self._typing.length)

    @Slot()
    def _on_digit_taken(self) -> None:
        self._sign_in.show_message("")
        self.sound_requested.emit("tap")

    @Slot()
    def _check_pin(self) -> None:
        if self._till is None or self._background is None or self._person is None:
            return
        self._is_checking = True
        check = partial(self._till.people.sign_in, self._person.id, self._typing.hand_over())
        self._background.run(check, self._let_in, self._turn_away, owner=self, lane="sign-in")

    def _may_type(self) -> bool:
        return self._person is not None and not self._is_checking

    def _let_in(self, person: Person) -> None:
        self._is_checking = False
        self._clear()
        self.signed_in.emit(person)

    def _turn_away(self, error: PosAppError) -> None:
        self._is_checking = False
        self._clear()
        self._say(error)
        if isinstance(error, WrongPinError | LockedOutError):
            self._sign_in.show_wrong()
            self.sound_requested.emit("limit")
        self._load()  # another PIN, or nobody's any more, since the page came up

    def _say(self, error: PosAppError) -> None:
        words = explain(error)
        self._sign_in.show_message(f"{words.happened} {words.text}".strip())

    def _ask_for_first_manager(self) -> None:
        if self._dialog is not None or self._till is None or self._background is None:
            return
        from pos_app.ui.dialogs.first_manager import FirstManagerDialog

        dialog = FirstManagerDialog(self.window(), self._till.people, self._background)
        dialog.answered.connect(self._on_dialog_gone)
        dialog.saved.connect(self._on_manager_added)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _on_dialog_gone(self, answer: str) -> None:
        del answer
        self._dialog = None

    @Slot(object)
    def _on_manager_added(self, person: Person) -> None:
        self._person = person
        self._let_in(person)
