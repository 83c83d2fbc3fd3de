"""From a sale to a payment by the customer's own code: the intent on disk first, then one try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.charges import ChargeStatus
from pos_app.domain.errors import GatewayNotSetUp

if TYPE_CHECKING:
    from pos_app.domain.charges import Charge
    from pos_app.domain.customer_codes import CustomerCode
    from pos_app.domain.money import Money
    from pos_app.domain.sales import Sale
    from pos_app.gateways.directory import GatewayDirectory
    from pos_app.services.checkout import Checkout
    from pos_app.services.code_asking import CodeAsker
    from pos_app.services.ledger import Ledger
    from pos_app.services.watching import Watcher


class Taking:
    """Charges customers by the codes that they show. Every method blocks.

    A code is in memory only between `charge` and the one request of `send`. What that request
    leaves open is asked about by the watcher: every 3 seconds while the customer has to confirm,
    and after `CONFIRM_WITHIN` it is cancelled and asked about once more.
    """

    def __init__(
        self,
        ledger: Ledger,
        checkout: Checkout,
        gateways: GatewayDirectory,
        codes: CodeAsker,
        watcher: Watcher,
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._checkout = checkout
        self._gateways = gateways
        self._codes = codes
        self._watcher = watcher

    def is_set_up(self) -> bool:
        """Tell whether a payment service of this register takes customers' codes."""
        try:
            self._gateways.for_codes()
        except GatewayNotSetUp:
            return False
        return True

    def charge(
        self,
        sale: Sale,
        code: CustomerCode,
        cashier_id: int,
        *,
        is_other_customer: bool = False,
        tip: Money | None = None,
    ) -> Charge:
        """Write a sale and the intent to charge it down, as `Checkout.charge`; not the code.

        Raises:
            GatewayNotSetUp: no service takes codes. Money: nothing happened.
            Everything that `Checkout.charge` raises, with the same meaning.
        """
        return self._checkout.charge(
            sale,
            code.method,
            cashier_id,
            is_other_customer=is_other_customer,
            is_customer_presented=True,
            tip=tip,
        )

    def send(self, charge_id: int, code: CustomerCode) -> Charge:
        """Send the code, once: may take a minute. A second call for the same charge sends nothing.

        Raises:
            StorageError: the answer could not be written down. Money: it may have been taken; the
                service's list is asked.
        """
        try:
            with self._board.asking(charge_id, wait=True):
                charge = self._board.charge(charge_id)
                is_first = not self._board.progress(charge_id).may_be_sent
                if charge is not None and charge.status is ChargeStatus.CREATED and is_first:
                    self._codes.take(charge, code)
        finally:
            self._board.note(charge_id, sending_since=None)
            self._watcher.wake()
        with self._ledger.store.read() as work:
            return work.charges.get(charge_id)
