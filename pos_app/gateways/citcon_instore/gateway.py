"""Citcon's In-Store API as a gateway."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from pos_app.config.secrets import Secret, credentials_name
from pos_app.config.settings import InStoreSettings
from pos_app.domain.charges import Charge
from pos_app.domain.customer_codes import CustomerCode
from pos_app.domain.customers import Purchase
from pos_app.domain.errors import (
    GatewayNotSetUp,
    NoticeRefusedError,
    OutcomeUnknown,
)
from pos_app.domain.gateways import Missing
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    ConnectionCheck,
    Inquiry,
    ListedPayment,
    PaymentState,
    RefundAnswer,
    Refused,
    Taken,
)
from pos_app.gateways.citcon_instore import wire
from pos_app.gateways.citcon_merchant import NAME, payment_id
from pos_app.gateways.http import (
    CHARGE_S,
    INQUIRE_S,
    LIST_S,
    MAX_LIST,
    TAKE_S,
    GatewayHttp,
)
from pos_app.gateways.over_http import OverHttp
from pos_app.gateways.tls import Tls

ID = "citcon_instore"


class CitconInStore(OverHttp):
    """The `Gateway` for the In-Store API with one terminal's token. Thread-safe.

    All calls block; what they raise is the protocol's: NotSent, OutcomeUnknown. The token is a
    field of every form. A code is asked for without a reference: asked again, it is another
    payment, whose earlier code nobody has seen.
    """

    def __init__(
        self,
        settings: InStoreSettings,
        token: Secret,
        tls: Tls,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make the gateway; sends nothing.

        Args:
            settings: where Citcon is.
            token: this terminal's.
            tls: shared by all gateways.
            transport: instead of the network, for tests.
        """
        http = GatewayHttp(NAME, settings.base_url, {}, tls, transport)
        super().__init__(ID, NAME, credentials_name(token, settings.base_url), http)
        self._token = token

    def create(self, charge: Charge, purchase: Purchase | None = None) -> CodeCreated | Refused:
        """Ask for a code that the customer scans.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: the code, if there is one, was never shown; safe to repeat, too.
        """
        del purchase  # Citcon never asks who buys
        form = wire.create_form(self._token, charge)
        return wire.read_created(self._http.post_form(wire.CREATE_PATH, form, CHARGE_S))

    def take(self, charge: Charge, code: CustomerCode) -> Taken | Refused:
        """Charge the customer by `code`, on a fresh connection. Nothing recognises a repeated one.

        Raises:
            NotSent: nothing happened.
            OutcomeUnknown: the customer may have paid. Never repeat it: look in `transactions`.
        """
        form = wire.take_form(self._token, charge, code, _local_now())
        body = self._http.post_form_afresh(wire.TAKE_PATH, form, TAKE_S)
        return wire.read_taken(body, charge)

    def inquire(self, charge: Charge) -> Inquiry | Refused:
        """Ask what became of the charge. Of its members the answer carries only the amount.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer. Both change nothing: ask again.
        """
        form = wire.inquire_form(self._token, payment_id(charge), _local_now())
        body = self._http.post_form(wire.INQUIRE_PATH, form, INQUIRE_S)
        return wire.read_inquiry(body, charge)

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Give the charge up; a paid one is returned in full.

        That it is in the wrong state may mean anything: one more question tells whether it is
        still open.

        Raises:
            NotSent: nothing happened. OutcomeUnknown: it may be cancelled: inquire.
        """
        form = wire.cancel_form(self._token, payment_id(charge))
        answer = wire.read_cancelled(self._http.post_form(wire.CANCEL_PATH, form, CHARGE_S))
        if isinstance(answer, CancelAnswer) and answer.result is CancelResult.DUPLICATE:
            now = self.inquire(charge)
            if isinstance(now, Refused) or now.state is PaymentState.OPEN:
                return CancelAnswer(CancelResult.FAILED, answer.text)
        return answer

    def refund(self, charge: Charge, amount: Money, reason: str) -> RefundAnswer | Refused:
        """Send `amount` back, on a fresh connection. Nothing recognises a repeated one.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may have gone back. Never repeat it: look in `transactions`.
            ValueError: the charge has no id or the amount is none of a refund; nothing was sent.
        """
        form = wire.refund_form(self._token, charge, amount, reason, _local_now())
        body = self._http.post_form_afresh(wire.REFUND_PATH, form, CHARGE_S)
        return wire.read_refunded(body, charge)

    def inquire_refund(self, charge: Charge, refund_id: str) -> RefundAnswer:
        """Say that there is no such question: refunds are answered at once. Nothing is sent.

        Raises:
            OutcomeUnknown: always.
        """
        raise OutcomeUnknown(f"{NAME} isn't asked about {refund_id} of {charge.reference}.")

    def transactions(self) -> tuple[ListedPayment, ...]:
        """Return the history: payments, and refunds with their reasons as notes.

        Raises:
            NotSent: not asked. OutcomeUnknown: there is no list. Both change nothing.
        """
        form = wire.sign_in_form(self._token)
        body = self._http.post_form(wire.HISTORY_PATH, form, LIST_S, MAX_LIST)
        return wire.read_history(body)

    def read_notice(self, members: Mapping[str, str]) -> Notice:
        """Refuse: the In-Store API sends none.

        Raises:
            NoticeRefusedError: always.
        """
        del members
        raise NoticeRefusedError(f"No notice comes from {NAME}'s In-Store API.")

    def read_arrival(self, members: Mapping[str, str]) -> str:
        """Return nothing: the In-Store API sends no browser anywhere."""
        del members
        return ""

    def check_connection(self) -> ConnectionCheck:
        """Sign the terminal in, which creates nothing and may be repeated.

        Raises:
            NotSent: Citcon cannot be reached from here.
            OutcomeUnknown: whatever answers there is not Citcon, or it is ill.
        """
        started = time.monotonic()
        form = wire.sign_in_form(self._token)
        refusal = wire.read_signed_in(self._http.post_form(wire.SIGN_IN_PATH, form, INQUIRE_S))
        took_s = time.monotonic() - started
        return ConnectionCheck(refusal is None, took_s, refusal.text if refusal else "")


def activate(
    settings: InStoreSettings,
    store_code: str,
    tls: Tls,
    transport: httpx.BaseTransport | None = None,
) -> Secret:
    """Make this register a terminal of the store; returns its token. Blocks.

    A code can be used once: after an answer that was lost the token is lost with it.

    Raises:
        NotSent: the code has not been used.
        OutcomeUnknown: it may be used up, and then its token has not arrived.
        GatewayNotSetUp: Citcon says no; the sentence has its words.
    """
    http = GatewayHttp(NAME, settings.base_url, {}, tls, transport)
    try:
        form = wire.initialize_form(store_code)
        answer = wire.read_initialized(http.post_form(wire.INITIALIZE_PATH, form, CHARGE_S))
    finally:
        http.close()
    if isinstance(answer, Refused) and wire.is_occupied(answer):
        sentence = f"Another terminal uses this store code (C-I0). Ask {NAME} to free it."
        raise GatewayNotSetUp(sentence, Missing.ACTIVATION)
    if isinstance(answer, Refused):
        sentence = f"{NAME} doesn't activate this register: {answer.text}."
        raise GatewayNotSetUp(sentence, Missing.ACTIVATION)
    return answer


def _local_now() -> datetime:
    return datetime.now(UTC).astimezone()
