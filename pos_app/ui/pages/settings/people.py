"""Settings: people and PINs (ux.md 6.7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.errors import PosAppError
from pos_app.domain.people import Approval, Person, Role
from pos_app.ui import theme
from pos_app.ui.dialogs.new_person import NewPersonDialog
from pos_app.ui.dialogs.new_pin import NewPinDialog, Save, change_role_dialog, reset_pin_dialog
from pos_app.ui.dialogs.retire_person import RETIRE, retire_person_dialog
from pos_app.ui.errors import explain
from pos_app.ui.format import clock_text
from pos_app.ui.pages.page import Shortcut
from pos_app.ui.pages.settings.section import SettingsSection, Visit
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.people_table import PeopleTable, PersonLine
from pos_app.ui.widgets.status_banner import StatusBanner
from pos_app.ui.widgets.tab_order import put_in_order

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background


class PeopleSection(SettingsSection):
    """Who may use the till: adding, retiring, roles and PINs. Each change is saved at once."""

    name = "people"
    icon = "key"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._till: Till | None = None
        self._background: Background | None = None
        self._visit: Visit | None = None
        self._people: tuple[Person, ...] = ()
        self._trouble = StatusBanner("peopleStatus", self)
        self._trouble.hide()
        self._table = PeopleTable(self)
        self._reset = self._button(self.tr("Reset PIN…"), "resetPinButton", self._reset_pin)
        self._role = self._button("", "changeRoleButton", self._change_role)
        self._retire = self._button(self.tr("Retire…"), "retirePersonButton", self._ask_to_retire)
        self._add = self._button(self.tr("Add person…"), "addPersonButton", self._add_person)
        self._add.set_kind("primary")
        self._add.set_hint("Enter")
        self._table.selected.connect(self._on_selected)
        self._lay_out()

    @property
    def title(self) -> str:
        """What the list and the form's head say."""
        return self.tr("People and PINs")

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self.tr("Who sells at this till, and who approves. PINs are never shown.")

    def connect_till(self, till: Till, background: Background) -> None:
        """Keep the services."""
        self._till, self._background = till, background

    def load(self, visit: Visit) -> None:
        """Ask who there is."""
        self._visit = visit
        self._read()

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out the lengths of the PINs where the window is narrow."""
        self._table.set_narrow(is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys of the table and of the first button."""
        return (
            Shortcut("↑ ↓", self.tr("Select a person")),
            Shortcut("Enter", self.tr("Add person")),
        )

    def handle_key(self, event: QKeyEvent) -> bool:
        """Up and Down select, Enter adds."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._table.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._add.click()
        else:
            return False
        return True

    def _button(self, words: str, name: str, pressed: Callable[[], None]) -> ActionButton:
        button = ActionButton(words, tall="56", object_name=name, parent=self)
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        foot = QFrame(self)
        foot.setProperty("card", "foot")
        row = QHBoxLayout(foot)
        theme.size(row, margins=(20, 14, 20, 14), spacing=12)
        for button in (self._reset, self._role, self._retire):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._add)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._trouble)
        column.addWidget(self._table, 1)
        column.addWidget(foot)

    # What there is

    def _read(self, selected_id: int | None = None) -> None:
        if self._till is not None and self._background is not None:
            show = partial(self._show, selected_id)
            self._background.run(self._till.people.everyone, show, self._on_failed, owner=self)

    def _show(self, selected_id: int | None, people: tuple[Person, ...]) -> None:
        self._trouble.hide()
        self._people = people
        self._table.show_lines([self._line(person) for person in people], selected_id)
        buttons = (self._reset, self._role, self._retire, self._add)
        put_in_order([*self._table.rows, *buttons])

    def _line(self, person: Person) -> PersonLine:
        assert self._till is not None
        if person.locked_until is not None and person.is_locked_at(self._till.clock.now()):
            words = self.tr("Locked until {time}").format(time=clock_text(person.locked_until))
            return PersonLine(person, "warn", "lock", words)
        if self._visit is not None and person.id == self._visit.person.id:
            return PersonLine(person, "info", "person", self.tr("Signed in"))
        return PersonLine(person)

    @Slot(object)
    def _on_selected(self, person: Person | None) -> None:
        is_manager = person is not None and person.is_manager
        is_last = is_manager and sum(one.is_manager for one in self._people) == 1
        reason = self.tr("Keep at least one manager.") if is_last else ""
        self._role.set_words(self.tr("Make cashier…") if is_manager else self.tr("Make manager…"))
        self._role.set_off(reason)
        self._retire.set_off(reason)

    def _on_failed(self, error: PosAppError) -> None:
        words = explain(error)
        self._trouble.show_status("bad", "warning", words.happened, words.text, is_urgent=True)
        self._trouble.show()

    # What is changed

    @Slot()
    def _add_person(self) -> None:
        if self._till is None or self._background is None or self._visit is None:
            return
        people, approval = self._till.people, self._visit.approval

        def add(name: str, pin: str, role: Role) -> Person:
            return people.add(name, pin, role, approval)

        taken = [one.name for one in self._people]
        self._open(NewPersonDialog(self, self._background, add, taken))

    @Slot()
    def _reset_pin(self) -> None:
        person = self._table.person
        if self._till is None or self._background is None or person is None:
            return
        reset, approval = self._till.people.reset_pin, self._approval()

        def saving(pin: str) -> Save:
            return partial(reset, person.id, pin, approval)

        self._open(reset_pin_dialog(self, person, self._background, saving))

    @Slot()
    def _change_role(self) -> None:
        person = self._table.person
        if self._till is None or self._background is None or person is None:
            return
        role = Role.CASHIER if person.is_manager else Role.MANAGER
        change, approval = self._till.people.change_role, self._approval()

        def saving(pin: str) -> Save:
            return partial(change, person.id, role, pin, approval)

        self._open(change_role_dialog(self, person, role, self._background, saving))

    @Slot()
    def _ask_to_retire(self) -> None:
        person = self._table.person
        if person is None:
            return
        dialog = retire_person_dialog(self, person)
        dialog.answered.connect(partial(self._on_retire_answered, person))
        dialog.open()

    def _on_retire_answered(self, person: Person, answer: str) -> None:
        if answer == RETIRE and self._till is not None and self._background is not None:
            retire = partial(self._till.people.retire, person.id, self._approval())
            self._background.run(
                retire, self._on_saved, self._on_failed, owner=self, lane="sign-in"
            )

    def _approval(self) -> Approval:
        assert self._visit is not None
        return self._visit.approval

    def _open(self, dialog: NewPinDialog) -> None:
        dialog.saved.connect(self._on_saved)
        dialog.open()

    @Slot(object)
    def _on_saved(self, person: Person) -> None:
        """Show it; who has lost what lets them be here goes."""
        visit = self._visit
        if visit is None:
            return
        self.toast_requested.emit(self.tr("Saved"))
        if person.id == visit.person.id and (
            person.is_retired or person.role != visit.person.role
        ):
            self.lock_requested.emit()
        elif person.id == visit.manager.id and not person.is_manager:
            self.leave_requested.emit()
        else:
            self._read(person.id)
