"""Give somebody a new PIN, with a new role or without (ux.md 6.7, "People and PINs")."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.domain.people import Person, Role
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.dialog_pad import DialogPad, PadSide
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.new_pin import NewPin

if TYPE_CHECKING:
    from pos_app.domain.errors import PosAppError
    from pos_app.ui.background import Background

translate = QCoreApplication.translate

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WIDTH = 820
_MAX_NAME = 40
Save: TypeAlias = Callable[[], Person]
"""Saves, off the GUI thread, and returns whose PIN it is now."""


class NewPinDialog(Dialog):
    """A PIN twice, by keyboard or pad, saved off the GUI thread. Errors leave it open.

    Args:
        parent: in the window it is shown in.
        title: whose PIN it is to be.
        words: what it means, a sentence.
        role: whose PINs have that length.
        confirm: words of the button that saves.
        background: where it is saved.
        saving: gets the PIN and returns the call that saves it, and with it whatever else was
            keyed; asked on the GUI thread, and the only one that ever gets the PIN.

    Attributes:
        left: the layout over the two PINs, for what else is asked.

    Signals:
        saved(Person): it is in the ledger; sent once, after the dialog has gone.
    """

    saved = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        role: Role,
        *,
        confirm: str,
        background: Background,
        saving: Callable[[str], Save],
        object_name: str = "newPinDialog",
    ) -> None:
        super().__init__(parent, object_name, title, width=_WIDTH)
        self._background, self._saving = background, saving
        self.pin = NewPin(role, self)
        self._pad = DialogPad("newPinPad", self, tall=80)
        self._pad.set_has_double_zero(False)
        self.left = QVBoxLayout()
        self._lay_out(words)
        self._cancel = self.add_action(
            "cancel", self.tr("Cancel"), "secondary", "cancelNewPinButton", is_safe=True
        )
        self._confirm = self.add_action(
            "save", confirm, "primary", "confirmNewPinButton", is_default=True, is_answer=False
        )
        self._confirm.clicked.connect(self._on_confirm)
        self.pin.changed.connect(self.update_confirm)
        self.pin.resized.connect(self.fit)
        self._pad.digits_keyed.connect(self.pin.key)
        self._pad.backspace_keyed.connect(self.pin.take_back)
        self.focus_at_first(self.pin.boxes[0])
        self._confirm.setEnabled(False)

    @property
    def is_complete(self) -> bool:
        """Whether everything that is asked for has been keyed."""
        return self.pin.is_complete

    def handle_key(self, event: QKeyEvent) -> bool:
        """Digits go into the PIN wherever the focus is; Enter saves what is complete."""
        text = event.text()
        if text.isascii() and text.isdigit():
            self.pin.key(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.pin.take_back()
        else:
            return event.key() in _ENTER and self.is_complete and self._send()
        return True

    def add_name(self, object_name: str) -> QLineEdit:
        """Ask for a name first, over the PIN, and return its field."""
        edit = QLineEdit(self)
        edit.setObjectName(object_name)
        edit.setProperty("field", True)
        edit.setMaxLength(_MAX_NAME)
        edit.setAccessibleName(self.tr("Name"))
        self.left.insertWidget(1, Label(self.tr("Name"), "bodyStrong", parent=self))
        self.left.insertWidget(2, edit)
        self.focus_at_first(edit)
        return edit

    def show_refusal(self, error: PosAppError) -> None:
        """Say why it was not saved, where it can be mended."""
        words = explain(error)
        self.pin.show_error(f"{words.happened} {words.text}".strip())
        self.pin.focus()

    @Slot()
    def fit(self) -> None:
        """Become as high as what is in it."""
        self.adjustSize()
        self._place()

    @Slot()
    def update_confirm(self) -> None:
        """Switch the saving button on when everything has been keyed."""
        self._confirm.setEnabled(self.is_complete and not self.is_busy)

    @Slot()
    def _on_confirm(self) -> None:
        self._send()

    def _lay_out(self, words: str) -> None:
        theme.size(self.body, margins=(0, 0, 0, 0), spacing=0)
        theme.size(self.left, margins=(28, 20, 28, 20), spacing=12)
        self.left.addWidget(Label(words, shade="muted", wraps=True, parent=self))
        self.left.addWidget(self.pin)
        self.left.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(self.left, 1)
        side = PadSide(self._pad, self)
        side.column.addStretch(1)
        row.addWidget(side)
        self.body.addLayout(row)

    def _send(self) -> bool:
        if self.is_busy or not self.is_complete:
            return False
        pin = self.pin.hand_over()
        if pin:
            self.set_busy(self.tr("Saving the PIN. Don’t close this window."))
            self._background.run(
                self._saving(pin), self._on_saved, self._on_refused, owner=self, lane="sign-in"
            )
        else:
            self.pin.focus()
        return True

    def _on_saved(self, person: Person) -> None:
        self.set_busy("")
        self.answer("save")
        self.saved.emit(person)

    def _on_refused(self, error: PosAppError) -> None:
        self.set_busy("")
        self.update_confirm()
        self.show_refusal(error)


def reset_pin_dialog(
    parent: QWidget, person: Person, background: Background, saving: Callable[[str], Save]
) -> NewPinDialog:
    """Return the dialog that gives `person` a new PIN and unlocks them."""
    title = translate("NewPinDialog", "New PIN for {name}")
    words = translate(
        "NewPinDialog",
        "{name} keys the new PIN here, twice. The old one stops working, and wrong tries are "
        "forgotten.",
    )
    return NewPinDialog(
        parent,
        title.format(name=person.name),
        words.format(name=person.name),
        person.role,
        confirm=translate("NewPinDialog", "Set new PIN"),
        background=background,
        saving=saving,
    )


def change_role_dialog(
    parent: QWidget,
    person: Person,
    role: Role,
    background: Background,
    saving: Callable[[str], Save],
) -> NewPinDialog:
    """Return the dialog that makes `person` a manager or a cashier, with a new PIN."""
    if role is Role.MANAGER:
        title = translate("NewPinDialog", "Make {name} a manager?")
        words = translate(
            "NewPinDialog",
            "Managers refund, cancel, settle and change settings. {name} keys a new PIN here, "
            "twice.",
        )
        confirm = translate("NewPinDialog", "Make manager")
    else:
        title = translate("NewPinDialog", "Make {name} a cashier?")
        words = translate(
            "NewPinDialog",
            "Cashiers sell. They can’t approve refunds or change settings. {name} keys a new PIN "
            "here, twice.",
        )
        confirm = translate("NewPinDialog", "Make cashier")
    return NewPinDialog(
        parent,
        title.format(name=person.name),
        words.format(name=person.name),
        role,
        confirm=confirm,
        background=background,
        saving=saving,
    )
