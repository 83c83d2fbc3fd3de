"""Add the first manager of a new till (ux.md 6.1, "no people yet")."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.people import Role
from pos_app.ui.dialogs.new_pin import NewPinDialog, Save, translate

if TYPE_CHECKING:
    from pos_app.services.people import People
    from pos_app.ui.background import Background


class FirstManagerDialog(NewPinDialog):
    """A name and a PIN twice.

    It cannot be dismissed into a till without people: Esc empties the PIN fields.
    """

    def __init__(self, parent: QWidget, people: People, background: Background) -> None:
        super().__init__(
            parent,
            translate("FirstManagerDialog", "Who runs this till?"),
            translate(
                "FirstManagerDialog",
                "Add the first manager. Managers refund, settle and change settings.",
            ),
            Role.MANAGER,
            confirm=translate("FirstManagerDialog", "Add manager"),
            background=background,
            saving=self._adding,
            object_name="firstManagerDialog",
        )
        self._people = people
        self._name = self.add_name("wizardManagerNameEdit")
        self._name.textChanged.connect(self.update_confirm)
        first, again = self.pin.boxes
        first.setObjectName("wizardPinEdit")
        again.setObjectName("wizardPinRepeatEdit")
        self._confirm.setObjectName("wizardDoneButton")
        self._cancel.hide()
        self._close.hide()

    @property
    def is_complete(self) -> bool:
        """Whether there is a name, and a PIN twice."""
        return self.pin.is_complete and bool(self._name.text().strip())

    @Slot()
    def dismiss(self) -> None:
        """Empty the PIN fields instead of closing: without people nobody can sell."""
        if not self.is_busy:
            self.pin.clear()

    def _adding(self, pin: str) -> Save:
        return partial(self._people.add_first_manager, self._name.text(), pin)
