"""The tiles of the payment methods (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.domain.methods import PaymentMethod
from pos_app.ui import theme
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.method_tile import MethodTile

_FEW = 6
"""Up to here two columns are enough."""


@dataclass(frozen=True, slots=True)
class TileState:
    """How one tile looks.

    Attributes:
        f_key: number of its F-key, 1 to 9.
        off_reason: "" when it can be chosen; else see `method_words.off_words`.
        currency: ISO 4217 code that the method takes.
    """

    method: PaymentMethod
    f_key: int
    off_reason: str
    currency: str


class MethodGrid(QWidget):
    """Tiles that fill the height: three columns for seven to nine, two for fewer.

    Signals:
        method_pressed: the cashier pressed this tile.
    """

    method_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("methodGrid")
        self._grid = QGridLayout(self)
        theme.size(self._grid, margins=(0, 0, 0, 0), spacing=10)
        self._tiles: dict[PaymentMethod, MethodTile] = {}
        self._arrows = ArrowFocus(self, columns=3)

    def show_tiles(self, states: Sequence[TileState], chosen: PaymentMethod | None) -> None:
        """Show these tiles in their order, `chosen` among them ticked."""
        if [state.method for state in states] != list(self._tiles):
            self._build(states)
        for state in states:
            tile = self._tiles[state.method]
            tile.show_state(off_reason=state.off_reason, currency=state.currency)
            tile.setChecked(state.method is chosen)

    def _build(self, states: Sequence[TileState]) -> None:
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        columns = 2 if len(states) <= _FEW else 3
        self._tiles = {}
        for place, state in enumerate(states):
            tile = MethodTile(state.method, state.f_key, self)
            tile.clicked.connect(self._on_clicked)
            self._grid.addWidget(tile, place // columns, place % columns)
            self._grid.setRowStretch(place // columns, 1)
            self._grid.setColumnStretch(place % columns, 1)
            self._tiles[state.method] = tile
        self._arrows.set_members(list(self._tiles.values()), columns)

    @Slot()
    def _on_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, MethodTile):
            tile.setChecked(True)  # pressing the chosen one again does not take it back
            self.method_pressed.emit(tile.method)
