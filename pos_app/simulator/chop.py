"""Citcon's hosted page (CHOP): the fields of a call in, the members of its answer out.

Every answer is a mapping in the order that the live service has been seen to use; failures of
business are answers too. Source: gateways/citcon.md. Refunds and the list of transactions have
their place here and come later.
"""

import json
from collections.abc import Mapping
from typing import Any

from pos_app.simulator.behaviour import Behaviour, Call, Rule, Spoils
from pos_app.simulator.chop_order import WrongFieldError, read_order
from pos_app.simulator.payments import Cancelling, Payments
from pos_app.simulator.settings import Settings, merchant_of
from pos_app.simulator.transactions import State, Transaction

Answer = dict[str, Any]
_REAL = "real"
_CANCEL_STATUS = {
    Cancelling.DONE: "Order cancelled",
    Cancelling.FAILED: "Cancellation failed",
    Cancelling.DUPLICATE: "Duplicate cancellation",
    Cancelling.OUTSIDE_WINDOW: "Not in cancellation window",
}
_REFUSALS = {
    "cancel_outside_window": Cancelling.OUTSIDE_WINDOW,
    "cancel_failed": Cancelling.FAILED,
}


def encode(answer: Answer) -> bytes:
    """Return an answer as the service writes it: compact, with PHP's escaped slashes."""
    return json.dumps(answer, separators=(",", ":")).replace("/", "\\/").encode()


class Chop:
    """The calls below `/chop/`. Each takes the posted fields and the Authorization header."""

    def __init__(self, payments: Payments, behaviour: Behaviour, settings: Settings) -> None:
        self._payments = payments
        self._behaviour = behaviour
        self._settings = settings
        self._merchants = frozenset(settings.token_by_merchant())

    def answer(
        self, call: Call, fields: Mapping[str, str], authorization: str, site: str
    ) -> Answer:
        """Do what a merchant asks and return the answer.

        Args:
            call: which of the calls it is.
            fields: the posted form.
            authorization: the header, with or without `Bearer`.
            site: scheme and host that the merchant called, for the customer's address.
        """
        try:
            merchant = self._merchant(authorization)
            match call:
                case Call.CHARGE:
                    return self._charge(fields, merchant, site)
                case Call.INQUIRE:
                    return self._inquire(fields, merchant)
                case _:
                    return self._cancel(fields, merchant)
        except WrongFieldError as error:
            return {"result": "fail", "error": str(error)}

    def reference_of(self, fields: Mapping[str, str]) -> str | None:
        """Return the reference that a call is about, by whichever id it names it."""
        found = self._payments.find(fields.get("q") or fields.get("transaction_id", ""))
        if found:
            return found.reference
        return fields.get("reference") or fields.get("transaction_reference")

    def _merchant(self, authorization: str) -> str:
        scheme, _, rest = authorization.strip().partition(" ")
        # The live service takes the bare token too.
        token = rest.strip() if scheme.lower() == "bearer" else authorization.strip()
        if not token:
            raise WrongFieldError("Authorization is missing: send Bearer and the merchant token")
        if merchant_of(token) not in self._merchants:
            raise WrongFieldError("Authorization: this merchant token isn't known")
        return merchant_of(token)

    def _charge(self, fields: Mapping[str, str], merchant: str, site: str) -> Answer:
        order = read_order(fields)
        if self._content_fault(Call.CHARGE, order.reference):
            raise WrongFieldError("payment_method isn't enabled for this merchant")
        earlier = None
        if fields.get("allow_duplicates") != "yes":
            earlier = self._payments.newest(merchant, order.reference)
        transaction = earlier or self._payments.make(merchant, order)
        if fields.get("client_country") == "CN" and self._settings.china_host:
            site = f"{site.partition('://')[0]}://{self._settings.china_host}"
        # Some clients take all after the first "=" as the token: url last, one "=" in it.
        return {"result": "success", "url": f"{site}/chop/landing?q={transaction.q}"}

    def _inquire(self, fields: Mapping[str, str], merchant: str) -> Answer:
        q = fields.get("q", "")
        if not q:
            raise WrongFieldError("q is missing")
        transaction = self._payments.find(q, merchant)
        if transaction is None:
            raise WrongFieldError("q: there is no such payment")
        answer: Answer = {
            "amount": transaction.amount_minor,
            "reference": transaction.reference,
            "type": "payment",
            "currency": transaction.currency,
            "payment_method": transaction.method,
            "notify_result": self._notify_result(transaction),
        }
        # Both spellings are in the vendor's own page.
        if _REAL in {fields.get("inquire_method"), fields.get("inquire_methods")}:
            shown_at = transaction.paid_at or transaction.created_at
            answer["id"] = transaction.transaction_id
            answer["transaction_id"] = transaction.transaction_id
            answer["time"] = f"{shown_at:%Y-%m-%d %H:%M:%S}"
        falsify(answer, self._content_fault(Call.INQUIRE, transaction.reference))
        return answer

    def _notify_result(self, transaction: Transaction) -> str | None:
        match transaction.state:
            case State.PAID | State.REFUNDED:
                return "success"
            case State.EXPIRED:
                return "expired"
            case State.CANCELLED:
                return "expired" if self._settings.after_cancel == "expired" else None
            case _:
                return None

    def _cancel(self, fields: Mapping[str, str], merchant: str) -> Answer:
        gateway_id = fields.get("transaction_id", "")
        reference = fields.get("transaction_reference", "")
        if not gateway_id and not reference:
            raise WrongFieldError("transaction_id or transaction_reference is missing")
        if gateway_id:
            transaction = self._payments.find(gateway_id, merchant)
        else:
            transaction = self._payments.newest(merchant, reference)
        if transaction is None:
            return _cancel_answer(gateway_id, reference, Cancelling.FAILED)
        outcome = self._cancelling(transaction, fields.get("reason", ""))
        return _cancel_answer(transaction.transaction_id, transaction.reference, outcome)

    def _cancelling(self, transaction: Transaction, reason: str) -> Cancelling:
        rule = self._content_fault(Call.CANCEL, transaction.reference)
        fault = rule.fault if rule else None
        if fault in _REFUSALS:
            return _REFUSALS[fault]
        if fault == "pay_before_cancel" and transaction.paid_at is None:
            transaction = self._payments.pay(transaction)
        outcome = self._payments.cancel(transaction, reason)
        cancelled = self._payments.find(transaction.q)
        if fault == "pay_after_cancel" and cancelled and cancelled.state is State.CANCELLED:
            self._payments.pay(cancelled)
        return outcome

    def _content_fault(self, call: Call, reference: str) -> Rule | None:
        return self._behaviour.take(call, Spoils.CONTENT, reference)


def falsify(members: dict[str, Any], rule: Rule | None) -> None:
    """Make an answer or a notice say what is not so, if the fault is one of that sort."""
    match rule.fault if rule else None:
        case "wrong_amount":
            members["amount"] = type(members["amount"])(int(members["amount"]) + 1)
        case "wrong_currency":
            members["currency"] = "EUR" if members["currency"] != "EUR" else "USD"
        case "wrong_reference":
            members["reference"] = f"{members['reference']}-X"
        case _:
            pass


def _cancel_answer(transaction_id: str, reference: str, outcome: Cancelling) -> Answer:
    return {
        "transaction_id": transaction_id,
        "transaction_reference": reference,
        "cancelled": outcome is Cancelling.DONE,
        "status": _CANCEL_STATUS[outcome],
    }
