"""The Sell page's first card: an amount is keyed, or items are tapped (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from pos_app.domain.cart import Cart
from pos_app.domain.currencies import minor_digits
from pos_app.domain.sales import Item
from pos_app.ui import theme
from pos_app.ui.format import amount_text
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.widgets.amount_display import AmountDisplay
from pos_app.ui.widgets.item_grid import ItemGrid
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.segment import Segment
from pos_app.ui.widgets.tab_order import stops_in

_ITEMS = "entryModeItems"
_KEYPAD = "entryModeKeypad"


class SellAmountCard(QFrame):
    """Keypad or items under the amount; one of the two is on top.

    Signals:
        note_pressed: the note's button.
        items_left: the items go while their search has the focus; Qt would pick a button for it,
            and Enter would press that one.
    """

    note_pressed = Signal()
    items_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._segment = Segment(((_KEYPAD, self.tr("Keypad")), (_ITEMS, self.tr("Items"))), self)
        self._display = AmountDisplay(self)
        self._keypad = Keypad(self)
        self._items = ItemGrid(self)
        self._modes = QStackedWidget(self)
        self._modes.addWidget(self._keypad)
        self._modes.addWidget(self._items)
        column = QVBoxLayout(self)
        theme.size(column, margins=(18, 18, 18, 18), spacing=14)
        column.addWidget(self._segment)
        column.addWidget(self._display)
        column.addWidget(self._modes, 1)
        self._segment.chosen.connect(self._on_mode)
        self._display.note_pressed.connect(self.note_pressed)

    def connect_desk(self, desk: SaleDesk) -> None:
        """Let what is pressed here change the sale."""
        self._keypad.digits_keyed.connect(desk.key_digits)
        self._keypad.point_keyed.connect(desk.key_point)
        self._keypad.backspace_keyed.connect(desk.key_backspace)
        self._keypad.clear_keyed.connect(desk.clear_entry)
        self._keypad.add_keyed.connect(desk.add_entry)
        self._items.item_pressed.connect(desk.add_item)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show what the store sells."""
        self._items.show_items(items)

    def show_cart(self, cart: Cart) -> None:
        """Show the amount being keyed, the note, and which items may join the sale."""
        self._display.show_entry(cart.entry)
        self._display.show_note(cart.note)
        self._keypad.set_has_point(minor_digits(cart.currency) > 0)
        adding = self.tr("Add {amount} to the sale")
        self._keypad.set_add_name(adding.format(amount=amount_text(cart.entry.amount)))
        self._items.show_cart(cart)

    @Slot()
    def toggle_items(self) -> None:
        """Show the items, ready to be searched, or the keypad again."""
        self._segment.choose(_KEYPAD if self._segment.current == _ITEMS else _ITEMS)
        if self._segment.current == _ITEMS:
            self._items.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stops(self) -> list[QWidget]:
        """Return what Tab reaches here, in reading order."""
        return stops_in(self._segment, self._display, self._keypad, self._items)

    def walks_itself(self, focused: QWidget) -> bool:
        """Whether the arrow keys walk between buttons where `focused` is."""
        return any(one.isAncestorOf(focused) for one in (self._segment, self._keypad, self._items))

    @Slot(str)
    def _on_mode(self, name: str) -> None:
        if self._items.search.hasFocus():
            self.items_left.emit()
        self._modes.setCurrentWidget(self._items if name == _ITEMS else self._keypad)
