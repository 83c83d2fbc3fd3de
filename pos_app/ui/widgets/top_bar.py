"""The bar at the top: where one is, and how the register stands (ux.md, section 4)."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pos_app.domain.events import ConnectionChanged
from pos_app.ui import theme
from pos_app.ui.widgets.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.manager_pill import ManagerPill


class ConnectionLook(Enum):
    """What the top bar says of the connection: tone and icon."""

    CONNECTED = ("ok", "wifi")
    NOT_ANSWERING = ("warn", "wifi")
    NO_CONNECTION = ("bad", "wifi-off")
    SIMULATOR = ("train", "wifi")

    def words(self, gateway: str) -> str:
        """Return the words beside the icon."""
        texts = {
            ConnectionLook.CONNECTED: QCoreApplication.translate("TopBar", "Connected"),
            ConnectionLook.NOT_ANSWERING: QCoreApplication.translate(
                "TopBar", "{gateway} not answering"
            ),
            ConnectionLook.NO_CONNECTION: QCoreApplication.translate("TopBar", "No connection"),
            ConnectionLook.SIMULATOR: QCoreApplication.translate("TopBar", "Simulator"),
        }
        return texts[self].replace("{gateway}", gateway)


def look_of(state: ConnectionChanged, *, is_training: bool) -> ConnectionLook:
    """Return what the bar says of `state`."""
    if not state.has_network:
        return ConnectionLook.NO_CONNECTION
    if not state.is_answering:
        return ConnectionLook.NOT_ANSWERING
    return ConnectionLook.SIMULATOR if is_training else ConnectionLook.CONNECTED


class StatusButton(QPushButton):
    """A button of the bar: icon and word in a tone, as child labels."""

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("bar", "status")
        self._icon = IconLabel("", parent=self, side=20)
        self._word = Label("", "barStrong", "ok", parent=self)
        theme.see_through(self._word)
        row = QHBoxLayout(self)
        theme.size(row, margins=(4, 0, 4, 0), spacing=8)
        row.addWidget(self._icon)
        row.addWidget(self._word)

    def show_status(self, tone: str, icon: str, words: str) -> None:
        """Say something else."""
        self._icon.set_icon(icon, tone)
        self._word.setText(words)
        theme.set_property(self._word, "tone", tone)
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        layout = self.layout()
        assert layout is not None
        return QSize(layout.sizeHint().width(), theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the child labels."""


class TopBar(QFrame):
    """The bar, 56 px high.

    Signals:
        connection_pressed(): the connection was tapped: show its details.
        manager_pressed(): the pill with the manager's name was: end the visit.
    """

    connection_pressed = Signal()
    manager_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setProperty("bar", "top")
        theme.size(self, height=56)
        row = QHBoxLayout(self)
        theme.size(row, margins=(20, 0, 20, 0), spacing=18)
        self._title = self._label("pageTitle", "pageTitle")
        self._store = self._label("", "bar", "muted")
        self._manager = ManagerPill(self)
        self._manager.clicked.connect(self.manager_pressed)
        self._connection = StatusButton("connectionStatus", self)
        self._connection.clicked.connect(self.connection_pressed)
        self._shift = self._label("shiftLabel", "bar", "muted")
        self._person_icon = IconLabel("person", "text", 20, self)
        self._cashier = self._label("cashierLabel", "barStrong")
        self._clock = self._label("clockLabel", "barStrong")
        self._shift_line, self._person_line = _line(self), _line(self)
        self._clock_line = _line(self)
        self._store_line = _line(self)
        for part in (self._title, self._store_line, self._store):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._manager)
        row.addWidget(self._connection)
        for part in (self._shift_line, self._shift, self._person_line):
            row.addWidget(part)
        person = QHBoxLayout()
        theme.size(person, spacing=8)
        person.addWidget(self._person_icon)
        person.addWidget(self._cashier)
        row.addLayout(person)
        row.addWidget(self._clock_line)
        row.addWidget(self._clock)
        self._look: ConnectionLook | None = None
        self._connection.hide()
        self._shift_line.hide()
        self._shift.hide()
        self.show_cashier("")

    def show_title(self, title: str) -> None:
        """Say which page this is."""
        self._title.setText(title)

    def show_store(self, name: str, register: str) -> None:
        """Say which store and which register this is."""
        self._store.setText(f"{name}  ·  {register}")

    def show_connection(self, look: ConnectionLook, gateway: str) -> None:
        """Say how the gateway is reached; read aloud when it changes."""
        is_new = self._look is not None and look is not self._look
        self._look = look
        tone, icon = look.value
        words = look.words(gateway)
        self._connection.show_status(tone, icon, words)
        self._connection.show()
        if is_new:
            announce(self._connection, words)

    def show_shift(self, number: int | None) -> None:
        """Say which shift is open; None for no shift."""
        self._shift.setText(
            self.tr("No shift")
            if number is None
            else self.tr("Shift {number}").replace("{number}", str(number))
        )
        self._shift.show()
        self._shift_line.show()

    def show_cashier(self, name: str) -> None:
        """Say who is signed in; empty for nobody."""
        self._cashier.setText(name)
        for part in (self._cashier, self._person_icon, self._person_line):
            part.setVisible(bool(name))

    def show_manager(self, name: str) -> None:
        """Say whose PIN has opened the settings; empty for nobody's."""
        self._manager.show_manager(name)

    def show_clock(self, text: str) -> None:
        """Say what time it is."""
        self._clock.setText(text)

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the store out where the window is narrow."""
        for part in (self._store_line, self._store):
            part.setVisible(not is_narrow)

    def _label(self, object_name: str, role: str, shade: str = "") -> Label:
        label = Label("", role, shade, parent=self)
        label.setObjectName(object_name)
        return label


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("line", "v")
    theme.size(line, height=20)
    return line
