"""Citcon's hosted page as a gateway."""

from __future__ import annotations

import time
from collections.abc import Mapping

import httpx

from pos_app.config.secrets import Secret, SecretStore, credentials_name
from pos_app.config.settings import ChopSettings
from pos_app.domain.charges import Charge
from pos_app.domain.errors import GatewayNotSetUp
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice
from pos_app.domain.outcomes import (
    CancelAnswer,
    CodeCreated,
    ConnectionCheck,
    Inquiry,
    ListedPayment,
    RefundAnswer,
    Refused,
)
from pos_app.gateways import citcon_words as words
from pos_app.gateways.citcon_chop import wire
from pos_app.gateways.citcon_notices import read_notice
from pos_app.gateways.http import CHARGE_S, INQUIRE_S, LIST_S, MAX_LIST, GatewayHttp, for_header
from pos_app.gateways.tls import Tls

ID = "citcon_chop"
NAME = "Citcon"


class CitconChop:
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
        self._token = token
        self._credentials = credentials_name(token)
        self._extras = {
            "ipn_url": settings.ipn_url,
            "callback_url_success": settings.callback_url_success,
            "callback_url_fail": settings.callback_url_fail,
            "mobile_result_url": settings.mobile_result_url,
            "client_country": settings.client_country,
        }
        headers = {"Authorization": f"Bearer {for_header(token.reveal(), NAME)}"}
        self._http = GatewayHttp(NAME, settings.base_url, headers, tls, transport)

    @property
    def id(self) -> str:
        """Written into every charge."""
        return ID

    @property
    def name(self) -> str:
        """For people."""
        return NAME

    @property
    def credentials(self) -> str:
        """Name of the token, written into every charge."""
        return self._credentials

    def create(self, charge: Charge) -> CodeCreated | Refused:
        """Create the charge; the same reference gets the same payment again (citcon.md).

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: the payment may exist; send the same charge again.
        """
        form = wire.create_form(charge, self._extras)
        return wire.read_created(self._http.post_form(wire.CREATE_PATH, form, CHARGE_S))

    def inquire(self, charge: Charge) -> Inquiry | Refused:
        """Ask what became of the charge. The answer may speak of another one: compare.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer. Both change nothing: ask again.
        """
        form = wire.inquire_form(_q(charge))
        return wire.read_inquiry(self._http.post_form(wire.INQUIRE_PATH, form, INQUIRE_S))

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Cancel an unpaid charge, or return a paid one in full. May be repeated.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may be cancelled; inquire.
        """
        form = wire.cancel_form(_q(charge))
        body = self._http.post_form(wire.CANCEL_PATH, form, CHARGE_S)
        return wire.read_cancelled(body, charge.reference)

    def refund(self, charge: Charge, amount: Money, reason: str) -> RefundAnswer | Refused:
        """Send `amount` back, on a fresh connection. Citcon has no idempotency key for it.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may have gone back. Never repeat it: look in `transactions`.
            ValueError: the charge has no id or the amount is none of a refund; nothing was sent.
        """
        form = words.refund_form(charge, amount, reason)
        body = self._http.post_form_afresh(wire.REFUND_PATH, form, CHARGE_S)
        return words.read_refunded(body, charge)

    def transactions(self) -> tuple[ListedPayment, ...]:
        """Return Citcon's list: payments, and refunds with their reasons as notes.

        Raises:
            NotSent: not asked. OutcomeUnknown: there is no list. Both change nothing.
        """
        return wire.read_transactions(self._http.get(wire.LIST_PATH, LIST_S, MAX_LIST))

    def read_notice(self, members: Mapping[str, str]) -> Notice:
        """Return what a notice says, once its signature holds.

        Raises:
            NoticeRefusedError: it is not genuine, or says nothing that is known.
        """
        return read_notice(members, self._token, gateway=ID, status_name="notify_status")

    def check_connection(self) -> ConnectionCheck:
        """Inquire about a payment that does not exist. Creates nothing.

        Raises:
            NotSent: Citcon cannot be reached from here.
            OutcomeUnknown: whatever answers there is not Citcon, or it is ill.
        """
        started = time.monotonic()
        form = wire.inquire_form(wire.MADE_UP_Q)
        refusal = wire.read_check(self._http.post_form(wire.INQUIRE_PATH, form, INQUIRE_S))
        took_s = time.monotonic() - started
        return ConnectionCheck(refusal is None, took_s, refusal.text if refusal else "")

    def warm_up(self) -> None:
        """Make the HTTP client before it is needed; not on the GUI thread. Sends nothing."""
        self._http.warm_up()

    def close(self) -> None:
        """Drop the connections. May be repeated."""
        self._http.close()


def open_citcon_chop(settings: ChopSettings, secrets: SecretStore, tls: Tls) -> CitconChop:
    """Make the gateway with the token that is kept, ready to send. Blocks; sends nothing.

    Raises:
        GatewayNotSetUp: no token is kept. ConfigError: the file of secrets cannot be read.
    """
    token = secrets.find(settings.token)
    if token is None:
        raise GatewayNotSetUp(f"This register isn't signed in to {NAME}: there is no token.")
    gateway = CitconChop(settings, token, tls)
    gateway.warm_up()
    return gateway


def _q(charge: Charge) -> str:
    if charge.gateway_id is None:
        raise ValueError(f"{charge.reference} has no gateway id to ask about")
    return charge.gateway_id
