"""What every section of the Settings page is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.domain.people import Approval, Person
from pos_app.ui.pages.page import Shortcut

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is at the Settings page.

    Attributes:
        person: who is signed in.
        manager: whose PIN opened the page; the same one when a manager is signed in.
    """

    person: Person
    manager: Person

    @property
    def approval(self) -> Approval:
        """Who asks for what is changed now, and who approves it."""
        return Approval(self.person.id, self.manager.id)


class SettingsSection(QWidget):
    """A section of the Settings page: one file, one subclass, made in `page.make_sections`.

    `__init__` builds the widgets and nothing else. `load` is called each time the section comes
    up, after `connect_till`.

    Attributes:
        name: in the register: the widget is `settingsPage_{name}`.
        icon: beside the title in the list.

    Signals:
        lock_requested(): who is signed in must not go on like this.
        leave_requested(): the manager who opened the page is none any more.
        toast_requested(str): say something that needs no answer.
    """

    name: ClassVar[str]
    icon: ClassVar[str]
    lock_requested = Signal()
    leave_requested = Signal()
    toast_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"settingsPage_{self.name}")

    @property
    def title(self) -> str:
        """What the list and the form's head say, translated."""
        raise NotImplementedError

    @property
    def purpose(self) -> str:
        """One line of what it is for, translated."""
        raise NotImplementedError

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services; nothing slow may happen here."""
        raise NotImplementedError

    def load(self, visit: Visit) -> None:
        """Show what is stored; what is changed from now on is asked and approved by `visit`."""
        raise NotImplementedError

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for an effective width under 1240, or for a regular one."""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the section's own keys, for F12."""
        return ()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use a key press wherever the focus is; return whether it was used."""
        del event
        return False


class DraftSection(SettingsSection):
    """A section whose changes are in force only once they are saved; the page has the foot.

    Attributes:
        is_saving: the changes are on their way.

    Signals:
        draft_changed(): `unsaved` or `is_saving` may have changed.
        saved(): what was changed is in force.
        not_saved(): it is not, and the section says why.
    """

    draft_changed = Signal()
    saved = Signal()
    not_saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_saving = False

    @property
    def unsaved(self) -> int:
        """How many changes there are that are not saved."""
        raise NotImplementedError

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        raise NotImplementedError

    def save(self) -> None:
        """Put the changes in force, or keep them and show why not; says which it was."""
        raise NotImplementedError

    def discard(self) -> None:
        """Show what is in force again."""
        raise NotImplementedError

    def set_saving(self, is_saving: bool) -> None:
        """Know whether the changes are on their way."""
        self.is_saving = is_saving
        self.draft_changed.emit()
