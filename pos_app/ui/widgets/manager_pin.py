"""The PIN with which a manager approves one action (ux.md 6.5, "Manager PIN")."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.people import Person
from pos_app.ui import theme
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.chips import Chips
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.pin_box import PinBox
from pos_app.ui.widgets.pin_entry import PinEntry

_NAMES_PER_ROW = 4


class _ManagerPinBox(PinBox):
    """The field itself, with a way to say that it is another manager's PIN."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("managerPinEdit", parent)
        self.other = ActionButton(
            self.tr("Change"), "text", tall="48", object_name="managerPinOtherButton", parent=self
        )
        self.other.setAccessibleName(self.tr("Another manager’s PIN"))
        self.row.addWidget(self.other)


class ManagerPinField(QWidget):
    """Whose PIN it is, if there are several managers, then the PIN as dots, then what is wrong.

    The digits are in no property, text or accessible name; `pin` hands them over once and
    forgets them. They come from the keyboard while `box` has the focus, or from `key`.

    Attributes:
        box: the field; takes the focus.
        names: the managers to choose from; shown until one is chosen.

    Signals:
        changed(): a digit was keyed or taken back, or a manager was chosen.
        taken(): the field has got the focus: a pad should feed it from now on.
    """

    changed = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin = PinEntry()
        self._managers: tuple[Person, ...] = ()
        self._person: Person | None = None
        self._title = Label(role="bodyStrong", parent=self)
        self.box = _ManagerPinBox(self)
        self.names = Chips(_NAMES_PER_ROW, self)
        self._error = Label(role="caption", shade="bad", wraps=True, parent=self)
        self._error.setObjectName("managerPinError")
        self._error.hide()
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=8)
        for part in (self._title, self.names, self.box, self._error):
            column.addWidget(part)
        self.box.digit_keyed.connect(self.key)
        self.box.backspace_keyed.connect(self.take_back)
        self.box.clear_keyed.connect(self.clear)
        self.box.taken.connect(self.taken)
        self.box.other.clicked.connect(self._on_other)
        self.names.chosen.connect(self._on_chosen)
        self._show()

    def show_managers(self, people: Sequence[Person], signed_in: Person | None = None) -> None:
        """Know who can approve.

        Args:
            people: everybody; those who are no managers are left out.
            signed_in: chosen at once if a manager; so is a manager who is the only one.
        """
        self._managers = tuple(one for one in people if one.is_manager)
        self.names.show_choices(
            [(f"managerPinPerson_{n}", one.name) for n, one in enumerate(self._managers, start=1)]
        )
        wanted = [one for one in self._managers if signed_in and one.id == signed_in.id]
        only = self._managers[0] if len(self._managers) == 1 else None
        self._choose(wanted[0] if wanted else only)

    @property
    def person(self) -> Person | None:
        """Whose PIN it is; None as long as nobody is chosen."""
        return self._person

    @property
    def is_complete(self) -> bool:
        """Whether somebody is chosen and the PIN has all its digits."""
        return self._person is not None and self._pin.is_complete

    def pin(self) -> str:
        """Return the PIN for the one call that checks it, and forget it."""
        pin = self._pin.hand_over()
        self._show()
        return pin

    @Slot(str)
    def key(self, digit: str) -> None:
        """Take one digit; more than the PIN has are ignored."""
        if self._person is not None and self.box.isEnabled():
            self._pin.key(digit)
            self._changed()

    @Slot()
    def take_back(self) -> None:
        """Forget the last digit."""
        self._pin.take_back()
        self._changed()

    @Slot()
    def clear(self) -> None:
        """Forget all digits; whose PIN it is stays chosen."""
        self._pin.clear()
        self._changed()

    def show_error(self, words: str) -> None:
        """Say what was wrong with the PIN, until the next digit; empty for nothing."""
        if words:
            self._pin.clear()
            self._show()
            self.box.dots.show_wrong()
            announce(self.box, words, is_urgent=True)
        self._say(words)

    def focus(self) -> None:
        """Take the focus: on the field, or on the question whose PIN it is."""
        stop = self.names.stop if self.names.isVisibleTo(self) else self.box
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, person: Person | None) -> None:
        self._person = person
        self._pin.clear(person.pin_length if person else None)
        self._changed()

    def _changed(self) -> None:
        self._say("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        is_asking = self._person is None and len(self._managers) > 1
        self._title.setText(self._heading(is_asking=is_asking))
        self.names.setVisible(is_asking)
        self.box.setVisible(not is_asking)
        self.box.dots.show_dots(self._pin.keyed, self._pin.length)
        spoken = self.tr("Manager PIN, {keyed} of {length} digits")
        self.box.setAccessibleName(spoken.format(keyed=self._pin.keyed, length=self._pin.length))
        self.box.other.setVisible(len(self._managers) > 1)

    def _heading(self, *, is_asking: bool) -> str:
        if is_asking:
            return self.tr("Whose PIN is it?")
        if len(self._managers) > 1 and self._person is not None:
            return self.tr("Manager PIN of {name}").format(name=self._person.name)
        return self.tr("Manager PIN")

    def _say(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.box.setAccessibleDescription(words)
        theme.set_property(self.box, "wrong", bool(words))

    @Slot()
    def _on_other(self) -> None:
        self._choose(None)
        self.focus()

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        place = int(name.rpartition("_")[2]) - 1
        self._choose(self._managers[place])
        self.focus()
