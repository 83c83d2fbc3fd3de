"""Settings: the list of sections at the left, the chosen one at the right (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.dialogs.unsaved_changes import DISCARD, SAVE, UnsavedChangesDialog
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.settings.connections import ConnectionsSection
from pos_app.ui.pages.settings.methods import MethodsSection
from pos_app.ui.pages.settings.people import PeopleSection
from pos_app.ui.pages.settings.section import DraftSection, SettingsSection, Visit
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.popup import open_popup
from pos_app.ui.widgets.save_foot import SaveFoot
from pos_app.ui.widgets.settings_list import SettingsList
from pos_app.ui.widgets.tab_order import put_in_order

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge

_LIST, _WIDE_LIST, _NARROW_LIST = 272, 300, 232
_WIDE = 1404
"""Width of the page from which on the list is wider: the window's 1500 less the rail's 96."""
_FORM_MOST = 1080


def make_sections() -> tuple[SettingsSection, ...]:
    """Make all sections, in the order of the list."""
    return (MethodsSection(), ConnectionsSection(), PeopleSection())


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
        self._after_save: Callable[[], None] | None = None
        self._stops: list[QWidget] = []
        self._foot = SaveFoot(self)
        self._foot.discard_pressed.connect(self._ask_to_discard)
        self._foot.save_pressed.connect(self._save)
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
            if isinstance(section, DraftSection):
                section.draft_changed.connect(self._show_foot)
                section.saved.connect(self._on_saved)
                section.not_saved.connect(self._stay)
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

    @property
    def _draft(self) -> DraftSection | None:
        """The section on the screen, if it has something to save."""
        section = self.section
        is_unsaved = isinstance(section, DraftSection) and section.unsaved
        return section if isinstance(section, DraftSection) and is_unsaved else None

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
        """End the manager's visit; what is not saved is given up."""
        self._visit = None
        self._after_save = None
        draft = self._draft
        if draft is not None and not draft.is_saving:
            draft.discard()

    def may_leave(self, leave: Callable[[], None]) -> bool:
        """Ask first while there are changes that are not saved."""
        draft = self._draft
        if draft is None:
            return True
        self._ask_to_leave(leave)
        return False

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
        """Return the keys of the section on the screen, and of the foot."""
        if not isinstance(self.section, DraftSection):
            return self.section.shortcuts()
        return (
            *self.section.shortcuts(),
            Shortcut("Ctrl+S", self.tr("Save changes")),
            Shortcut("Esc", self.tr("Discard")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Leave the keys to the section, unless the list has the focus and uses them."""
        popup = open_popup(self.window())
        if popup is not None:
            if event.key() == Qt.Key.Key_Escape:
                popup.close_popup()
            return event.key() == Qt.Key.Key_Escape
        return self._uses(event) or (not self._list.uses(event) and self.section.handle_key(event))

    def _uses(self, event: QKeyEvent) -> bool:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_S and is_control:
            self._save()
        elif event.key() == Qt.Key.Key_Escape and self._draft is not None:
            self._ask_to_discard()
        else:
            return False
        return True

    # What is not saved

    @Slot()
    def _show_foot(self) -> None:
        section = self.section
        self._foot.setVisible(isinstance(section, DraftSection))
        if not isinstance(section, DraftSection):
            return
        self._foot.show_count(section.unsaved, is_saving=section.is_saving)
        stops = [*self._list.items, *section.stops, self._foot.discard, self._foot.save]
        if stops != self._stops:
            self._stops = stops
            put_in_order(stops)

    @Slot()
    def _save(self) -> None:
        draft = self._draft
        if draft is not None and not draft.is_saving:
            draft.save()

    @Slot()
    def _on_saved(self) -> None:
        self.toast_requested.emit(self.tr("Saved"))
        leave, self._after_save = self._after_save, None
        if leave is not None:
            leave()

    @Slot()
    def _stay(self) -> None:
        """Mark the section that is on the screen in the list again."""
        self._after_save = None
        if self._list.chosen_name != self.section.name:
            self._list.choose(self.section.name)

    @Slot()
    def _ask_to_discard(self) -> None:
        draft = self._draft
        if draft is None or draft.is_saving:
            return
        dialog = UnsavedChangesDialog(self, draft.unsaved, is_leaving=False)
        dialog.answered.connect(self._on_discard_answered)
        dialog.open()

    @Slot(str)
    def _on_discard_answered(self, answer: str) -> None:
        if answer == DISCARD and self._draft is not None:
            self._draft.discard()

    def _ask_to_leave(self, leave: Callable[[], None]) -> None:
        assert self._draft is not None
        dialog = UnsavedChangesDialog(self, self._draft.unsaved, is_leaving=True)
        dialog.answered.connect(partial(self._on_leave_answered, leave))
        dialog.open()

    def _on_leave_answered(self, leave: Callable[[], None], answer: str) -> None:
        if answer == DISCARD and self._draft is not None:
            self._draft.discard()
            leave()
        elif answer == SAVE:
            self._after_save = leave
            self._save()
        else:
            self._stay()

    # Going from section to section

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        if self._visit is None or (self._draft is not None and name == self.section.name):
            return
        if self._draft is None:
            self._open(name)
        else:
            self._ask_to_leave(partial(self._open, name))

    def _open(self, name: str) -> None:
        assert self._visit is not None
        places = [place for place, one in enumerate(self._sections) if one.name == name]
        self._stack.setCurrentIndex(places[0])
        self._title.setText(self.section.title)
        self._purpose.setText(self.section.purpose)
        self.section.load(self._visit)
        self._show_foot()

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
        column.addWidget(self._foot)
        row = QHBoxLayout(self)
        theme.size(row, margins=(16, 16, 16, 16), spacing=16)
        row.addWidget(self._list)
        row.addWidget(form, 1)
        row.addStretch(0)
