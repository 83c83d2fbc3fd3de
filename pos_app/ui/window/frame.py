"""The frame around the pages: rail, training band, top bar, attention bar, page stack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.events import ConnectionChanged
from pos_app.ui import theme
from pos_app.ui.format import clock_text
from pos_app.ui.widgets.attention_bar import AttentionBar
from pos_app.ui.widgets.nav_rail import NavRail
from pos_app.ui.widgets.top_bar import ConnectionLook, TopBar
from pos_app.ui.widgets.training_band import TrainingBand

if TYPE_CHECKING:
    from pos_app.domain.shifts import Shift
    from pos_app.services.till import Till
    from pos_app.ui.pages.page import Page

_MINUTE_MS = 60_000
_LIT_FOR: Mapping[str, str] = MappingProxyType({"payment": "sell"})
"""Pages without an item of their own on the rail, and the item that is lit for them."""


class Frame(QWidget):
    """Everything round the page; it shows what it is told and decides nothing."""

    def __init__(self, parent: QWidget, *, is_training: bool) -> None:
        super().__init__(parent)
        self.rail = NavRail(self)
        self.band = TrainingBand(self)
        self.band.setVisible(is_training)
        self.top = TopBar(self)
        self.attention = AttentionBar(self)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("pageStack")
        row = QHBoxLayout(self)
        theme.size(row, margins=(0, 0, 0, 0), spacing=0)
        column = QVBoxLayout()
        theme.size(column, spacing=0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        for part in (self.band, self.top, self.attention):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        later = self.tr("Not in this version yet.")
        self.rail.set_off("shift", later)
        self.rail.set_off("settings", later)
        self.payment_reason = self.tr("Finish or put aside this payment first.")
        self._till: Till | None = None
        self._look = ConnectionLook.CONNECTED
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.tick)
        self.top.connection_pressed.connect(self._show_connection)

    def show_till(self, till: Till) -> None:
        """Say whose till this is and how it reaches its gateway."""
        self._till = till
        store = till.settings.store
        self.top.show_store(store.name, store.register)
        self.band.setVisible(till.is_training)
        self.band.show_gateway(till.gateway_name)
        self.on_connection_changed(till.connection.state)

    def show_page(self, name: str, page: Page) -> None:
        """Bring rail and bars in line with the page on the screen."""
        self.rail.setVisible(page.is_framed)
        self.top.setVisible(page.is_framed)
        self.attention.set_allowed(page.is_framed)
        self.rail.set_current(_LIT_FOR.get(name, name))
        self.rail.set_payment_open(self.payment_reason if page.holds_frame else "")
        self.top.show_title(page.title)

    def show_shift(self, shift: Shift | None) -> None:
        """Say which shift is open."""
        self.top.show_shift(shift.number if shift else None)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for a narrow window, or for a regular one."""
        self.rail.set_narrow(is_narrow)
        self.top.set_narrow(is_narrow)

    @Slot()
    def tick(self) -> None:
        """Show the time, now and at each full minute."""
        now = datetime.now(UTC)
        self.top.show_clock(clock_text(now))
        self._clock.start(_MINUTE_MS - now.second * 1000 - now.microsecond // 1000 + 20)

    @Slot(object)
    def on_connection_changed(self, state: ConnectionChanged) -> None:
        """Say how the gateway is reached."""
        if self._till is None:
            return
        if not state.has_network:
            self._look = ConnectionLook.NO_CONNECTION
        elif not state.is_answering:
            self._look = ConnectionLook.NOT_ANSWERING
        elif self._till.is_training:
            self._look = ConnectionLook.SIMULATOR
        else:
            self._look = ConnectionLook.CONNECTED
        self.top.show_connection(self._look, self._till.gateway_name)

    @Slot()
    def _show_connection(self) -> None:
        from pos_app.ui.dialogs.connection_dialog import connection_dialog

        gateway = self._till.gateway_name if self._till else ""
        connection_dialog(self, self._look, gateway).open()
