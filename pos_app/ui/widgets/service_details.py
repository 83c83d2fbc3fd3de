"""What some payment services want to know beside their token (ux.md 6.7)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.config.settings import Settings, asked_of
from pos_app.domain.gateways import GATEWAYS
from pos_app.ui import theme
from pos_app.ui.models.service_draft import ConnectionView
from pos_app.ui.widgets.action_button import ActionButton
from pos_app.ui.widgets.asked_settings import AskedSettings
from pos_app.ui.widgets.detail_field import DetailField


class ServiceDetails(QWidget):
    """The settings that a service asks for, and the store code that makes a terminal.

    Signals:
        value_edited(str, object): a key of the service's settings is to have another value.
        activate_pressed(str): make this register a terminal with this store code.
    """

    value_edited = Signal(str, object)
    activate_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        usual = Settings()
        asked = {one: asked_of(one) for one in GATEWAYS}
        self._asked = {
            one: AskedSettings(declared, usual.service(one), self)
            for one, declared in asked.items()
            if declared
        }
        edit = QLineEdit(self)
        edit.setObjectName("gatewayStoreCodeEdit")
        edit.setProperty("field", True)
        self._code = DetailField(self.tr("Store code"), edit, self)
        self._activate = ActionButton(self.tr("Activate"), object_name="activateButton")
        self._terminal = QWidget(self)
        self._may_activate = False
        self._lay_out()
        for form in self._asked.values():
            form.value_edited.connect(self.value_edited)
        edit.textEdited.connect(self._on_code)
        self._activate.clicked.connect(self._on_activate)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        asked = [stop for form in self._asked.values() for stop in form.stops]
        return [*asked, self._code.edit, self._activate]

    def clear_code(self) -> None:
        """Forget a store code that has been used."""
        self._code.edit.clear()
        self._show_activate()

    def show_view(self, view: ConnectionView) -> None:
        """Show what belongs to this service."""
        service_id = view.draft.service_id
        for own, form in self._asked.items():
            form.setVisible(own == service_id)
        if service_id in self._asked:
            self._asked[service_id].show_view(view)
        self._terminal.setVisible(GATEWAYS[service_id].takes_codes)
        self._code.edit.setEnabled(not view.is_training)
        self._may_activate = not view.is_training and not view.draft.changes
        self._show_activate()

    def _lay_out(self) -> None:
        terminal = QHBoxLayout(self._terminal)
        theme.size(terminal, margins=(0, 0, 0, 0), spacing=12)
        terminal.addWidget(self._code, 1)
        terminal.addWidget(self._activate, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        for form in self._asked.values():
            column.addWidget(form)
        column.addWidget(self._terminal)

    @Slot(str)
    def _on_code(self, _words: str) -> None:
        self._show_activate()

    def _show_activate(self) -> None:
        has_code = bool(self._code.edit.text().strip())
        self._activate.setEnabled(self._may_activate and has_code)

    @Slot()
    def _on_activate(self) -> None:
        self.activate_pressed.emit(self._code.edit.text().strip())
