"""One payment method in the settings (ux.md 6.7): its line, and the drawer of the chosen one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.domain.currencies import mark
from pos_app.ui import theme
from pos_app.ui.models.methods_draft import MethodLine
from pos_app.ui.widgets.cell import cell
from pos_app.ui.widgets.choice_popup import Choice
from pos_app.ui.widgets.combo import Combo
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.method_drawer import MethodDrawer
from pos_app.ui.widgets.method_glyph import MethodGlyph
from pos_app.ui.widgets.method_words import method_name
from pos_app.ui.widgets.service_words import service_title
from pos_app.ui.widgets.switch import Switch

MARGINS = (20, 0, 20, 0)
HANDLE, GLYPH, NAME, CURRENCY, FACT, KEY, SWITCH = 18, 34, 150, 112, 130, 44, 110
GAP = 14
_BAR = 4


class MethodRow(QFrame):
    """A method in 56 px, and the chosen one in twice that. Shows what it is given, no more.

    Signals:
        chosen(PaymentMethod): its line is to be the chosen one.
        edited(Edit): the draft is to be another.
    """

    chosen = Signal(object)
    edited = Signal(object)

    def __init__(self, line: MethodLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        method, name = line.method.value, method_name(line.traits)
        self.face = _Face(f"methodRow_{method}", self)
        self.currency = Combo(
            f"methodCurrency_{method}",
            self.tr("Currency of {method}").format(method=name),
            CURRENCY,
            self,
        )
        self.switch = Switch(
            f"methodSwitch_{method}", self.tr("Offer {method}").format(method=name), self
        )
        self.drawer = MethodDrawer(line, self)
        self._build(name)
        self.drawer.hide()
        self.face.clicked.connect(self._on_pressed)
        self.face.toggled.connect(self.drawer.setVisible)
        self.switch.clicked.connect(self._on_switched)
        self.currency.pressed.connect(self._on_pressed)
        self.currency.chosen.connect(self._on_currency)
        self.drawer.edited.connect(self.edited)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab stops at behind the line while it is the chosen one."""
        return (self.currency, self.switch, *self.drawer.controls)

    def show_line(self, line: MethodLine, not_set_up: Collection[str]) -> None:
        """Show what the draft says; `not_set_up` are the services that cannot charge yet."""
        self.line = line
        carrier = service_title(line.gateway)
        if line.gateway in not_set_up:
            carrier = self.tr("{service}, not set up").format(service=carrier)
        fact = self.tr("Can be cancelled") if line.can_cancel else self.tr("Closes by itself")
        state = self.tr("On") if line.is_on else self.tr("Off")
        key = f"F{line.f_key}"
        self._glyph.show_method(line.traits)
        theme.set_property(self._name, "muted", not line.is_on)
        self.currency.set_muted(not line.is_on)
        self._fact.setText(fact)
        self._key.setText(key)
        self._carrier.setText(carrier)
        is_lacking = line.is_on and line.gateway in not_set_up
        theme.set_property(self._carrier, "tone", "warn" if is_lacking else "")
        self._state.setText(state)
        self.switch.setChecked(line.is_on)
        self.currency.show_choices(
            [Choice(one, mark(one)) for one in line.currencies], line.currency
        )
        self.drawer.show_line(line, not_set_up)
        said = (self._name.text(), mark(line.currency), carrier, fact, key, state)
        self.face.setAccessibleName(", ".join(said))

    def set_fixed(self, fixed: Collection[str]) -> None:
        """Switch off what other places than this page decide: keys of the section `methods`."""
        self.switch.setEnabled("enabled" not in fixed)
        self.currency.setEnabled("currencies" not in fixed)
        self.drawer.set_fixed(fixed)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what is scarce of width."""
        for scarce in (self._handle, self._fact, self._key, self._carrier):
            scarce.setVisible(not is_narrow)
        self.drawer.set_narrow(is_narrow)

    def _build(self, name: str) -> None:
        self._handle = IconLabel("grip", "text3", HANDLE, self)
        self._glyph = MethodGlyph(GLYPH, self)
        self._name = cell(name, "bodyStrong", NAME)
        self._fact = cell("", "body", FACT, "muted")
        self._key = cell("", "body", KEY, "muted")
        self._carrier = cell("", "body", 0, "muted")
        self._state = Label(role="body", shade="muted")
        theme.see_through(self._state)
        row = QHBoxLayout(self.face)
        theme.size(row, margins=MARGINS, spacing=GAP)
        for part in (self._handle, self._glyph, self._name, self.currency, self._fact, self._key):
            row.addWidget(part)
        row.addWidget(self._carrier, 1)
        turn = QHBoxLayout()
        theme.size(turn, spacing=GAP)
        turn.addStretch(1)
        turn.addWidget(self._state)
        turn.addWidget(self.switch)
        row.addLayout(turn)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=0)
        column.addWidget(self.face)
        column.addWidget(self.drawer)

    @Slot()
    def _on_pressed(self) -> None:
        self.chosen.emit(self.line.method)

    @Slot()
    def _on_switched(self) -> None:
        method, is_on = self.line.method, self.switch.isChecked()
        self.switch.setChecked(self.line.is_on)  # the draft decides
        self.chosen.emit(method)
        self.edited.emit(lambda draft: draft.with_switched(method, is_on=is_on))

    @Slot(object)
    def _on_currency(self, currency: str) -> None:
        self.edited.emit(lambda draft: draft.with_currency(self.line.method, currency))


class _Face(QPushButton):
    """The line itself: a checkable button under its own cells."""

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("row", "true")
        self.setCheckable(True)
        self.setAutoDefault(False)
        theme.size(self, height=56)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's own name
        """Leave it to the table which line is the chosen one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the bar that marks the chosen line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(0, 0, theme.px(_BAR), self.height(), theme.color("primary"))
            painter.end()
