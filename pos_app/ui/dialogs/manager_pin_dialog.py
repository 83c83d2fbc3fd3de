"""A manager approves one action with a PIN, without signing in (design.md, section 6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.dialog_pad import DialogPad, PadSide
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.manager_pin import ManagerPinField

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.domain.people import Person
    from pos_app.services.people import People
    from pos_app.ui.background import Background

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WIDTH = 820


class ManagerPinDialog(Dialog):
    """Asks for a manager's PIN and has it checked off the GUI thread.

    Args:
        parent: in the window it is shown in.
        people: who there is, and whose PIN is right.
        background: where PINs are checked.
        purpose: what is being approved, a sentence: "Opens the settings."
        signed_in: chosen at once, if a manager.

    Signals:
        approved(Person): this manager approves; sent once, after the dialog has gone.
        sound_wanted(str): "limit", for a wrong PIN.
    """

    approved = Signal(object)
    sound_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        people: People,
        background: Background,
        *,
        purpose: str,
        signed_in: Person | None = None,
    ) -> None:
        title = QCoreApplication.translate("ManagerPinDialog", "Manager PIN")
        super().__init__(parent, "managerPinDialog", title, width=_WIDTH)
        self._people, self._background = people, background
        self._signed_in = signed_in
        self._field = ManagerPinField(self)
        self._pad = DialogPad("managerPinPad", self, tall=80)
        self._pad.set_has_double_zero(False)
        self._lay_out(purpose)
        self.add_action(
            "cancel", self.tr("Cancel"), "secondary", "cancelManagerPinButton", is_safe=True
        )
        self._confirm = self.add_action(
            "approve", self.tr("Approve"), "primary", "confirmManagerPinButton",
            is_default=True, is_answer=False,
        )  # fmt: skip
        self._confirm.clicked.connect(self._on_confirm)
        self._confirm.setEnabled(False)
        self._field.changed.connect(self._on_changed)
        self._pad.digits_keyed.connect(self._field.key)
        self._pad.backspace_keyed.connect(self._field.take_back)
        self.focus_at_first(self._field.box)

    def _lay_out(self, purpose: str) -> None:
        theme.size(self.body, margins=(0, 0, 0, 0), spacing=0)
        left = QVBoxLayout()
        theme.size(left, margins=(28, 20, 28, 20), spacing=24)
        left.addWidget(Label(purpose, shade="muted", wraps=True, parent=self))
        left.addWidget(self._field)
        left.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addWidget(PadSide(self._pad, self))
        self.body.addLayout(row)

    def open(self) -> None:
        """Show it, and find out who can approve."""
        super().open()
        self._background.run(self._people.everyone, self._on_people, self._on_refused, owner=self)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits go into the PIN wherever the focus is; Enter approves a complete one."""
        text = event.text()
        if text.isascii() and text.isdigit():
            self._field.key(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self._field.take_back()
        else:
            return event.key() in _ENTER and self._field.is_complete and self._approve()
        return True

    def _on_people(self, people: tuple[Person, ...]) -> None:
        self._field.show_managers(people, self._signed_in)
        self._field.focus()

    @Slot()
    def _on_changed(self) -> None:
        self._confirm.setEnabled(self._field.is_complete and not self.is_busy)

    @Slot()
    def _on_confirm(self) -> None:
        self._approve()

    def _approve(self) -> bool:
        person = self._field.person
        if self.is_busy or person is None or not self._field.is_complete:
            return False
        self.set_busy(self.tr("Checking the PIN. Don’t close this window."))
        check = partial(self._people.approve, person.id, self._field.pin())
        self._background.run(
            check, self._on_approved, self._on_refused, owner=self, lane="sign-in"
        )
        return True

    def _on_approved(self, person: Person) -> None:
        self.set_busy("")
        self.answer("approve")
        self.approved.emit(person)

    def _on_refused(self, error: PosAppError) -> None:
        self.set_busy("")
        self._confirm.setEnabled(False)
        words = explain(error)
        self._field.show_error(f"{words.happened} {words.text}".strip())
        self.sound_wanted.emit("limit")
        self._field.focus()
