"""What one payment service wants to know beside its token, as its settings declare it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos_app.config.declaring import Declaration
from pos_app.config.settings import ServiceSettings
from pos_app.ui import theme
from pos_app.ui.models.service_draft import ConnectionView
from pos_app.ui.widgets.detail_field import DetailField
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.setting_words import setting_words
from pos_app.ui.widgets.switch import Switch

_BESIDE = 2
"""Fields in a row; the later one of them is the wider one."""


class AskedSettings(QWidget):
    """A field for each setting that is a text, two in a row, and below them the switches.

    Args:
        asked: the declarations of a service's settings; texts, and what is on or off.
        usual: settings of that service: their values tell one from the other.

    Signals:
        value_edited(str, object): a key of the service's settings is to have another value.
    """

    value_edited = Signal(str, object)

    def __init__(
        self,
        asked: tuple[Declaration, ...],
        usual: ServiceSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kinds = {one.key: one.kind for one in asked}
        switches = [one for one in asked if isinstance(getattr(usual, one.key), bool)]
        self._fields = {one.key: self._field(one) for one in asked if one not in switches}
        self._switches = {one.key: self._switch(one) for one in switches}
        self._lay_out(switches)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab may stop at, in reading order."""
        return [*(one.edit for one in self._fields.values()), *self._switches.values()]

    def show_view(self, view: ConnectionView) -> None:
        """Show what the settings are to be, and what is wrong with them."""
        for key, field in self._fields.items():
            value = getattr(view.draft.now, key)
            if field.edit.text() != value:
                field.edit.setText(value)
            expected = self.tr("This can’t be right. It should be {expected}.").format(
                expected=setting_words(self._kinds[key].expected)
            )
            field.show_error(expected if key in view.draft.wrong else "")
            self._set_fixed(field.edit, key, view)
        for key, switch in self._switches.items():
            switch.setChecked(getattr(view.draft.now, key))
            self._set_fixed(switch, key, view)

    def _set_fixed(self, widget: QWidget, key: str, view: ConnectionView) -> None:
        variable = view.fixed.get(key, "")
        widget.setEnabled(not (view.is_training or variable))
        words = self.tr("Set by {variable}, and not here.").format(variable=variable)
        widget.setToolTip(words if variable else "")

    def _field(self, asked: Declaration) -> DetailField:
        edit = QLineEdit(self)
        edit.setObjectName(_object_name(asked))
        edit.setProperty("field", True)
        edit.textEdited.connect(partial(self.value_edited.emit, asked.key))
        return DetailField(setting_words(asked.label), edit, self)

    def _switch(self, asked: Declaration) -> Switch:
        switch = Switch(_object_name(asked), setting_words(asked.label), self)

        def tell() -> None:
            self.value_edited.emit(asked.key, switch.isChecked())

        switch.clicked.connect(tell)
        return switch

    def _lay_out(self, switches: list[Declaration]) -> None:
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=16)
        fields = list(self._fields.values())
        for first in range(0, len(fields), _BESIDE):
            row = QHBoxLayout()
            theme.size(row, spacing=16)
            for stretch, field in enumerate(fields[first : first + _BESIDE], start=1):
                row.addWidget(field, stretch)
            column.addLayout(row)
        for one in switches:
            column.addLayout(self._switch_row(one))

    def _switch_row(self, asked: Declaration) -> QHBoxLayout:
        words = QVBoxLayout()
        theme.size(words, spacing=2)
        words.addWidget(Label(setting_words(asked.label), "bodyStrong"))
        words.addWidget(Label(setting_words(asked.help), "bar", "muted", wraps=True))
        row = QHBoxLayout()
        theme.size(row, spacing=12)
        row.addLayout(words, 1)
        row.addWidget(self._switches[asked.key])
        return row


def _object_name(asked: Declaration) -> str:
    return f"gatewayDetail_{asked.section}_{asked.key}"
