"""Add a cashier or a manager (ux.md 6.7, "People and PINs")."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import NameTakenError, PosAppError
from pos_app.domain.people import Person, Role
from pos_app.ui import theme
from pos_app.ui.dialogs.new_pin import NewPinDialog, Save, translate
from pos_app.ui.errors import explain
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.segment import Segment
from pos_app.ui.widgets.tab_order import put_in_order, stops_in

if TYPE_CHECKING:
    from pos_app.ui.background import Background

_MANAGER = "personRole_manager"


class NewPersonDialog(NewPinDialog):
    """A name, a role and a PIN twice.

    Args:
        add: adds whoever has this name, PIN and role.
        taken: names that somebody has.
    """

    def __init__(
        self,
        parent: QWidget,
        background: Background,
        add: Callable[[str, str, Role], Person],
        taken: Iterable[str] = (),
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
        self._taken = {name.casefold() for name in taken}
        self._name = self.add_name("personNameEdit")
        self._name_error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._name_error.setObjectName("personNameError")
        self._name_error.hide()
        cashier = ("personRole_cashier", self.tr("Cashier"))
        self._role = Segment([cashier, (_MANAGER, self.tr("Manager"))], self)
        self.left.insertWidget(3, self._name_error)
        self.left.insertWidget(4, self._role)
        self._name.textChanged.connect(self._on_name)
        self._role.chosen.connect(self._on_role)
        put_in_order([*stops_in(self._name, self._role), *self.pin.boxes])

    @property
    def is_complete(self) -> bool:
        """Whether there is a name that nobody has, and a PIN twice."""
        name = self._name.text().strip().casefold()
        return self.pin.is_complete and bool(name) and name not in self._taken

    def show_refusal(self, error: PosAppError) -> None:
        """Say under the name when somebody has it already, else under the PIN."""
        if not isinstance(error, NameTakenError):
            super().show_refusal(error)
            return
        self._taken.add(self._name.text().strip().casefold())
        self._on_name()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _adding(self, pin: str) -> Save:
        role = Role.MANAGER if self._role.current == _MANAGER else Role.CASHIER
        return partial(self._add, self._name.text(), pin, role)

    @Slot()
    def _on_name(self) -> None:
        """Say at once when somebody has that name: before the PIN is keyed twice."""
        is_taken = self._name.text().strip().casefold() in self._taken
        told = explain(NameTakenError())
        words = f"{told.happened} {told.text}" if is_taken else ""
        if words != self._name_error.text():
            self._name_error.setText(words)
            self._name_error.setVisible(is_taken)
            self._name.setAccessibleDescription(words)
            theme.set_property(self._name, "wrong", is_taken)
            announce(self._name, words)
            self.fit()
        self.update_confirm()

    @Slot(str)
    def _on_role(self, name: str) -> None:
        self.pin.set_role(Role.MANAGER if name == _MANAGER else Role.CASHIER)
