"""What Citcon's hosted page and Online API do alike, each in its own words."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx

from pos_app.config.secrets import Secret, credentials_name
from pos_app.domain.charges import Charge
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice
from pos_app.domain.outcomes import (
    ConnectionCheck,
    Inquiry,
    ListedPayment,
    RefundAnswer,
    Refused,
)
from pos_app.gateways import citcon_words as words
from pos_app.gateways.citcon_notices import arrived_reference, read_notice
from pos_app.gateways.http import CHARGE_S, INQUIRE_S, LIST_S, MAX_LIST, GatewayHttp, for_header
from pos_app.gateways.over_http import OverHttp
from pos_app.gateways.tls import Tls

NAME = "Citcon"


class MerchantWire(Protocol):
    """The words of one service: its module `wire`."""

    INQUIRE_PATH: str
    REFUND_PATH: str
    LIST_PATH: str
    MADE_UP_ID: str
    NOTICE_STATUS: str

    def inquire_form(self, payment_id: str, /) -> dict[str, str]:
        """Return the form that asks about a payment."""

    def read_inquiry(self, body: bytes, /) -> Inquiry | Refused:
        """Read the answer to it."""

    def read_transactions(self, body: bytes, /) -> tuple[ListedPayment, ...]:
        """Read the list of transactions."""

    def read_check(self, body: bytes, /) -> Refused | None:
        """Read the answer to a question about a payment that does not exist."""


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a service: its address, the merchant's token there, and the shared TLS.

    Attributes:
        transport: instead of the network, for tests.
    """

    base_url: str
    token: Secret
    tls: Tls
    transport: httpx.BaseTransport | None = None


class CitconMerchant(OverHttp):
    """One of Citcon's services with one merchant token: everything but create and cancel.

    Thread-safe. All calls block; what they raise is the protocol's: NotSent, OutcomeUnknown.
    """

    def __init__(self, gateway_id: str, wire: MerchantWire, access: Access) -> None:
        """Make the service; sends nothing.

        Raises:
            GatewayNotSetUp: the token cannot be one: it has characters that no header takes.
        """
        headers = {"Authorization": f"Bearer {for_header(access.token.reveal(), NAME)}"}
        http = GatewayHttp(NAME, access.base_url, headers, access.tls, access.transport)
        super().__init__(gateway_id, NAME, credentials_name(access.token, access.base_url), http)
        self._wire = wire
        self._token = access.token

    def inquire(self, charge: Charge) -> Inquiry | Refused:
        """Ask what became of the charge. The answer may speak of another one: compare.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer. Both change nothing: ask again.
        """
        form = self._wire.inquire_form(payment_id(charge))
        body = self._http.post_form(self._wire.INQUIRE_PATH, form, INQUIRE_S)
        return self._wire.read_inquiry(body)

    def refund(self, charge: Charge, amount: Money, reason: str) -> RefundAnswer | Refused:
        """Send `amount` back, on a fresh connection. Citcon has no idempotency key for it.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may have gone back. Never repeat it: look in `transactions`.
            ValueError: the charge has no id or the amount is none of a refund; nothing was sent.
        """
        form = words.refund_form(charge, amount, reason)
        body = self._http.post_form_afresh(self._wire.REFUND_PATH, form, CHARGE_S)
        return words.read_refunded(body, charge)

    def inquire_refund(self, charge: Charge, refund_id: str) -> RefundAnswer:
        """Say that there is no such question: refunds are answered at once. Nothing is sent.

        Raises:
            OutcomeUnknown: always.
        """
        raise OutcomeUnknown(f"{NAME} isn't asked about {refund_id} of {charge.reference}.")

    def transactions(self) -> tuple[ListedPayment, ...]:
        """Return Citcon's list: payments, and refunds with their reasons as notes.

        Raises:
            NotSent: not asked. OutcomeUnknown: there is no list. Both change nothing.
        """
        body = self._http.get(self._wire.LIST_PATH, LIST_S, MAX_LIST)
        return self._wire.read_transactions(body)

    def read_notice(self, members: Mapping[str, str]) -> Notice:
        """Return what a notice says, once its signature holds.

        Raises:
            NoticeRefusedError: it is not genuine, or says nothing that is known.
        """
        status_name = self._wire.NOTICE_STATUS
        return read_notice(members, self._token, gateway=self._id, status_name=status_name)

    def read_arrival(self, members: Mapping[str, str]) -> str:
        """Return the reference with which a customer's browser comes back; it proves nothing."""
        return arrived_reference(members)

    def check_connection(self) -> ConnectionCheck:
        """Inquire about a payment that does not exist. Creates nothing.

        Raises:
            NotSent: Citcon cannot be reached from here.
            OutcomeUnknown: whatever answers there is not Citcon, or it is ill.
        """
        started = time.monotonic()
        form = self._wire.inquire_form(self._wire.MADE_UP_ID)
        body = self._http.post_form(self._wire.INQUIRE_PATH, form, INQUIRE_S)
        refusal = self._wire.read_check(body)
        took_s = time.monotonic() - started
        return ConnectionCheck(refusal is None, took_s, refusal.text if refusal else "")


def payment_id(charge: Charge) -> str:
    """Return the id by which the service is asked about a charge.

    Raises:
        ValueError: it has none: a bug, nothing was sent.
    """
    if charge.gateway_id is None:
        raise ValueError(f"{charge.reference} has no gateway id to ask about")
    return charge.gateway_id
