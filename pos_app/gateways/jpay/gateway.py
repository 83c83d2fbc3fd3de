"""J-Pay as a gateway: a card payment on a page that the customer opens."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from pos_app.config.jpay import JPaySettings
from pos_app.config.secrets import Secret, credentials_name
from pos_app.domain.charges import Charge
from pos_app.domain.customers import Purchase
from pos_app.domain.errors import GatewayError, GatewayNotSetUp, OutcomeUnknown
from pos_app.domain.gateways import GATEWAYS, Missing
from pos_app.domain.money import Money
from pos_app.domain.notices import Notice
from pos_app.domain.outcomes import (
    CancelAnswer,
    CancelResult,
    CodeCreated,
    ConnectionCheck,
    Inquiry,
    ListedPayment,
    RefundAnswer,
    RefundPending,
    RefundRefusalKind,
    RefundRefused,
    RefusalKind,
    Refused,
    Taken,
)
from pos_app.gateways.http import CHARGE_S, INQUIRE_S, GatewayHttp
from pos_app.gateways.jpay import wire, wire_refunds
from pos_app.gateways.jpay.wire_answers import Account
from pos_app.gateways.over_http import OverHttp
from pos_app.gateways.tls import Tls

ID = "jpay"
NAME = GATEWAYS[ID].name


class JPay(OverHttp):
    """The `Gateway` for J-Pay with one merchant's key. Thread-safe.

    All calls block; what they raise is the protocol's: NotSent, OutcomeUnknown. A charge is named
    by our reference here, so it can be asked about without its create's answer. Nothing can be
    cancelled, and there is no list.
    """

    def __init__(
        self,
        settings: JPaySettings,
        key: Secret,
        tls: Tls,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make the gateway; sends nothing.

        Args:
            settings: where J-Pay is, and what it is told of the shop.
            key: the merchant's key: never sent, it signs.
            tls: shared by all gateways.
            transport: instead of the network, for tests.

        Raises:
            GatewayNotSetUp: the merchant id or the shop's website is missing.
        """
        if not settings.member_id or not settings.website:
            sentence = f"{NAME} needs the merchant ID and the shop's website."
            raise GatewayNotSetUp(sentence, Missing.DETAILS)
        credentials = credentials_name(key, settings.base_url, settings.member_id)
        http = GatewayHttp(NAME, settings.base_url, {}, tls, transport)
        super().__init__(ID, NAME, credentials, http)
        self._account = Account(settings.member_id, key)
        self._takes_cards = settings.allow_keyed_cards
        self._shop = wire.Shop(
            settings.website,
            settings.notify_url,
            settings.callback_url,
            settings.ip,
            settings.language,
            settings.system,
        )

    def create(
        self, charge: Charge, purchase: Purchase | None = None
    ) -> CodeCreated | Taken | Refused:
        """Create the charge, on a fresh connection, at most once.

        Raises:
            NotSent: it never left; safe to repeat.
            OutcomeUnknown: there is no answer; never send it again, J-Pay refuses a reference
                that it knows: inquire. Without the page's address nobody can pay; a keyed card
                may have.
        """
        refusal = self._cannot_create(charge, purchase)
        if refusal or purchase is None:
            return Refused(RefusalKind.OTHER, refusal)
        form = wire.sale_form(charge, purchase, self._shop, self._account, datetime.now(UTC))
        return wire.read_created(self._send_once(form), charge, purchase.card)

    def _cannot_create(self, charge: Charge, purchase: Purchase | None) -> str:
        """Return what speaks against sending it; empty: nothing."""
        if not wire.takes(charge.amount):
            return f"{NAME} takes currencies with two decimals only."
        if purchase is None:
            return f"{NAME} needs the customer's details, and they aren't kept."
        if charge.is_card_keyed and purchase.card is None:
            return "The card was keyed, and it isn't kept."
        if purchase.card is not None and not self._takes_cards:
            return "Keyed cards are switched off (jpay.allow_keyed_cards)."
        return ""

    def _send_once(self, form: dict[str, str]) -> bytes:
        """Send a sale and empty its form, which may have a card in it.

        What is raised has neither cause nor traceback: those would keep the request in memory.
        """
        try:
            return self._http.post_form_afresh(wire.SALE_PATH, form, CHARGE_S)
        except GatewayError as error:
            failed = error.with_traceback(None)
        finally:
            form.clear()
        failed.__cause__ = failed.__context__ = None
        raise failed

    def inquire(self, charge: Charge) -> Inquiry | Refused:
        """Ask what became of the charge, by its reference. May always be repeated.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer that is signed. Both change nothing.
        """
        form = wire.query_form(charge.reference, self._account)
        body = self._http.post_form(wire.QUERY_PATH, form, INQUIRE_S)
        return wire.read_inquiry(body, charge, self._account)

    def cancel(self, charge: Charge) -> CancelAnswer | Refused:
        """Refuse: J-Pay has no cancel. Nothing is sent."""
        return CancelAnswer(CancelResult.FAILED, f"{charge.reference} can't be cancelled here.")

    def refund(self, charge: Charge, amount: Money, reason: str) -> RefundAnswer | Refused:
        """Send `amount` back, on a fresh connection, and ask at once how far it is.

        Raises:
            NotSent: nothing happened; safe to repeat.
            OutcomeUnknown: it may have gone back. Never repeat it.
        """
        if charge.transaction_id is None:
            text = f"{NAME}'s own number of this payment isn't known."
            return RefundRefused(RefundRefusalKind.OTHER, text)
        form = wire_refunds.refund_form(
            charge, charge.transaction_id, amount, reason, self._account
        )
        body = self._http.post_form_afresh(wire_refunds.REFUND_PATH, form, CHARGE_S)
        answer = wire_refunds.read_refunded(body, amount, self._account)
        if not isinstance(answer, RefundPending):
            return answer
        try:
            return self.inquire_refund(charge, answer.gateway_id)
        except GatewayError:
            return answer  # accepted: what is not known is only how far it is

    def inquire_refund(self, charge: Charge, refund_id: str) -> RefundAnswer:
        """Ask what became of a refund that was accepted. May always be repeated.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer about it. Both change nothing.
        """
        form = wire_refunds.refund_query_form(charge, refund_id, self._account)
        body = self._http.post_form(wire_refunds.REFUND_QUERY_PATH, form, INQUIRE_S)
        return wire_refunds.read_refund_inquiry(body, refund_id, self._account)

    def transactions(self) -> tuple[ListedPayment, ...]:
        """Say that there is no list. Nothing is sent.

        Raises:
            OutcomeUnknown: always.
        """
        raise OutcomeUnknown(f"{NAME} has no list of payments.")

    def transactions_of(self, charge: Charge) -> tuple[ListedPayment, ...]:
        """Return the payment, and the refund of it that J-Pay tells of where none is named.

        Raises:
            NotSent: not asked. OutcomeUnknown: no answer about it. Both change nothing.
        """
        payment = self.inquire(charge)
        if isinstance(payment, Refused):
            raise OutcomeUnknown(f"{NAME} doesn't say anything of {charge.reference}.")
        form = wire.query_form(charge.reference, self._account)
        body = self._http.post_form(wire_refunds.REFUND_QUERY_PATH, form, INQUIRE_S)
        refund = wire_refunds.read_told_refund(body, charge, self._account)
        entry = wire_refunds.listed(charge, payment)
        return (entry,) if refund is None else (entry, refund)

    def read_notice(self, members: Mapping[str, str]) -> Notice:
        """Return what a notification says, once its signature holds.

        Raises:
            NoticeRefusedError: it is not genuine, or says nothing that is known.
        """
        return wire.read_notice(members, ID, self._account)

    def read_arrival(self, members: Mapping[str, str]) -> str:
        """Return the reference with which a customer's browser comes back; it proves nothing."""
        return wire.arrived_reference(members)

    def check_connection(self) -> ConnectionCheck:
        """Ask about an order that does not exist. Creates nothing.

        Raises:
            NotSent: J-Pay cannot be reached from here.
            OutcomeUnknown: whatever answers there is not J-Pay, or it is ill.
        """
        started = time.monotonic()
        form = wire.query_form(wire.MADE_UP_ORDER, self._account)
        refusal = wire.read_check(self._http.post_form(wire.QUERY_PATH, form, INQUIRE_S))
        took_s = time.monotonic() - started
        return ConnectionCheck(refusal is None, took_s, refusal.text if refusal else "")
