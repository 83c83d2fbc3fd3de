"""The three cards of the Sell page side by side (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.sales import Item
from pos_app.ui import theme
from pos_app.ui.pages.charge_offer import ChargeOffer
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.pages.sell_amount_card import SellAmountCard
from pos_app.ui.pages.sell_pay_card import SellPayCard
from pos_app.ui.pages.sell_view import SellView
from pos_app.ui.widgets.late_key_guard import LateKeyGuard
from pos_app.ui.widgets.sale_card import SaleCard
from pos_app.ui.widgets.sale_strip import STRIP_HEIGHT, SaleStrip
from pos_app.ui.widgets.tab_order import put_in_order

_STRETCH = (454, 404, 348)


class SellCards(QWidget):
    """Amount, Pay with, This sale; shows a `SellView`.

    Signals:
        note_pressed, clear_pressed, charge_pressed, scan_pressed, retry_pressed: these buttons.
        method_pressed(PaymentMethod): a tile.
    """

    note_pressed = Signal()
    clear_pressed = Signal()
    charge_pressed = Signal()
    scan_pressed = Signal()
    retry_pressed = Signal()
    method_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: tuple[int, int] = (-1, -1)
        self._view: SellView | None = None
        self._amount = SellAmountCard(self)
        self._pay = SellPayCard(self)
        self._sale = SaleCard(self)
        self._offer = ChargeOffer(self._sale.charge)
        self._late = LateKeyGuard(self._sale.charge)
        self._strip = SaleStrip(self)
        self._strip.hide()
        self._row = row = QHBoxLayout()
        theme.size(row, spacing=16)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=10)
        column.addLayout(row, 1)
        column.addWidget(self._strip)
        for card, stretch in zip((self._amount, self._pay, self._sale), _STRETCH, strict=True):
            theme.size(card, min_width=200)
            row.addWidget(card, stretch)
        self._connect_cards()

    def _connect_cards(self) -> None:
        self._strip.opened.connect(self._on_sheet)
        self._amount.note_pressed.connect(self.note_pressed)
        self._amount.items_left.connect(self._on_items_left)
        self._pay.method_pressed.connect(self.method_pressed)
        self._pay.retry_pressed.connect(self.retry_pressed)
        self._sale.clear_pressed.connect(self.clear_pressed)
        self._sale.charge_pressed.connect(self.charge_pressed)
        self._sale.scan.clicked.connect(self.scan_pressed)

    def connect_desk(self, desk: SaleDesk) -> None:
        """Let what is pressed here change the sale."""
        self._amount.connect_desk(desk)
        self._sale.line_pressed.connect(desk.press_line)
        self._sale.quantity_changed.connect(desk.change_quantity)
        self._sale.line_removed.connect(desk.remove_line)

    def set_gateway_name(self, name: str) -> None:
        """Say how the gateway is called in the reasons."""
        self._pay.set_gateway_name(name)
        self._offer.set_gateway_name(name)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show what the store sells."""
        self._amount.show_items(items)

    @Slot(object)
    def show_view(self, view: SellView) -> None:
        """Show everything that depends on the sale."""
        before, self._view = self._view, view
        self._sale.scan.setVisible(view.has_scan)
        self._sale.scan.setEnabled(view.can_scan)
        if before is None or replace(before, is_working=view.is_working) != view:
            self._show_sale(view)
        self._offer.show_view(view)

    def _show_sale(self, view: SellView) -> None:
        self._amount.show_cart(view.cart)
        self._sale.show_cart(view.cart)
        self._strip.show_cart(view.cart)
        self._pay.show_view(view)
        order = (len(view.choices), len(view.cart.lines))
        if order != self._order:
            self._order = order
            put_in_order([*self._amount.stops(), *self._pay.stops(), *self._sale.stops()])

    def show_refusal(self, title: str, text: str, details: str) -> None:
        """Say why a charge could not begin, until something is changed."""
        self._pay.show_refusal(title, text, details)

    @Slot()
    def toggle_items(self) -> None:
        """Show the items, ready to be searched, or the keypad again."""
        self._amount.toggle_items()

    @Slot(int)
    def focus_quantity(self, index: int) -> None:
        """Go to the quantity buttons of an opened line."""
        self._sale.focus_quantity(index)

    def walks_itself(self) -> bool:
        """Whether the focus is where the arrow keys walk between buttons."""
        focused = QApplication.focusWidget()
        return focused is not None and (
            self._amount.walks_itself(focused) or self._pay.walks_itself(focused)
        )

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Fold the sale into a strip at the foot, or stand it beside the rest."""
        if is_narrow == self._strip.isVisibleTo(self):
            return
        self._strip.setVisible(is_narrow)
        if is_narrow:
            self._row.removeWidget(self._sale)
            self._strip.hold(self._sale.charge)
            self._sale.setVisible(self._strip.is_open)
            self._place_sheet()
        else:
            self._sale.take_charge_back()
            self._sale.show()
            self._row.addWidget(self._sale, _STRETCH[-1])

    def showEvent(self, event: QShowEvent) -> None:
        """Let no second press that was meant for the page before charge at once."""
        super().showEvent(event)
        if self._sale.charge.isEnabled():
            self._late.hold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet at the right edge."""
        super().resizeEvent(event)
        self._place_sheet()

    @Slot(bool)
    def _on_sheet(self, is_open: bool) -> None:
        self._sale.setVisible(is_open)
        self._place_sheet()

    def _place_sheet(self) -> None:
        """Lay the folded sale over the right side, above the strip."""
        if not self._strip.isVisibleTo(self):
            return
        width = theme.px(_STRETCH[-1])
        foot = theme.px(STRIP_HEIGHT + 10)
        self._sale.setGeometry(self.width() - width, 0, width, self.height() - foot)
        self._sale.raise_()

    @Slot()
    def _on_items_left(self) -> None:
        page = self.parentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
