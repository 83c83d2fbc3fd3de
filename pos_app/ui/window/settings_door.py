"""Who may go to the Settings page, and for how long (ux.md 6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.till import Till
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.top_bar import TopBar


class SettingsDoor(QObject):
    """Lets a manager in, or a cashier with a manager's PIN.

    A visit ends as soon as another page comes up, so that what a manager may do does not stay
    behind with the cashier.

    Signals:
        opened(Person): this manager may go to the Settings page.
        visit_changed(bool): a visit has begun, or has ended.
        sound_wanted(str): "limit", for a wrong PIN.
    """

    opened = Signal(object)
    visit_changed = Signal(bool)
    sound_wanted = Signal(str)

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self._bar: TopBar | None = None

    def knock(self, till: Till, person: Person, bar: TopBar) -> None:
        """Ask for a manager's PIN, unless `person`, who is signed in, is a manager."""
        self._bar = bar
        if person.is_manager:
            self._let_in(person)
            return
        from pos_app.ui.dialogs.manager_pin_dialog import ManagerPinDialog

        dialog = ManagerPinDialog(
            self._window,
            till.people,
            self._background,
            purpose=self.tr("Managers change the settings, and who may use this till."),
        )
        dialog.approved.connect(self._let_in)
        dialog.sound_wanted.connect(self.sound_wanted)
        dialog.open()

    def close(self) -> None:
        """End the visit."""
        if self._bar is not None:
            self._bar.show_manager("")
            self._bar = None
            self.visit_changed.emit(False)

    @Slot(object)
    def _let_in(self, manager: Person) -> None:
        if self._bar is None:
            return
        self.opened.emit(manager)
        self._bar.show_manager(manager.name)
        self.visit_changed.emit(True)
