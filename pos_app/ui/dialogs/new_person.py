"""Add a cashier or a manager (ux.md 6.7, "People and PINs")."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.errors import NameTakenError, PosAppError
from pos_app.domain.people import Person, Role
from pos_app.ui import theme
from pos_app.ui.dialogs.new_pin import NewPinDialog, Save, translate
from pos_app.ui.errors import explain
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.segment import Segment
from pos_app.ui.widgets.tab_order import put_in_order, stops_in

if TYPE_CHECKING:
    from pos_app.ui.background import Background

_MAX_NAME = 40
_MANAGER = "personRole_manager"


class NewPersonDialog(NewPinDialog):
    """A name, a role and a PIN twice.

    Args:
        add: adds whoever has this name, PIN and role.
    """

    def __init__(
        self, parent: QWidget, background: Background, add: Callable[[str, str, Role], Person]
    ) -> None:
        super().__init__(
            parent,
            translate("NewPersonDialog", "Add a person"),
            translate("NewPersonDialog", "The new person keys the PIN here, twice."),
            Role.CASHIER,
            confirm=translate("NewPersonDialog", "Add person"),
            background=background,
            saving=self._adding,
            object_name="newPersonDialog",
        )
        self._add = add
        self._name = QLineEdit(self)
        self._name.setObjectName("personNameEdit")
        self._name.setProperty("field", True)
        self._name.setMaxLength(_MAX_NAME)
        self._name.setAccessibleName(self.tr("Name"))
        self._name_error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._name_error.setObjectName("personNameError")
        self._name_error.hide()
        cashier = ("personRole_cashier", self.tr("Cashier"))
        self._role = Segment([cashier, (_MANAGER, self.tr("Manager"))], self)
        parts = (Label(self.tr("Name"), "bodyStrong"), self._name, self._name_error, self._role)
        for place, part in enumerate(parts, start=1):
            self.left.insertWidget(place, part)
        self._name.textChanged.connect(self._on_name)
        self._role.chosen.connect(self._on_role)
        put_in_order([*stops_in(self._name, self._role), *self.pin.boxes])
        self.focus_at_first(self._name)

    @property
    def is_complete(self) -> bool:
        """Whether there is a name, and a PIN twice."""
        return self.pin.is_complete and bool(self._name.text().strip())

    def show_refusal(self, error: PosAppError) -> None:
        """Say under the name when somebody has it already, else under the PIN."""
        if isinstance(error, NameTakenError):
            words = explain(error)
            self._say_of_name(f"{words.happened} {words.text}")
        else:
            super().show_refusal(error)

    def _adding(self, pin: str) -> Save:
        role = Role.MANAGER if self._role.current == _MANAGER else Role.CASHIER
        return partial(self._add, self._name.text(), pin, role)

    def _say_of_name(self, words: str) -> None:
        self._name_error.setText(words)
        self._name_error.setVisible(bool(words))
        self._name.setAccessibleDescription(words)
        theme.set_property(self._name, "wrong", bool(words))

    @Slot()
    def _on_name(self) -> None:
        self._say_of_name("")
        self.update_confirm()

    @Slot(str)
    def _on_role(self, name: str) -> None:
        self.pin.set_role(Role.MANAGER if name == _MANAGER else Role.CASHIER)
