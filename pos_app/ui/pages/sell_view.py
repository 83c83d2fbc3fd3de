"""What the Sell page shows: one small value and what follows from it. No Qt in here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from pos_app.domain.cart import Cart
from pos_app.domain.errors import PosAppError
from pos_app.domain.methods import PaymentMethod
from pos_app.services.catalogue import MethodChoice


class Offer(Enum):
    """What the Charge button stands for; only two of them can be pressed."""

    CHARGE = auto()
    """Charge the total with the chosen method."""
    OPEN_SHIFT = auto()
    """No shift is open: the button opens one."""
    KEY_AMOUNT = auto()
    """The total is zero."""
    NO_METHOD = auto()
    """This register can use none of its methods, whatever is in the sale."""
    CHOOSE_METHOD = auto()
    """No method is chosen, or the chosen one is off."""
    NO_CONNECTION = auto()
    """Requests cannot leave this PC. Money: a charge would only hang."""
    CANNOT_SAVE = auto()
    """The ledger cannot be written. Money: nothing may be charged."""
    WORKING = auto()
    """It has been pressed, and the answer is not here yet."""
    NOT_READY = auto()
    """The services are still starting."""


@dataclass(frozen=True, slots=True)
class SellView:
    """All that decides how the Sell page looks.

    Attributes:
        cart: lines and the amount being keyed.
        store_currency: ISO 4217 code of the store, used while no method says otherwise.
        choices: the methods to show, in their order.
        method: the chosen one; None when none is.
        is_ready: whether the services are there.
        has_shift: whether a shift is open at this till.
        has_network: whether requests can leave this PC.
        storage_trouble: why sales cannot be saved; None while they can.
        has_scan: whether the customer's own code can be charged here.
        is_working: whether a press of Charge is being worked on.
    """

    cart: Cart
    store_currency: str
    choices: tuple[MethodChoice, ...] = ()
    method: PaymentMethod | None = None
    is_ready: bool = False
    has_shift: bool = True
    has_network: bool = True
    storage_trouble: PosAppError | None = None
    has_scan: bool = False
    is_working: bool = False

    @property
    def choice(self) -> MethodChoice | None:
        """The chosen method with what is true of it."""
        return next((one for one in self.choices if one.method is self.method), None)

    @property
    def offer(self) -> Offer:
        """What Charge stands for now; troubles come first, then what is missing."""
        waits = (
            (self.is_working, Offer.WORKING),
            (not self.is_ready, Offer.NOT_READY),
            (self.storage_trouble is not None, Offer.CANNOT_SAVE),
            (not self.has_shift, Offer.OPEN_SHIFT),
            (not self.has_network, Offer.NO_CONNECTION),
            (not self.has_method, Offer.NO_METHOD),
            (not self.cart.total, Offer.KEY_AMOUNT),
            (self.choice is None or not self.can_use(self.choice), Offer.CHOOSE_METHOD),
        )
        return next((offer for is_so, offer in waits if is_so), Offer.CHARGE)

    @property
    def has_method(self) -> bool:
        """Whether this register can use any of its methods, or a customer's own code."""
        return self.has_scan or any(one.is_on for one in self.choices)

    @property
    def can_scan(self) -> bool:
        """Whether the customer's code may be scanned now; no method needs choosing."""
        return self.has_scan and self.offer in {Offer.CHARGE, Offer.CHOOSE_METHOD}

    def can_use(self, choice: MethodChoice) -> bool:
        """Whether `choice` may be chosen for what is in the cart now."""
        return choice.is_on and self.cart.takes(choice.currency)

    def off_reason(self, choice: MethodChoice) -> str:
        """Why `choice` is off: "" when it is not, else see `method_words.off_words`."""
        return "" if self.can_use(choice) else choice.off_reason or "currency"

    def currency_of(self, method: PaymentMethod | None) -> str:
        """Return the currency an empty cart has while `method` is chosen."""
        found = next((one for one in self.choices if one.method is method), None)
        return found.currency if found else self.store_currency

    def usable(self, method: PaymentMethod | None) -> PaymentMethod | None:
        """Return `method` when it may be chosen now, else None."""
        found = next((one for one in self.choices if one.method is method), None)
        return method if found and self.can_use(found) else None
