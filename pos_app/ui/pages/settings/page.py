"""Settings: the list of sections at the left, the chosen one at the right (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.settings.people import PeopleSection
from pos_app.ui.pages.settings.section import SettingsSection, Visit
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.settings_list import SettingsList

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge

_LIST, _WIDE_LIST, _NARROW_LIST = 272, 300, 232
_WIDE = 1404
"""Width of the page from which on the list is wider: the window's 1500 less the rail's 96."""
_FORM_MOST = 1080


def make_sections() -> tuple[SettingsSection, ...]:
    """Make all sections, in the order of the list."""
    return (PeopleSection(),)


class SettingsPage(Page):
    """What managers set. Nobody comes here without `admit`.

    Args:
        sections: shown instead of the real ones.
    """

    def __init__(
        self, parent: QWidget | None = None, sections: Sequence[SettingsSection] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsPage")
        self._sections = tuple(sections or make_sections())
        self._person: Person | None = None
        self._visit: Visit | None = None
        self._is_narrow = False
        self._title = Label(role="h1", parent=self)
        self._purpose = Label(role="bar", shade="muted", parent=self)
        self._stack = QStackedWidget(self)
        self._list = SettingsList(
            [(one.name, one.icon, one.title) for one in self._sections], self
        )
        for section in self._sections:
            self._stack.addWidget(section)
            section.lock_requested.connect(self.lock_requested)
            section.leave_requested.connect(self.sell_requested)
            section.toast_requested.connect(self.toast_requested)
        self._list.chosen.connect(self._on_chosen)
        self._lay_out()

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Settings")

    @property
    def section(self) -> SettingsSection:
        """The section on the screen."""
        return self._sections[self._stack.currentIndex()]

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Give the services to the sections."""
        del events
        for section in self._sections:
            section.connect_till(till, background)

    def set_person(self, person: Person) -> None:
        """Know who is signed in."""
        self._person = person

    def admit(self, manager: Person) -> None:
        """Let `manager`, whose PIN was right, and who is signed in change things from now on."""
        self._visit = Visit(self._person or manager, manager)

    def shown(self) -> None:
        """Come up with the first section."""
        self._list.choose(self._sections[0].name)

    def hidden(self) -> None:
        """End the manager's visit."""
        self._visit = None

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self._list.focus_chosen()

    def set_narrow(self, is_narrow: bool) -> None:
        """Give the form what the list can spare."""
        self._is_narrow = is_narrow
        self._fit()
        for section in self._sections:
            section.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys of the section on the screen."""
        return self.section.shortcuts()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Leave the keys to the section, unless the list has the focus and uses them."""
        return not self._list.uses(event) and self.section.handle_key(event)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if self._visit is None:
            return
        places = [place for place, one in enumerate(self._sections) if one.name == name]
        self._stack.setCurrentIndex(places[0])
        self._title.setText(self.section.title)
        self._purpose.setText(self.section.purpose)
        self.section.load(self._visit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list more where there is plenty."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme.px(_WIDE)
        width = _NARROW_LIST if self._is_narrow else _WIDE_LIST if wide else _LIST
        theme.size(self._list, width=width)

    def _lay_out(self) -> None:
        form = QFrame(self)
        form.setProperty("card", "true")
        theme.size(form, max_width=_FORM_MOST)
        head = QVBoxLayout()
        theme.size(head, margins=(20, 16, 20, 14), spacing=4)
        head.addWidget(self._title)
        head.addWidget(self._purpose)
        column = QVBoxLayout(form)
        theme.size(column, margins=(1, 0, 1, 1), spacing=0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 16, 16, 16), spacing=16)
        row.addWidget(self._list)
        row.addWidget(form, 1)
        row.addStretch(0)
