"""Add the first manager of a new till (ux.md 6.1, "no people yet")."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.errors import PinFormatError, PosAppError
from pos_app.domain.people import PIN_LENGTHS, Role, check_new_pin
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos_app.domain.people import Person
    from pos_app.services.people import People
    from pos_app.ui.background import Background

translate = QCoreApplication.translate

_MAX_NAME = 40


class FirstManagerDialog(Dialog):
    """A name and a PIN twice. Errors stand under their field; nothing of the PIN is kept.

    It cannot be dismissed into a till without people: Esc empties the PIN fields.

    Signals:
        manager_added(Person): the manager is in the ledger and may be signed in.
    """

    manager_added = Signal(object)

    def __init__(self, parent: QWidget, people: People, background: Background) -> None:
        super().__init__(
            parent, "firstManagerDialog", translate("FirstManagerDialog", "Who runs this till?")
        )
        self._people, self._background = people, background
        self.add_text(
            self.tr("Add the first manager. Managers refund, settle and change settings.")
        )
        longest = PIN_LENGTHS[Role.MANAGER][-1]
        digits = self.tr("{first} to {last} digits").format(
            first=PIN_LENGTHS[Role.MANAGER][0], last=longest
        )
        self._name, self._name_error = self._field(
            "wizardManagerNameEdit", self.tr("Name"), "", _MAX_NAME
        )
        self._pin, self._pin_error = self._field(
            "wizardPinEdit", self.tr("Manager PIN"), digits, longest, is_secret=True
        )
        self._again, self._again_error = self._field(
            "wizardPinRepeatEdit", self.tr("The same PIN again"), "", longest, is_secret=True
        )
        self.add_action(
            "add", self.tr("Add manager"), "primary", "wizardDoneButton",
            is_default=True, is_answer=False,
        ).clicked.connect(self._on_add)  # fmt: skip
        self._close.hide()
        self.focus_at_first(self._name)

    @Slot()
    def dismiss(self) -> None:
        """Empty the PIN fields instead of closing: without people nobody can sell."""
        self._pin.clear()
        self._again.clear()

    def _field(
        self, name: str, words: str, help_text: str, longest: int, *, is_secret: bool = False
    ) -> tuple[QLineEdit, Label]:
        self.body.addWidget(Label(words, "bodyStrong", parent=self))
        edit = QLineEdit(self)
        edit.setObjectName(name)
        edit.setProperty("field", True)
        edit.setMaxLength(longest)
        edit.setAccessibleName(words)
        edit.setPlaceholderText(help_text)
        if is_secret:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setValidator(QRegularExpressionValidator(r"\d*", edit))
        error = Label(role="caption", shade="bad", wraps=True, parent=self)
        error.setObjectName(f"{name}Error")
        error.setVisible(False)
        self.body.addWidget(edit)
        self.body.addWidget(error)
        return edit, error

    @Slot()
    def _on_add(self) -> None:
        if self.is_busy or not self._is_complete():
            return
        self.set_busy(self.tr("Adding the manager. Don’t close this window."))
        add = partial(self._people.add_first_manager, self._name.text(), self._pin.text())
        self._pin.clear()
        self._again.clear()
        self._background.run(add, self._added, self._refused, owner=self, lane="sign-in")

    def _is_complete(self) -> bool:
        name = "" if self._name.text().strip() else self.tr("Key the manager’s name.")
        pin = ""
        try:
            check_new_pin(self._pin.text(), Role.MANAGER)
        except PinFormatError as error:
            pin = explain(error).to_do
        again = ""
        if not pin and self._again.text() != self._pin.text():
            again = self.tr("The two PINs aren’t the same. Key them again.")
        self._say(self._name, self._name_error, name)
        self._say(self._pin, self._pin_error, pin)
        self._say(self._again, self._again_error, again)
        return not (name or pin or again)

    def _say(self, edit: QLineEdit, error: Label, words: str) -> None:
        theme.set_property(edit, "wrong", bool(words))
        error.setText(words)
        error.setVisible(bool(words))
        edit.setAccessibleDescription(words)
        self.adjustSize()
        self._place()

    def _added(self, person: Person) -> None:
        self.set_busy("")
        self.answer("added")
        self.manager_added.emit(person)

    def _refused(self, error: PosAppError) -> None:
        self.set_busy("")
        words = explain(error)
        self._say(self._pin, self._pin_error, f"{words.happened} {words.text}".strip())
