"""What can be sold and how it can be paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import MethodNotAvailableError
from pos_app.domain.gateways import GATEWAYS, can_cancel, gateway_name, takes_currency
from pos_app.domain.methods import METHODS, MethodTraits, PaymentMethod
from pos_app.domain.sales import Item

if TYPE_CHECKING:
    from pos_app.config.settings import Settings
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.settings_book import SettingsBook
    from pos_app.storage.store import Store


F_KEYS = {method: number for number, method in enumerate(METHODS, start=1)}
"""The number of each method on the keyboard."""


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A payment method as the Sell page offers it.

    Attributes:
        service: the payment service's own name; another one may have the same.
        f_key: its number on the keyboard, 1 for F1; never shifts, whichever methods are off.
        currency: ISO 4217 code of what it charges.
        can_cancel: whether a charge by it can be given up before it is paid.
        is_on: whether this register can use it at all; the sale's currency is another matter.
        off_reason: why it cannot, as an id that the screens word; empty when it can.
    """

    method: PaymentMethod
    traits: MethodTraits
    f_key: int
    currency: str
    can_cancel: bool
    service: str = ""
    is_on: bool = True
    off_reason: str = ""


class Catalogue:
    """Items and payment methods of this store."""

    def __init__(self, book: SettingsBook, store: Store, gateways: GatewayDirectory) -> None:
        self._book = book
        self._store = store
        self._gateways = gateways

    def items(self) -> tuple[Item, ...]:
        """Return what is sold at a fixed price, in the order of the tiles. Reads the database."""
        with self._store.read() as work:
            return work.items.all()

    def methods(self) -> tuple[MethodChoice, ...]:
        """Return the methods in use, in their order. Waits for nothing.

        A service that nobody has tried yet counts as one that works.
        """
        settings = self._book.current
        return tuple(self._choice(settings, method) for method in settings.methods.enabled)

    def choice(
        self, method: PaymentMethod, *, is_customer_presented: bool = False
    ) -> MethodChoice:
        """Return one method.

        Args:
            method: the wanted one.
            is_customer_presented: the customer's own code goes to the service that takes codes,
                so it does not matter whether the method's own one works.

        Raises:
            MethodNotAvailableError: it is not in use, or its payment service cannot be used.
        """
        for choice in self.methods():
            if choice.method is method and (choice.is_on or is_customer_presented):
                return choice
        raise MethodNotAvailableError(f"{METHODS[method].name} is switched off.")

    def _choice(self, settings: Settings, method: PaymentMethod) -> MethodChoice:
        gateway, currency = settings.gateway(method), settings.currency(method)
        off_reason = self._off_reason(gateway, method, currency)
        return MethodChoice(
            method,
            METHODS[method],
            F_KEYS[method],
            currency,
            can_cancel(gateway, method),
            gateway_name(gateway),
            not off_reason,
            off_reason,
        )

    def _off_reason(self, gateway: str, method: PaymentMethod, currency: str) -> str:
        if method not in GATEWAYS[gateway].methods:
            return "gateway"
        if not takes_currency(gateway, currency):
            return "decimals"
        return str(self._gateways.missing(gateway) or "")
