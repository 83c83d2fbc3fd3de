"""What can be done to the sale on the Sell page, each a step from one view to the next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from pos_app.domain.amount_entry import AmountEntry
from pos_app.domain.cart import Cart
from pos_app.domain.errors import PosAppError
from pos_app.domain.events import ConnectionChanged
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.sales import Item, Sale
from pos_app.services.catalogue import MethodChoice
from pos_app.ui.pages.sell_view import SellView

_NO_CURRENCY = "USD"
"""Shown for the moment until the settings are there."""


class SaleDesk(QObject):
    """Holds the view of the Sell page and is the only one to change it. Knows no widget.

    Signals:
        view_changed(SellView): there is another view.
        limit_reached(): a digit did not fit and was ignored.
    """

    view_changed = Signal(object)
    limit_reached = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = SellView(Cart.empty(_NO_CURRENCY), _NO_CURRENCY)
        self._preferred: PaymentMethod | None = None

    @property
    def view(self) -> SellView:
        """The view as it is."""
        return self._view

    @property
    def cart(self) -> Cart:
        """The cart as it is."""
        return self._view.cart

    def show(self, view: SellView) -> None:
        """Take another view."""
        if view != self._view:
            self._view = view
            self.view_changed.emit(view)

    def show_trouble(self, error: PosAppError | None) -> None:
        """Say that storage failed, so that nothing can be charged; None says that it is over."""
        self.show(replace(self._view, storage_trouble=error))

    @Slot(object)
    def on_connection(self, state: ConnectionChanged) -> None:
        """Offer what the network allows."""
        self.show(replace(self._view, has_network=state.has_network))

    @Slot()
    def stop_working(self) -> None:
        """Let Charge be pressed again."""
        self.show(replace(self._view, is_working=False))

    def keep_record(self, sale_id: int) -> None:
        """Know which recorded sale this is. Nothing of it can be seen, so nothing is drawn."""
        self._view = replace(self._view, cart=self.cart.recorded_as(sale_id))

    def begin(self, view: SellView, preferred: PaymentMethod) -> None:
        """Take the first real view; `preferred` is chosen at the begin of every sale."""
        self._preferred = preferred
        self.show(view)
        self.start_new_sale()

    def take_choices(
        self, choices: tuple[MethodChoice, ...], preferred: PaymentMethod
    ) -> MethodChoice | None:
        """Go on with other payment methods; the cart is kept as it is.

        Returns:
            The method that was chosen for what is in the cart and cannot pay it any more, as it
            is now or was; None where nothing was lost.
        """
        self._preferred = preferred
        lost, view = self._view.choice, replace(self._view, choices=choices)
        chosen = view.usable(preferred if view.cart.is_empty else view.method)
        chosen = chosen or view.usable(preferred)
        self.show(_with_method(replace(view, method=chosen), chosen))
        if lost is None or lost.method is chosen or view.cart.is_empty:
            return None
        return view.choice or lost

    def start_new_sale(self) -> None:
        """Empty the cart and choose the preferred method."""
        empty = replace(self._view, cart=Cart.empty(self._view.store_currency), method=None)
        self.show(_with_method(empty, self._preferred))

    def reopen_sale(self, sale: Sale, method: PaymentMethod) -> None:
        """Put back a recorded sale that `method` was tried for. Money: only one known unpaid."""
        cart = Cart.of(sale, self._view.currency_of(method))
        self._change(cart, method)

    def restore_cart(self, cart: Cart) -> None:
        """Put `cart` in place of this one; a method that cannot take it is let go."""
        self._change(cart, self._view.method)

    @Slot(str)
    def key_digits(self, digits: str) -> None:
        """Key digits of the amount; what does not fit is ignored."""
        self._take(self.cart.entry.with_digits(digits))

    @Slot()
    def key_point(self) -> None:
        """Key the decimal point."""
        self._take(self.cart.entry.with_point())

    @Slot()
    def key_backspace(self) -> None:
        """Take the last key back."""
        self._take(self.cart.entry.without_last())

    @Slot()
    def clear_entry(self) -> None:
        """Clear the amount being keyed."""
        self._take(AmountEntry(self.cart.currency))

    @Slot()
    def add_entry(self) -> None:
        """Make the amount being keyed a line."""
        self.restore_cart(self.cart.with_entry_added())

    @Slot(object)
    def add_item(self, item: Item) -> None:
        """Add one piece of `item`, if the sale takes its currency."""
        if self.cart.takes(item.price.currency):
            self.restore_cart(self.cart.with_item(item))

    @Slot(str)
    def write_note(self, note: str) -> None:
        """Write the sale's note."""
        self.restore_cart(self.cart.with_note(note))

    @Slot(int)
    def press_line(self, index: int) -> None:
        """Open a line for changes, or close it again."""
        is_open = self.cart.selected == index
        self.restore_cart(self.cart.selecting(None if is_open else index))

    @Slot(int, int)
    def change_quantity(self, index: int, quantity: int) -> None:
        """Set how many of a line there are."""
        self.restore_cart(self.cart.with_quantity(index, quantity))

    @Slot(int)
    def remove_line(self, index: int) -> None:
        """Take a line out."""
        self.restore_cart(self.cart.without_line(index))

    def close_line(self) -> None:
        """Close the opened line."""
        self.restore_cart(self.cart.selecting(None))

    def walk_lines(self, step: int) -> None:
        """Open the next line down (1) or up (-1)."""
        self.restore_cart(self.cart.selecting_next(step))

    def key_quantity(self) -> int | None:
        """Set the quantity of the opened line, or the last one, to the number keyed.

        Returns:
            The line, when nothing was keyed: it is opened, and its own buttons are next.
        """
        cart = self.cart
        if not cart.lines:
            return None
        index = len(cart.lines) - 1 if cart.selected is None else cart.selected
        opened = cart.selecting(index)
        if cart.entry.is_empty:
            self.restore_cart(opened)
            return index
        if cart.entry.decimals is None:
            cleared = opened.keyed(AmountEntry(cart.currency))
            self.restore_cart(cleared.with_quantity(index, int(cart.entry.digits)))
        return None

    def delete(self) -> None:
        """Clear the amount being keyed, or else take the opened line out."""
        if not self.cart.entry.is_empty:
            self.clear_entry()
        elif self.cart.selected is not None:
            self.remove_line(self.cart.selected)

    @Slot(object)
    def choose_method(self, method: PaymentMethod) -> None:
        """Choose how to pay; an empty cart takes the method's currency."""
        self.show(_with_method(self._view, method))

    def _take(self, entry: AmountEntry | None) -> None:
        if entry is None:
            self.limit_reached.emit()
        else:
            self.restore_cart(self.cart.keyed(entry))

    def _change(self, cart: Cart, method: PaymentMethod | None) -> None:
        """Take `cart` with `method`, or with what can take its currency, or with none."""
        view = replace(self._view, cart=cart, method=method)
        chosen = view.usable(method)
        if chosen is None and not cart.is_empty:
            chosen = view.usable(self._preferred)
        view = replace(view, method=chosen)
        self.show(view if chosen is None else _with_method(view, chosen))


def _with_method(view: SellView, method: PaymentMethod | None) -> SellView:
    chosen = view.usable(method)
    if chosen is None:
        return view
    return replace(view, method=chosen, cart=view.cart.in_currency(view.currency_of(chosen)))
