"""Citcon's hosted page as a gateway."""

from __future__ import annotations

import httpx

from pos_app.config.secrets import Secret
from pos_app.config.settings import ChopSettings
from pos_app.domain.charges import Charge
from pos_app.domain.customers import Purchase
from pos_app.domain.outcomes import CancelAnswer, CodeCreated, Refused
from pos_app.gateways.citcon_chop import wire
from pos_app.gateways.citcon_merchant import Access, CitconMerchant, payment_id
from pos_app.gateways.http import CHARGE_S
from pos_app.gateways.tls import Tls

ID = "citcon_chop"


class CitconChop(CitconMerchant):
    """The `Gateway` for CHOP with one merchant token. Thread-safe.

    All calls block; what they raise is the protocol's: NotSent, OutcomeUnknown.
    """

    def __init__(
        self,
        settings: ChopSettings,
        token: Secret,
        tls: Tls,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make the gateway; sends nothing.

        Args:
            settings: where Citcon is and which addresses it is told.
            token: the merchant's token for CHOP.
            tls: shared by all gateways.
            transport: instead of the network, for tests.

        Raises:
            GatewayNotSetUp: the token cannot be one: it has characters that no header takes.
        """
        super().__init__(ID, wire, Access(settings.base_url, token, tls, transport))
        self._extras = {
            "ipn_url": settings.ipn_url,
            "callback_url_success": settings.callback_url_success,
            "callback_url_fail": settings.callback_url_fail,
            "mobile_result_url": settings.mobile_result_url,
            "client_country": settings.client_country,
        }

    def create(self, charge: Charge, purchase: Purchase | None = None) -> CodeCreated | Refused:
        """Create the charge; the same reference gets the same payment again (citcon.md).

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: the payment may exist; send the same charge again.
        """
        del purchase  # Citcon never asks who buys
        form = wire.create_form(charge, self._extras)
        return wire.read_created(self._http.post_form(wire.CREATE_PATH, form, CHARGE_S))

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Cancel an unpaid charge, or return a paid one in full. May be repeated.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may be cancelled; inquire.
        """
        form = wire.cancel_form(payment_id(charge))
        body = self._http.post_form(wire.CANCEL_PATH, form, CHARGE_S)
        return wire.read_cancelled(body, charge.reference)
