"""Sell: amount or items, method, charge (ux.md 6.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.cart import Cart
from pos_app.domain.customer_codes import CustomerCode, read_code
from pos_app.domain.methods import PaymentMethod
from pos_app.domain.people import Person
from pos_app.domain.sales import Item, Sale
from pos_app.domain.shifts import Shift
from pos_app.ui import theme
from pos_app.ui.errors import Explanation
from pos_app.ui.pages.page import Page, Shortcut
from pos_app.ui.pages.sale_desk import SaleDesk
from pos_app.ui.pages.sell_cards import SellCards
from pos_app.ui.pages.sell_charging import SellCharging
from pos_app.ui.pages.sell_keys import SellKeys
from pos_app.ui.pages.sell_methods import SellMethods
from pos_app.ui.pages.sell_questions import SellQuestions
from pos_app.ui.pages.sell_view import SellView
from pos_app.ui.widgets.scan_guard import now_ms

if TYPE_CHECKING:
    from pos_app.services.till import Till
    from pos_app.ui.background import Background, EventBridge


class SellPage(Page):
    """Puts a sale together and charges it.

    The cart stays through lock, unlock and trips to other pages. It goes when its charge is paid,
    put aside or stopped, and on `start_new_sale`.

    Args:
        now_ms: monotonic milliseconds, to tell a scanner from a person.

    Signals:
        charge_started(Charge): the intent is on disk; the payment page sends it.
        scan_wanted(Money): the customer's code is to be scanned for this total.
        shift_opened(Shift): a shift was opened here.
    """

    charge_started = Signal(object)
    scan_wanted = Signal(object)
    shift_opened = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, now_ms: Callable[[], int] = now_ms
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sellPage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._till: Till | None = None
        self._background: Background | None = None
        self._items: tuple[Item, ...] = ()
        self._desk = SaleDesk(self)
        self._cards = SellCards(self)
        self._keys = SellKeys(self._desk, self._cards.walks_itself, now_ms, self)
        self._charging = SellCharging(self, self._desk)
        self._methods = SellMethods(self._desk, self)
        self._questions = SellQuestions(self, self._desk)
        column = QVBoxLayout(self)
        theme.size(column, margins=(16, 16, 16, 16), spacing=0)
        column.addWidget(self._cards)
        self._connect_parts()
        self._connect_charging()
        self._cards.show_view(self._desk.view)

    def _connect_parts(self) -> None:
        self._desk.view_changed.connect(self._cards.show_view)
        self._desk.limit_reached.connect(self._on_limit)
        self._cards.connect_desk(self._desk)
        self._cards.note_pressed.connect(self._questions.ask_note)
        self._cards.method_pressed.connect(self._methods.choose)
        self._cards.clear_pressed.connect(self.clear_sale)
        self._cards.charge_pressed.connect(self._charging.press_charge)
        self._cards.scan_pressed.connect(self.press_scan)
        self._cards.retry_pressed.connect(self._on_retry)
        self._keys.charge_keyed.connect(self._charging.press_charge)
        self._keys.scan_keyed.connect(self.press_scan)
        self._keys.escape_keyed.connect(self._questions.give_up)
        self._keys.items_keyed.connect(self._cards.toggle_items)
        self._keys.f_keyed.connect(self._methods.press_key)
        self._keys.quantity_wanted.connect(self._cards.focus_quantity)
        self._keys.scanned.connect(self._on_scanned)
        self._questions.clearing_confirmed.connect(self.clear_sale)

    def _connect_charging(self) -> None:
        self._charging.started.connect(self.charge_started)
        self._charging.scan_wanted.connect(self.scan_wanted)
        self._charging.shift_opened.connect(self.shift_opened)
        self._charging.open_payment_wanted.connect(self.payment_requested)
        self._charging.refused.connect(self._on_refused)
        self._charging.sale_over.connect(self.start_new_sale)
        self._charging.toast_wanted.connect(self.toast_requested)
        self._charging.sound_wanted.connect(self.sound_requested)
        self._methods.charge_wanted.connect(self._charging.press_charge)
        self._methods.toast_wanted.connect(self.toast_requested)
        self._methods.sound_wanted.connect(self.sound_requested)

    @property
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Sell")

    @property
    def cart(self) -> Cart:
        """The cart as it is."""
        return self._desk.cart

    def set_person(self, person: Person) -> None:
        """Say who sells from now on; the cart is kept."""
        self._charging.set_person(person)

    def connect_till(self, till: Till, background: Background, events: EventBridge) -> None:
        """Keep the services and ask them for items and shift."""
        self._till, self._background = till, background
        self._charging.connect_till(till, background, events)
        events.connection_changed.connect(self._desk.on_connection)
        self._methods.connect_till(till, events)
        events.settings_changed.connect(self._look_for_scan)
        events.services_changed.connect(self._look_for_scan)
        self._cards.set_gateway_name(till.gateway_name)
        currency, methods = till.settings.store.currency, till.settings.methods
        view = replace(
            self._desk.view,
            cart=Cart.empty(currency),
            store_currency=currency,
            choices=till.catalogue.methods(),
            is_ready=True,
            has_network=till.connection.state.has_network,
        )
        self._desk.begin(view, methods.preferred)
        self._load()

    def shown(self) -> None:
        """Come up: look whether a shift is open and what is sold."""
        self._charging.take_up()
        self._load()

    def focus_first(self) -> None:
        """Take the focus on the page itself, so that Enter charges."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, is_narrow: bool) -> None:
        """Fold the sale into a strip at the foot, or stand it beside the rest."""
        self._cards.set_narrow(is_narrow=is_narrow)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Return the keys of this page."""
        return self._keys.shortcuts()

    def handle_key(self, event: QKeyEvent) -> bool:
        """Use a key as ux.md 6.2 says, wherever the focus is."""
        return self._keys.handle(event)

    @Slot()
    def start_new_sale(self) -> None:
        """Empty the cart and choose the store's default method."""
        self._charging.let_go()
        self._desk.start_new_sale()

    def reopen_sale(self, sale: Sale, method: PaymentMethod) -> None:
        """Put back a recorded sale that `method` was tried for. Money: only one known unpaid."""
        self._charging.let_go()
        self._desk.reopen_sale(sale, method)

    @Slot()
    def clear_sale(self) -> None:
        """Empty the cart; lines can be brought back from the toast."""
        before = self._desk.view
        self.start_new_sale()
        if before.cart.lines:
            undo = partial(self._undo_clear, before)
            self.action_toast_requested.emit(self.tr("Sale cleared"), self.tr("Undo"), undo)

    @Slot()
    def press_scan(self) -> None:
        """Have the customer's code scanned; nothing happens where that cannot be charged."""
        self._charging.press_scan()

    def charge_code(self, code: CustomerCode) -> None:
        """Charge the sale by a code that was scanned. It is sent once, after the intent."""
        self._charging.charge_code(code)

    def _load(self) -> None:
        if self._till is None or self._background is None:
            return
        run = self._background.run
        run(self._till.shifts.current, self._on_shift, self._desk.show_trouble, owner=self)
        run(self._till.catalogue.items, self._on_items, owner=self)
        self._look_for_scan()

    @Slot()
    def _look_for_scan(self) -> None:
        assert self._till is not None
        assert self._background is not None
        run = self._background.run
        run(self._till.taking.is_set_up, self._on_scan_set_up, owner=self)

    def _on_scan_set_up(self, is_set_up: bool) -> None:
        self._desk.show(replace(self._desk.view, has_scan=is_set_up))

    def _on_shift(self, shift: Shift | None) -> None:
        self._desk.show(replace(self._desk.view, has_shift=shift is not None))

    def _on_items(self, items: tuple[Item, ...]) -> None:
        if items != self._items:
            self._items = items
            self._cards.show_items(items)

    @Slot(object)
    def _on_refused(self, words: Explanation) -> None:
        self._cards.show_refusal(words.happened, words.text, words.details)

    @Slot()
    def _on_retry(self) -> None:
        self._desk.show_trouble(None)
        self._load()

    @Slot(str)
    def _on_scanned(self, code: str) -> None:
        found = next((item for item in self._items if item.barcode == code), None)
        if found is not None:
            self._desk.add_item(found)
            return
        self.sound_requested.emit("limit")
        if read_code(code) is None:
            self.toast_requested.emit(self.tr("No item with that barcode"))
        elif self._desk.view.can_scan:
            words = self.tr("That’s a customer’s payment code. Nothing was charged.")
            name = self.tr("Scan customer’s code")
            self.action_toast_requested.emit(words, name, self.press_scan)
        else:
            words = self.tr(
                "That’s a customer’s payment code. Nothing was charged. Key an amount first."
            )
            self.toast_requested.emit(words)

    @Slot()
    def _on_limit(self) -> None:
        if not self._keys.looks_like_scan:
            self.sound_requested.emit("limit")

    def _undo_clear(self, before: SellView) -> None:
        """Bring the lines back, unless another sale has begun meanwhile."""
        if self.cart.is_empty:
            now = self._desk.view
            self._desk.show(replace(now, cart=before.cart, method=before.method))
