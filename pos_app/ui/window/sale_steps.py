"""The way of a sale from page to page: Sell, scan, payment, and Sell again (ux.md 6.2, 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.customer_codes import CustomerCode
    from pos_app.domain.money import Money
    from pos_app.domain.sales import Sale
    from pos_app.services.till import Till
    from pos_app.ui.pages.page import Page
    from pos_app.ui.window.pages import Pages


class SaleSteps(QObject):
    """Hands a sale from one page to the next.

    Attributes:
        charge_id: the charge whose payment page is on the screen; None elsewhere.

    Signals:
        page_wanted(str): the next step is on this page, which is ready for it.
        payment_wanted(int): the next step is the payment of this charge.
    """

    page_wanted = Signal(str)
    payment_wanted = Signal(int)

    def __init__(self, parent: QObject, pages: Pages) -> None:
        super().__init__(parent)
        self.charge_id: int | None = None
        self._pages = pages
        self._till: Till | None = None

    def connect_till(self, till: Till) -> None:
        """Keep the services."""
        self._till = till

    def wire(self, name: str, page: Page) -> None:
        """Connect the signals that only the pages of a sale have."""
        slots: dict[str, dict[str, Any]] = {
            "sell": {
                "charge_started": self._on_charge_started,
                "scan_wanted": self._on_scan_wanted,
            },
            "payment": {
                "sale_returned": self._on_sale_returned,
                "new_sale_requested": self._on_new_sale_requested,
                "scan_wanted": self._on_scan_wanted_again,
            },
            "scan": {"code_read": self._on_code_read},
        }
        for signal, slot in slots.get(name, {}).items():
            getattr(page, signal).connect(slot)

    @Slot(object)
    def _on_charge_started(self, charge: Charge) -> None:
        self.payment_wanted.emit(charge.id)

    @Slot(object)
    def _on_sale_returned(self, sale: Sale) -> None:
        if self._till is not None and self.charge_id is not None:
            method = self._till.payments.view(self.charge_id).charge.method
            self._pages.sell().reopen_sale(sale, method)
        self.page_wanted.emit("sell")

    @Slot()
    def _on_new_sale_requested(self) -> None:
        self._pages.sell().start_new_sale()
        self.page_wanted.emit("sell")

    @Slot(object)
    def _on_scan_wanted(self, total: Money) -> None:
        self._pages.scan().begin(total)
        self.page_wanted.emit("scan")

    @Slot(object)
    def _on_scan_wanted_again(self, sale: Sale) -> None:
        self._on_sale_returned(sale)
        self._pages.sell().press_scan()

    @Slot(object)
    def _on_code_read(self, code: CustomerCode) -> None:
        self.page_wanted.emit("sell")
        self._pages.sell().charge_code(code)
