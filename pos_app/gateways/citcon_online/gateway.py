"""Citcon's Online API as a gateway."""

from __future__ import annotations

import httpx

from pos_app.config.secrets import Secret
from pos_app.config.settings import OnlineSettings
from pos_app.domain.charges import Charge
from pos_app.domain.customers import Purchase
from pos_app.domain.outcomes import CancelAnswer, CancelResult, CodeCreated, Refused
from pos_app.gateways.citcon_merchant import Access, CitconMerchant
from pos_app.gateways.citcon_online import picture, wire
from pos_app.gateways.http import CHARGE_S
from pos_app.gateways.tls import Tls

ID = "citcon_online"


class CitconOnline(CitconMerchant):
    """The `Gateway` for the Online API with one merchant token. Thread-safe.

    All calls block; what they raise is the protocol's: NotSent, OutcomeUnknown. Nothing can be
    cancelled here, and the service never says that a code has expired: an unpaid one stays open.
    """

    def __init__(
        self,
        settings: OnlineSettings,
        token: Secret,
        tls: Tls,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make the gateway; sends nothing.

        Args:
            settings: where Citcon is and which addresses it is told.
            token: the merchant's token for the Online API.
            tls: shared by all gateways.
            transport: instead of the network, for tests.

        Raises:
            GatewayNotSetUp: the token cannot be one: it has characters that no header takes.
        """
        super().__init__(ID, wire, Access(settings.base_url, token, tls, transport))
        self._extras = {
            "ipn_url": settings.ipn_url,
            "callback_url": settings.callback_url,
            "client_country": settings.client_country,
        }

    def create(self, charge: Charge, purchase: Purchase | None = None) -> CodeCreated | Refused:
        """Create the charge and fetch the picture of its code, once.

        Raises:
            NotSent: the create never left; safe to repeat.
            OutcomeUnknown: there is no answer or no picture; send the same charge again: the
                same reference gets the same payment.
        """
        del purchase  # Citcon never asks who buys
        form = wire.create_form(charge, self._extras)
        answer = wire.read_created(self._http.post_form(wire.CREATE_PATH, form, CHARGE_S))
        if isinstance(answer, Refused):
            return answer
        body = self._http.fetch(answer.picture_url, CHARGE_S, picture.MAX_BYTES)
        return CodeCreated(answer.transaction_id, picture.code_of(body))

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Refuse: the Online API has no cancel. Nothing is sent."""
        return CancelAnswer(CancelResult.FAILED, f"{charge.reference} can't be cancelled here.")
