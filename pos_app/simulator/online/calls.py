"""The calls of Citcon's Online API: a charge is answered with the address of a picture.

Source: gateways/citcon.md, "Online API (QR image)". There is no cancel and nothing expires for the
merchant: an unpaid payment only stays unpaid.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.routing import Route

from pos_app.simulator.behaviour import Call, Rule, falsify
from pos_app.simulator.citcon import (
    Merchants,
    encode,
    payment_of,
    read_money,
    read_reference,
    read_refund,
)
from pos_app.simulator.days import time_text
from pos_app.simulator.fields import WrongFieldError, first_of, read_url, required
from pos_app.simulator.methods import METHODS
from pos_app.simulator.online.picture import PATH, Picture
from pos_app.simulator.payments import Order
from pos_app.simulator.refunds import Refusal
from pos_app.simulator.service import Asked, Backstage, Endpoint, PretendService
from pos_app.simulator.transactions import Refund, Transaction

SERVICE = "online"
_VENDORS = ("alipay", "wechatpay", "alipay_hk", "kakaopay", "upop", "generic")
_ANY_WALLET = "alipay"
"""What pays a `generic` code here: the customer's page is one wallet's."""
_REFUSED = {
    # The over-refund is SEEN, without a code. What is said without open balance is not.
    Refusal.TOO_MUCH: "refund amount greater than payment amount",
    Refusal.NO_BALANCE: "insufficient funds in open balance",
}
Members = dict[str, Any]


class Online(PretendService):
    """The calls below `/payment/`, the pictures and the customer's page (`service.Service`)."""

    def __init__(self, backstage: Backstage, customers_page: Sequence[Route]) -> None:
        """Use `customers_page` as the page that the codes open."""
        super().__init__(backstage)
        self._merchants = Merchants(self._settings, SERVICE)
        self._customers_page = list(customers_page)

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where its calls are found."""
        return (
            Endpoint("/payment/pay_qr", Call.CHARGE, ("GET", "POST")),
            Endpoint("/payment/inquire", Call.INQUIRE),
            Endpoint("/payment/refund", Call.REFUND),
            Endpoint("/payment/list", Call.TRANSACTIONS, ("GET",)),
        )

    def pages(self) -> list[Route]:
        """Return the pictures and the customer's page."""
        path = self._customers_page[0].path
        return [Picture(self._payments, path).route(), *self._customers_page]

    def reference_of(self, asked: Asked) -> str | None:
        """Return the reference that a call is about, by whichever id it names it."""
        gateway_id, reference = payment_of(asked.fields)
        found = self._payments.find(gateway_id)
        return found.reference if found else asked.fields.get("reference") or reference or None

    def answer(self, asked: Asked) -> bytes:
        """Do what a merchant asks: plain text for a charge, JSON for everything else."""
        if asked.call is Call.CHARGE:
            return self._charged(asked).encode()
        try:
            merchant = self._merchants.of(asked.authorization)
            members = self._members(asked.call, asked.fields, merchant)
        except WrongFieldError as error:
            members = {"result": "fail", "error": str(error)}
        return encode(members)

    def _charged(self, asked: Asked) -> str:
        rule = self._fault(Call.CHARGE, asked.fields.get("reference"))
        try:
            merchant = self._merchants.of(asked.authorization)
            transaction = self._charge(asked.fields, merchant, rule)
        except WrongFieldError as error:
            # A failing answer has 0 for q (SEEN); its words are our choice.
            return f"{asked.site}{PATH}?q=0&error={quote(str(error))}"
        host = self._settings.china_host
        site = asked.site
        if asked.fields.get("client_country") == "CN" and host:
            site = f"{site.partition('://')[0]}://{host}"
        # q is the first parameter and at least one more follows (SEEN).
        style = "fog" if rule and rule.fault == "unreadable_picture" else "plain"
        return f"{site}{PATH}?q={transaction.transaction_id}&style={style}"

    def _charge(self, fields: Mapping[str, str], merchant: str, rule: Rule | None) -> Transaction:
        reference = read_reference(fields)
        vendor = required(fields, "vendor")
        if vendor not in _VENDORS:
            raise WrongFieldError(f"vendor {vendor} isn't known; use {', '.join(_VENDORS)}")
        amount_minor, currency = read_money(fields)
        method = _ANY_WALLET if vendor == "generic" else vendor
        own = METHODS[method].currency
        if own not in {None, currency}:
            raise WrongFieldError(f"currency {currency} isn't taken for {vendor}; it takes {own}")
        if rule and rule.fault == "refused":
            raise WrongFieldError("vendor isn't enabled for this merchant")
        earlier = None
        if fields.get("allow_duplicates") != "yes":
            earlier = self._payments.newest(merchant, reference)
        return earlier or self._payments.make(
            merchant,
            Order(
                reference=reference,
                method=method,
                amount_minor=amount_minor,
                currency=currency,
                ipn_url=read_url(fields, "ipn_url"),
                success_url=read_url(fields, "callback_url"),
                service=SERVICE,
            ),
        )

    def _members(self, call: Call, fields: Mapping[str, str], merchant: str) -> Any:
        match call:
            case Call.INQUIRE:
                return self._inquire(fields, merchant)
            case Call.REFUND:
                return self._refund(fields, merchant)
            case _:
                return {"transactions": self._listed(merchant)}

    def _inquire(self, fields: Mapping[str, str], merchant: str) -> Any:
        gateway_id, reference = first_of(fields, "transaction_id"), first_of(fields, "reference")
        if not gateway_id and not reference:
            raise WrongFieldError("transaction_id or reference is missing")
        transaction = self._named(gateway_id, reference, merchant)
        if transaction is None:
            raise WrongFieldError("transaction_id: there is no such payment")
        if transaction.paid_at is None and self._settings.unpaid_online != "null":
            return json.loads(self._settings.unpaid_online)
        members = _payment(transaction)
        falsify(members, self._fault(Call.INQUIRE, transaction.reference))
        return members

    def _listed(self, merchant: str) -> list[Members]:
        entries = []
        for transaction in self._payments.of_merchant(merchant):
            rule = self._fault(Call.TRANSACTIONS, transaction.reference)
            if rule and rule.fault == "missing_payment":
                continue
            payment = _payment(transaction) | {"refunded": transaction.refunded_minor}
            falsify(payment, rule)
            entries += [payment, *(_refunded(transaction, one) for one in transaction.refunds)]
        return entries

    def _refund(self, fields: Mapping[str, str], merchant: str) -> Members:
        order = read_refund(fields)
        transaction = self._named(order.gateway_id, order.reference, merchant)
        if transaction is None:
            raise WrongFieldError("transaction_id: there is no such payment")
        if order.currency != transaction.currency:
            raise WrongFieldError(
                f"currency {order.currency} isn't the payment's, which is {transaction.currency}"
            )
        rule = self._fault(Call.REFUND, transaction.reference)
        if rule and rule.fault == "refused":
            raise WrongFieldError("refunds aren't enabled for this merchant")
        outcome: Refund | Refusal = Refusal.NO_BALANCE
        if not (rule and rule.fault == "no_balance"):
            outcome = self._refunds.make(transaction, order.amount_minor, order.reason)
        if isinstance(outcome, Refusal):
            return {"refunded": False, "status": _REFUSED[outcome]}
        return {
            "id": outcome.refund_id,
            "transaction_id": transaction.transaction_id,
            "refunded": True,
            "status": "success",
        }

    def _named(self, gateway_id: str, reference: str, merchant: str) -> Transaction | None:
        if gateway_id:
            return self._payments.find(gateway_id, merchant)
        return self._payments.newest(merchant, reference)


def _payment(transaction: Transaction) -> Members:
    return {
        "id": transaction.transaction_id,
        "type": "charge",
        "amount": transaction.amount_minor,
        "currency": transaction.currency,
        "time": time_text(transaction.paid_at or transaction.created_at),
        "reference": transaction.reference,
        "status": "success" if transaction.paid_at else None,
        "note": "",
    }


def _refunded(transaction: Transaction, refund: Refund) -> Members:
    return {
        "id": refund.refund_id,
        "transaction_id": transaction.transaction_id,
        "type": "refund",
        "amount": refund.amount_minor,
        "currency": transaction.currency,
        "time": time_text(datetime.fromisoformat(refund.made_at)),
        "reference": transaction.reference,
        "status": "success",
        "note": refund.reason,
        "refunded": 0,
    }
