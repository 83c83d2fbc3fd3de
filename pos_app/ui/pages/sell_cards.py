"""The three cards of the Sell page side by side (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.currencies import minor_digits
from pos_app.domain.sales import Item
from pos_app.ui import theme
from pos_app.ui.errors import explain
from pos_app.ui.format import amount_text
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.pages.sell_view import Offer, SellView
from pos_app.ui.widgets.amount_display import AmountDisplay
from pos_app.ui.widgets.item_grid import ItemGrid
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.label import Label
from pos_app.ui.widgets.late_key_guard import LateKeyGuard
from pos_app.ui.widgets.method_grid import MethodGrid, TileState
from pos_app.ui.widgets.method_hint import MethodHint
from pos_app.ui.widgets.method_words import method_name
from pos_app.ui.widgets.sale_card import SaleCard
from pos_app.ui.widgets.sale_strip import STRIP_HEIGHT, SaleStrip
from pos_app.ui.widgets.segment import Segment
from pos_app.ui.widgets.tab_order import put_in_order, stops_in
from pos_app.ui.widgets.trouble_banner import TroubleBanner

_STRETCH = (454, 404, 348)
WORKING_AFTER_MS = 100
"""Charge is off at once, and says why only when the answer takes longer than that."""
_ITEMS = "entryModeItems"
_KEYPAD = "entryModeKeypad"


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
        self._gateway_name = ""
        self._order: tuple[int, int] = (-1, -1)
        self._view: SellView | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(WORKING_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_over)
        self._segment = Segment(((_KEYPAD, self.tr("Keypad")), (_ITEMS, self.tr("Items"))), self)
        self._display = AmountDisplay(self)
        self._keypad = Keypad(self)
        self._items = ItemGrid(self)
        self._methods = MethodGrid(self)
        self._hint = MethodHint(self)
        self._trouble = TroubleBanner(self)
        self._sale = SaleCard(self)
        self._late = LateKeyGuard(self._sale.charge)
        self._strip = SaleStrip(self)
        self._strip.hide()
        self._strip.opened.connect(self._on_sheet)
        self._row = row = QHBoxLayout()
        theme.size(row, spacing=16)
        column = QVBoxLayout(self)
        theme.size(column, margins=(0, 0, 0, 0), spacing=10)
        column.addLayout(row, 1)
        column.addWidget(self._strip)
        for card, stretch in zip(
            (self._amount_card(), self._pay_card(), self._sale), _STRETCH, strict=True
        ):
            theme.size(card, min_width=200)
            row.addWidget(card, stretch)
        self._segment.chosen.connect(self._on_mode)
        self._display.note_pressed.connect(self.note_pressed)
        self._methods.method_pressed.connect(self.method_pressed)
        self._sale.clear_pressed.connect(self.clear_pressed)
        self._sale.charge_pressed.connect(self.charge_pressed)
        self._sale.scan.clicked.connect(self.scan_pressed)
        self._trouble.retry_pressed.connect(self.retry_pressed)

    def connect_desk(self, desk: SaleDesk) -> None:
        """Let what is pressed here change the sale."""
        self._keypad.digits_keyed.connect(desk.key_digits)
        self._keypad.point_keyed.connect(desk.key_point)
        self._keypad.backspace_keyed.connect(desk.key_backspace)
        self._keypad.clear_keyed.connect(desk.clear_entry)
        self._keypad.add_keyed.connect(desk.add_entry)
        self._items.item_pressed.connect(desk.add_item)
        self._sale.line_pressed.connect(desk.press_line)
        self._sale.quantity_changed.connect(desk.change_quantity)
        self._sale.line_removed.connect(desk.remove_line)

    def set_gateway_name(self, name: str) -> None:
        """Say how the gateway is called in the reasons."""
        self._gateway_name = name

    def show_items(self, items: Sequence[Item]) -> None:
        """Show what the store sells."""
        self._items.show_items(items)

    @Slot(object)
    def show_view(self, view: SellView) -> None:
        """Show everything that depends on the sale."""
        before, self._view = self._view, view
        self._sale.scan.setVisible(view.has_scan)
        self._sale.scan.setEnabled(view.can_scan)
        if before is None or replace(before, is_working=view.is_working) != view:
            self._show_sale(view)
        if view.offer is Offer.WORKING:
            self._sale.charge.setEnabled(False)
            self._patience.start()
        else:
            self._patience.stop()
            self._show_offer(view)

    def _show_sale(self, view: SellView) -> None:
        cart = view.cart
        self._display.show_entry(cart.entry)
        self._display.show_note(cart.note)
        self._keypad.set_has_point(minor_digits(cart.currency) > 0)
        adding = self.tr("Add {amount} to the sale")
        self._keypad.set_add_name(adding.format(amount=amount_text(cart.entry.amount)))
        self._items.show_cart(cart)
        self._methods.show_tiles(
            [
                TileState(one.method, one.f_key, view.off_reason(one), one.currency)
                for one in view.choices
            ],
            view.method,
        )
        self._sale.show_cart(cart)
        self._strip.show_cart(cart)
        self._show_banner(view)
        order = (len(view.choices), len(cart.lines))
        if order != self._order:
            self._order = order
            self._order_tabs()

    def show_refusal(self, title: str, text: str, details: str) -> None:
        """Say why a charge could not begin, until something is changed."""
        self._trouble.show_trouble("bad", "warning", title, text, details=details)
        self._put_banner(is_trouble=True)

    @Slot()
    def toggle_items(self) -> None:
        """Show the items, ready to be searched, or the keypad again."""
        self._segment.choose(_KEYPAD if self._segment.current == _ITEMS else _ITEMS)
        if self._segment.current == _ITEMS:
            self._items.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def focus_quantity(self, index: int) -> None:
        """Go to the quantity buttons of an opened line."""
        self._sale.focus_quantity(index)

    def walks_itself(self) -> bool:
        """Whether the focus is where the arrow keys walk between buttons."""
        focused = QApplication.focusWidget()
        groups = (self._segment, self._keypad, self._methods, self._items)
        return focused is not None and any(one.isAncestorOf(focused) for one in groups)

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

    def _amount_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", True)
        self._modes = QStackedWidget(card)
        self._modes.addWidget(self._keypad)
        self._modes.addWidget(self._items)
        column = QVBoxLayout(card)
        theme.size(column, margins=(18, 18, 18, 18), spacing=14)
        column.addWidget(self._segment)
        column.addWidget(self._display)
        column.addWidget(self._modes, 1)
        return card

    def _pay_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", True)
        title = Label(self.tr("Pay with"), "h2", parent=card)
        theme.size(title, height=26)
        column = QVBoxLayout(card)
        theme.size(column, margins=(18, 18, 18, 18), spacing=14)
        column.addWidget(title)
        column.addWidget(self._methods, 1)
        column.addWidget(self._hint)
        column.addWidget(self._trouble)
        return card

    @Slot()
    def _on_patience_over(self) -> None:
        if self._view is not None:
            self._show_offer(self._view)

    def _show_offer(self, view: SellView) -> None:
        button, amount = self._sale.charge, amount_text(view.cart.total)
        charge = self.tr("Charge")
        reasons = {
            Offer.KEY_AMOUNT: self.tr("Key an amount"),
            Offer.CHOOSE_METHOD: self.tr("Choose how to pay"),
            Offer.NO_CONNECTION: self.tr("No connection to {gateway}").format(
                gateway=self._gateway_name
            ),
            Offer.CANNOT_SAVE: self.tr("This register can’t save sales"),
            Offer.WORKING: self.tr("One moment"),
            Offer.NOT_READY: self.tr("Starting"),
        }
        if view.cart.total:
            charge = self.tr("Charge {amount}").format(amount=amount)
        if view.offer is Offer.OPEN_SHIFT:
            button.show_on(self.tr("Open a shift to start selling"))
        elif view.offer is Offer.CHARGE and view.choice is not None:
            method = method_name(view.choice.traits)
            button.show_on(charge, self.tr("with {method}").format(method=method))
            spoken = self.tr("Charge {amount} with {method}")
            button.setAccessibleName(spoken.format(amount=amount, method=method))
        else:
            button.show_off(charge, reasons[view.offer])

    def _show_banner(self, view: SellView) -> None:
        self._hint.show_choice(view.choice)
        if view.storage_trouble is not None:
            words = explain(view.storage_trouble, self._gateway_name)
            self.show_refusal(words.happened, words.text, words.details)
        elif view.is_ready and not view.has_network:
            self._trouble.show_trouble(
                "warn", "wifi-off",
                self.tr("No connection to {gateway}").format(gateway=self._gateway_name),
                self.tr(
                    "You can keep adding items. "
                    "Charging starts again when the connection is back."
                ),
            )  # fmt: skip
            self._put_banner(is_trouble=True)
        else:
            self._put_banner(is_trouble=False)

    def _put_banner(self, *, is_trouble: bool) -> None:
        self._trouble.setVisible(is_trouble)
        if is_trouble:
            policy = self._hint.sizePolicy()
            policy.setRetainSizeWhenHidden(False)
            self._hint.setSizePolicy(policy)
            self._hint.hide()

    @Slot(str)
    def _on_mode(self, name: str) -> None:
        is_items = name == _ITEMS
        page = self.parentWidget()
        if self._items.search.hasFocus() and page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt picks a button for Enter
        self._modes.setCurrentWidget(self._items if is_items else self._keypad)

    def _order_tabs(self) -> None:
        amount = stops_in(self._segment, self._display, self._keypad, self._items)
        pay = stops_in(self._methods, self._trouble)
        put_in_order([*amount, *pay, *self._sale.stops()])
