"""What every page of the window is (the contract between the window and its pages)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A line of the list of shortcuts (F12).

    Attributes:
        keys: as the key caps say it: "Enter", "F5", "Ctrl+B".
        does: what it does, translated.
    """

    keys: str
    does: str


class Page(QWidget):
    """A page of the window.

    `__init__` builds the widgets and nothing else. The window calls `connect_till` once the
    services are there, `shown` each time the page comes up, `hidden` when another one takes its
    place, and offers keys to `handle_key` before the focus widget gets them. While a text field
    has the focus only F keys, Ctrl and Alt combinations that do not edit, Enter and Esc come.
    Enter presses a button that was walked to by Tab or arrows and does not come then. Each page
    sets its own margins (16 px).

    Signals:
        payment_requested(int): show the payment page for this charge.
        sell_requested(): show the Sell page.
        answers_requested(): show the list of payments that need an answer.
        lock_requested(): lock the till.
        toast_requested(str): say something that needs no answer, at the window's foot.
        action_toast_requested(str, str, object): the same with one action: text, the button's
            words, and a callable without arguments, called on the GUI thread.
        sound_requested(str): play "paid", "attention", "no", "limit" or "tap".
        title_changed(): `title` has changed while the page is shown.
        frame_changed(): `holds_frame` or `keeps_awake` has changed.
    """

    payment_requested = Signal(int)
    sell_requested = Signal()
    answers_requested = Signal()
    lock_requested = Signal()
    toast_requested = Signal(str)
    action_toast_requested = Signal(str, str, object)
    sound_requested = Signal(str)
    title_changed = Signal()
    frame_changed = Signal()

    @property
    def title(self) -> str:
        """What the top bar says, translated."""
        return ""

    @property
    def holds_frame(self) -> bool:
        """Whether the rail is off and locking waits: a payment is open on this page."""
        return False

    @property
    def keeps_awake(self) -> bool:
        """Whether the PC must not go to sleep: somebody is waiting for a payment."""
        return False

    @property
    def is_framed(self) -> bool:
        """Whether rail and top bar are around the page (all but Lock)."""
        return True

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services; called once, on the GUI thread. Nothing slow may happen here."""

    def make_next(self) -> bool:
        """Make one more part that the page's first look does not need; False when all are there.

        Called in quiet moments after the start. A part that is needed before is made then.
        """
        return False

    def set_person(self, person: Person) -> None:
        """Know who is signed in; called before `shown` whenever somebody signs in."""

    def shown(self) -> None:
        """Take up what has changed: the page has just come up."""

    def hidden(self) -> None:
        """Stop timers: another page has taken this one's place."""

    def may_leave(self, leave: Callable[[], None]) -> bool:
        """Tell whether another page may take this one's place now; what is open may need saving.

        Args:
            leave: called later, if somebody who was asked wants to leave all the same.
        """
        del leave
        return True

    def focus_first(self) -> None:
        """Put the focus where ux.md says this page starts."""

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240 (ux.md, section 4), or for a regular one."""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return this page's own shortcuts, for F12."""
        return ()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use a key press wherever the focus is; return whether it was used.

        Not called while a dialog is open, nor for Enter while a `LateKeyGuard` of the page holds
        or the key repeats itself.
        """
        del event
        return False
