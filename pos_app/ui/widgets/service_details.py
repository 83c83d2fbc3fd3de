"""What some payment services want to know beside their token (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.domain.gateways import GATEWAYS
from pos_app.ui import theme
from pos_app.ui.models.service_draft import ConnectionView
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.detail_field import DetailField
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.switch import Switch


class ServiceDetails(QWidget):
    """J-Pay's merchant and cards, In-Store's store code; nothing for the others.

    Signals:
        value_edited(str, object): a key of the service's settings is to have another value.
        activate_pressed(str): make this register a terminal with this store code.
    """

    value_edited = Signal(str, object)
    activate_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._member = self._field("gatewayMemberEdit", self.tr("Merchant ID"))
        self._website = self._field("gatewayWebsiteEdit", self.tr("The shop’s website"))
        title = self.tr("Let the cashier key cards")
        self._keyed = Switch("keyedCardsSwitch", title, self)
        self._cards = QWidget(self)
        self._code = self._field("gatewayStoreCodeEdit", self.tr("Store code"))
        self._activate = ActionButton(self.tr("Activate"), object_name="activateButton")
        self._terminal = QWidget(self)
        self._may_activate = False
        self._lay_out(title)
        self._member.edit.textEdited.connect(self._on_member)
        self._website.edit.textEdited.connect(self._on_website)
        self._keyed.clicked.connect(self._on_keyed)
        self._code.edit.textEdited.connect(self._on_code)
        self._activate.clicked.connect(self._on_activate)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        edits = [one.edit for one in (self._member, self._website, self._code)]
        return [edits[0], edits[1], self._keyed, edits[2], self._activate]

    def clear_code(self) -> None:
        """Forget a store code that has been used."""
        self._code.edit.clear()
        self._show_activate()

    def show_view(self, view: ConnectionView) -> None:
        """Show what belongs to this service."""
        jpay = view.draft.jpay
        self._cards.setVisible(jpay is not None)
        self._terminal.setVisible(GATEWAYS[view.draft.service_id].takes_codes)
        self._code.edit.setEnabled(not view.is_training)
        self._may_activate = not view.is_training and not view.draft.changes
        self._show_activate()
        if jpay is None:
            return
        self._show(self._member, "member_id", jpay.member_id, view)
        self._show(self._website, "website", jpay.website, view)
        self._keyed.setChecked(jpay.allow_keyed_cards)
        self._keyed.setEnabled(not view.is_training and "allow_keyed_cards" not in view.fixed)

    def _show(self, field: DetailField, key: str, value: str, view: ConnectionView) -> None:
        if field.edit.text() != value:
            field.edit.setText(value)
        variable = view.fixed.get(key, "")
        field.edit.setEnabled(not (view.is_training or variable))
        is_wrong = key in view.draft.wrong
        words = self.tr("This can’t be right. A website begins with https://.")
        if key == "member_id":
            words = self.tr("This can’t be right. Look at what J-Pay has sent you.")
        field.show_error(words if is_wrong else "")
        field.edit.setToolTip(
            self.tr("Set by {variable}, and not here.").format(variable=variable)
            if variable
            else ""
        )

    def _field(self, object_name: str, name: str) -> DetailField:
        edit = QLineEdit(self)
        edit.setObjectName(object_name)
        edit.setProperty("field", True)
        return DetailField(name, edit, self)

    def _lay_out(self, title: str) -> None:
        fields = QHBoxLayout()
        theme.size(fields, spacing=16)
        fields.addWidget(self._member, 1)
        fields.addWidget(self._website, 2)
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(Label(title, "bodyStrong"))
        purpose = self.tr("Only if your contract allows it: this PC then handles card numbers.")
        words.addWidget(Label(purpose, "bar", "muted", wraps=True))
        switch = QHBoxLayout()
        theme.size(switch, spacing=12)
        switch.addLayout(words, 1)
        switch.addWidget(self._keyed)
        cards = QVBoxLayout(self._cards)
        theme.size(cards, margins=(0, 0, 0, 0), spacing=16)
        cards.addLayout(fields)
        cards.addLayout(switch)
        terminal = QHBoxLayout(self._terminal)
        theme.size(terminal, margins=(0, 0, 0, 0), spacing=12)
        terminal.addWidget(self._code, 1)
        terminal.addWidget(self._activate, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self._cards)
        column.addWidget(self._terminal)

    @Slot(str)
    def _on_member(self, words: str) -> None:
        self.value_edited.emit("member_id", words)

    @Slot(str)
    def _on_website(self, words: str) -> None:
        self.value_edited.emit("website", words)

    @Slot()
    def _on_keyed(self) -> None:
        self.value_edited.emit("allow_keyed_cards", self._keyed.isChecked())

    @Slot(str)
    def _on_code(self, _words: str) -> None:
        self._show_activate()

    def _show_activate(self) -> None:
        has_code = bool(self._code.edit.text().strip())
        self._activate.setEnabled(self._may_activate and has_code)

    @Slot()
    def _on_activate(self) -> None:
        self.activate_pressed.emit(self._code.edit.text().strip())
