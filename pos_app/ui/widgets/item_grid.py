"""The items of the store as tiles: search, three columns, pages (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.cart import Cart
from pos_app.domain.currencies import mark
from pos_app.domain.sales import Item
from pos_app.ui import icons, theme
from pos_app.ui.format import amount_text
from pos_app.ui.widgets.arrow_focus import ArrowFocus
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.short_label import ShortLabel
from pos_app.ui.widgets.tab_order import put_in_order

_COLUMNS = 3
_TILE = 96
_GAP = 10


class ItemTile(QToolButton):
    """One item: name and price. Off while the sale is in another currency."""

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setProperty("tile", True)
        theme.size(self, height=_TILE)
        self.setMinimumWidth(1)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)
        name = ShortLabel(item.name, "bodyStrong", lines=2, parent=self)
        self._price = Label(role="caption", shade="muted3", parent=self)
        column = QVBoxLayout(self)
        theme.size(column, margins=(10, 8, 10, 8), spacing=4)
        for label in (name, self._price):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            theme.see_through(label)
            column.addWidget(label)
        self.setAccessibleName(f"{item.name}, {amount_text(item.price)}")

    def show_usable(self, *, is_usable: bool) -> None:
        """Switch it on, or off with the currency as the reason."""
        self.setEnabled(is_usable)
        only = self.tr("{currency} only").format(currency=mark(self.item.price.currency))
        self._price.setText(amount_text(self.item.price) if is_usable else only)


class ItemGrid(QWidget):
    """Search field, tiles of one page, and the pages.

    Signals:
        item_pressed(Item): the cashier adds this item.
    """

    item_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._cart: Cart | None = None
        self._page = 0
        self._tiles: list[ItemTile] = []
        self.search = QLineEdit(self)
        self.search.setObjectName("itemSearchEdit")
        self.search.setProperty("field", True)
        self.search.setPlaceholderText(self.tr("Search items"))
        self.search.setAccessibleName(self.tr("Search items"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_return)
        self._empty = Label("", "body", "muted3", wraps=True, parent=self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._holder = QWidget(self)
        self._holder.setObjectName("itemGrid")
        self._grid = QGridLayout(self._holder)
        theme.size(self._grid, margins=(0, 0, 0, 0), spacing=_GAP)
        for column_number in range(_COLUMNS):
            self._grid.setColumnStretch(column_number, 1)
        self._arrows = ArrowFocus(self, columns=_COLUMNS)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=12)
        column.addWidget(self.search)
        column.addWidget(self._holder)
        column.addWidget(self._empty, 1)
        column.addStretch(0)
        column.addWidget(self._pages())
        self._fill()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these items, in their order."""
        self._items = tuple(items)
        self._page = 0
        self._fill()

    def show_cart(self, cart: Cart) -> None:
        """Switch off what the cart cannot take: a sale has one currency."""
        self._cart = cart
        for tile in self._tiles:
            tile.show_usable(is_usable=cart.takes(tile.item.price.currency))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit as many rows as there is room for."""
        super().resizeEvent(event)
        self._fill()

    @property
    def _shown(self) -> list[Item]:
        wanted = self.search.text().strip().casefold()
        return [item for item in self._items if wanted in item.name.casefold()]

    def _per_page(self) -> int:
        taken = self.search.sizeHint().height() + theme.px(52 + 4 * _GAP)
        rows = (self.height() - taken + theme.px(_GAP)) // theme.px(_TILE + _GAP)
        return max(1, rows) * _COLUMNS

    def _fill(self) -> None:
        shown, size = self._shown, self._per_page()
        pages = max(1, -(-len(shown) // size))
        self._page = min(self._page, pages - 1)
        for old in self._tiles:
            self._grid.removeWidget(old)
            old.hide()
            old.setObjectName("")
            old.deleteLater()
        self._tiles = []
        first = self._page * size
        for place, item in enumerate(shown[first : first + size]):
            tile = ItemTile(item, self._holder)
            tile.setObjectName(f"itemTile_{first + place + 1}")
            tile.clicked.connect(self._on_clicked)
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            tile.show_usable(is_usable=self._cart is None or self._cart.takes(item.price.currency))
            self._tiles.append(tile)
        self._arrows.set_members(self._tiles)
        put_in_order([self.search, *self._tiles, self._back, self._on])
        self._say_pages(pages)
        nothing = self.tr("No items yet. A manager can add them in Settings.")
        no_match = self.tr("Nothing matches. Try fewer words.")
        self._empty.setText(no_match if self._items else nothing)
        self._empty.setVisible(not shown)
        self._holder.setVisible(bool(shown))

    def _say_pages(self, pages: int) -> None:
        words = self.tr("Page {page} of {pages}")
        self._where.setText(words.format(page=self._page + 1, pages=pages))
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page + 1 < pages)
        self._pager.setVisible(pages > 1)

    def _pages(self) -> QWidget:
        self._pager = QWidget(self)
        row = QHBoxLayout(self._pager)
        theme.size(row, margins=(0, 0, 0, 0), spacing=12)
        self._back = self._page_button("chevron-left", self.tr("Page before"))
        self._back.clicked.connect(self._on_back)
        self._on = self._page_button("chevron-right", self.tr("Next page"))
        self._on.clicked.connect(self._on_forward)
        self._where = Label(role="body", shade="muted", parent=self._pager)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._back)
        row.addWidget(self._where, 1)
        row.addWidget(self._on)
        return self._pager

    def _page_button(self, icon_name: str, spoken: str) -> QPushButton:
        button = QPushButton(self._pager)
        button.setProperty("kind", "secondary")
        button.setIcon(icons.icon(icon_name, "text"))
        button.setAccessibleName(spoken)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.size(button, icon=20, width=72)
        return button

    @Slot()
    def _on_searched(self) -> None:
        self._page = 0
        self._fill()

    @Slot()
    def _on_return(self) -> None:
        """Take the item with this barcode, or the only one that is left."""
        text = self.search.text().strip()
        found = [item for item in self._items if text and item.barcode == text] or self._shown
        if len(found) == 1:
            self.search.clear()
            self.item_pressed.emit(found[0])

    @Slot()
    def _on_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, ItemTile):
            self.item_pressed.emit(tile.item)

    @Slot()
    def _on_back(self) -> None:
        self._page -= 1
        self._fill()

    @Slot()
    def _on_forward(self) -> None:
        self._page += 1
        self._fill()
