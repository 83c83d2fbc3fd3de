"""The frame around the pages: rail, training band, top bar, attention bar, page stack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui import theme
from pos_app.ui.format import clock_text

if TYPE_CHECKING:
    from pos_app.domain.events import ConnectionChanged
    from pos_app.domain.shifts import Shift
    from pos_app.services.till import Till
    from pos_app.ui.pages.page import Page
    from pos_app.ui.widgets.top_bar import ConnectionLook
    from pos_app.ui.widgets.training_band import TrainingBand
    from pos_app.ui.window.bars import Bars

_MINUTE_MS = 60_000
_LIT_FOR: Mapping[str, str] = MappingProxyType({"payment": "sell", "scan": "sell"})
"""Pages without an item of their own on the rail, and the item that is lit for them."""


class Frame(QWidget):
    """Everything round the page; it shows what it is told and decides nothing.

    Only the page stack and the training band are there at once, for the Lock page; `complete`
    adds what goes round the other pages.
    """

    def __init__(self, parent: QWidget, *, is_training: bool) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("pageStack")
        self.band: TrainingBand | None = None
        self._bars: Bars | None = None
        self._till: Till | None = None
        self._is_narrow = False
        self._look: ConnectionLook | None = None
        self._row = QHBoxLayout(self)
        theme.size(self._row, margins=(0, 0, 0, 0), spacing=0)
        self._column = QVBoxLayout()
        theme.size(self._column, spacing=0)
        self._row.addLayout(self._column, 1)
        self._column.addWidget(self.stack, 1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.tick)
        self.payment_reason = self.tr("Finish or put aside this payment first.")
        if is_training:
            self._show_band()

    @property
    def bars(self) -> Bars:
        """Rail, top bar and attention bar; made when first asked for, after the first paint."""
        if self._bars is None:
            from pos_app.ui.window.bars import Bars

            self._bars = Bars(self)
            self._row.insertWidget(0, self._bars.rail)
            place = 0 if self.band is None else 1
            self._column.insertWidget(place, self._bars.top)
            self._column.insertWidget(place + 1, self._bars.attention)
            self._bars.top.connection_pressed.connect(self._show_connection)
            self._bars.set_narrow(self._is_narrow)
        return self._bars

    def _show_band(self) -> None:
        if self.band is None:
            from pos_app.ui.widgets.training_band import TrainingBand

            self.band = TrainingBand(self)
            self._column.insertWidget(0, self.band)

    def show_till(self, till: Till) -> None:
        """Say whose till this is and how it reaches its gateway."""
        self._till = till
        store = till.settings.store
        self.bars.top.show_store(store.name, store.register)
        if till.is_training:
            self._show_band()
        if self.band is not None:
            self.band.setVisible(till.is_training)
        self.name_services()
        self.on_connection_changed(till.connection.state)

    @Slot()
    def name_services(self) -> None:
        """Name the payment services in use on the training band; other settings bring others."""
        if self._till is not None and self.band is not None:
            self.band.show_services(self._till.settings.service_names)

    def show_page(self, name: str, page: Page) -> None:
        """Bring rail and bars in line with the page on the screen."""
        if self._bars is None and not page.is_framed:
            return
        bars = self.bars
        bars.set_shown(page.is_framed)
        bars.rail.set_current(_LIT_FOR.get(name, name))
        bars.rail.set_payment_open(self.payment_reason if page.holds_frame else "")
        bars.top.show_title(page.title)

    def show_shift(self, shift: Shift | None) -> None:
        """Say which shift is open."""
        self.bars.top.show_shift(shift.number if shift else None)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for a narrow window, or for a regular one."""
        self._is_narrow = is_narrow
        if self._bars is not None:
            self._bars.set_narrow(is_narrow)

    @Slot()
    def tick(self) -> None:
        """Show the time, now and at each full minute."""
        now = datetime.now(UTC)
        self.bars.top.show_clock(clock_text(now))
        self._clock.start(_MINUTE_MS - now.second * 1000 - now.microsecond // 1000 + 20)

    @Slot(object)
    def on_connection_changed(self, state: ConnectionChanged) -> None:
        """Say how the gateway is reached."""
        if self._till is None:
            return
        from pos_app.ui.widgets.top_bar import look_of

        self._look = look_of(state, is_training=self._till.is_training)
        if state.is_known or self._till.is_training:
            self.bars.top.show_connection(self._look, self._till.gateway_name)

    @Slot()
    def _show_connection(self) -> None:
        from pos_app.ui.dialogs.connection_dialog import connection_dialog

        if self._till is not None and self._look is not None:
            receiver = self._till.receiving.view()
            connection_dialog(self, self._look, self._till.gateway_name, receiver).open()
