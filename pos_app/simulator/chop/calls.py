"""Citcon's hosted page (CHOP): the fields of a call in, the members of its answer out.

Every answer is a mapping in the order that the live service has been seen to use; failures of
business are answers too. Source: gateways/citcon.md.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.routing import Route

from pos_app.simulator.behaviour import Call, falsify
from pos_app.simulator.chop.landing import Landing
from pos_app.simulator.chop.order import read_order
from pos_app.simulator.chop.refund import refund_answer
from pos_app.simulator.chop.told import listed, payment_members, real_members
from pos_app.simulator.citcon import Merchants, encode, payment_of, read_refund
from pos_app.simulator.fields import WrongFieldError
from pos_app.simulator.payments import Cancelling
from pos_app.simulator.refunds import Refusal
from pos_app.simulator.service import Asked, Backstage, Endpoint, PretendService
from pos_app.simulator.transactions import Refund, State, Transaction

SERVICE = "chop"
Answer = dict[str, Any]
Answers = list[Answer]
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


class Chop(PretendService):
    """The calls below `/chop/`, and the page that its codes open (`service.Service`)."""

    def __init__(self, backstage: Backstage, landing: Landing) -> None:
        super().__init__(backstage)
        self._landing = landing
        self._merchants = Merchants(self._settings, SERVICE)

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where its calls are found."""
        return (
            Endpoint("/chop/chop", Call.CHARGE),
            Endpoint("/chop/inquire", Call.INQUIRE),
            Endpoint("/chop/cancel", Call.CANCEL),
            Endpoint("/chop/refund", Call.REFUND),
            Endpoint("/chop/transactions", Call.TRANSACTIONS, ("GET",)),
        )

    def pages(self) -> list[Route]:
        """Return the customer's page."""
        return self._landing.routes()

    def answer(self, asked: Asked) -> bytes:
        """Do what a merchant asks; the token comes with or without `Bearer`."""
        return encode(self.members(asked))

    def members(self, asked: Asked) -> Answer | Answers:
        """Do as `answer` does, before it is encoded: an object, or the list of transactions."""
        fields = asked.fields
        try:
            merchant = self._merchants.of(asked.authorization)
            match asked.call:
                case Call.CHARGE:
                    return self._charge(fields, merchant, asked.site)
                case Call.INQUIRE:
                    return self._inquire(fields, merchant)
                case Call.REFUND:
                    return self._refund(fields, merchant)
                case Call.TRANSACTIONS:
                    return self._transactions(merchant)
                case _:
                    return self._cancel(fields, merchant)
        except WrongFieldError as error:
            return {"result": "fail", "error": str(error)}

    def reference_of(self, asked: Asked) -> str | None:
        """Return the reference that a call is about, by whichever id it names it."""
        fields = asked.fields
        gateway_id, reference = payment_of(fields)
        found = self._payments.find(fields.get("q") or gateway_id)
        if found:
            return found.reference
        return fields.get("reference") or reference or None

    def _charge(self, fields: Mapping[str, str], merchant: str, site: str) -> Answer:
        order = read_order(fields)
        rule = self._fault(Call.CHARGE, order.reference)
        if rule and rule.fault == "refused":
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
        answer = payment_members(transaction, self._settings.after_cancel)
        # Both spellings are in the vendor's own page.
        if _REAL in {fields.get("inquire_method"), fields.get("inquire_methods")}:
            answer |= real_members(transaction)
        falsify(answer, self._fault(Call.INQUIRE, transaction.reference))
        return answer

    def _transactions(self, merchant: str) -> Answers:
        entries = []
        for transaction in self._payments.of_merchant(merchant):
            rule = self._fault(Call.TRANSACTIONS, transaction.reference)
            if rule and rule.fault == "missing_payment":
                continue
            payment, *refunds = listed(transaction, self._settings.after_cancel)
            falsify(payment, rule)
            entries += [payment, *refunds]
        return entries

    def _refund(self, fields: Mapping[str, str], merchant: str) -> Answer:
        order = read_refund(fields)
        transaction = self._named(order.gateway_id, order.reference, merchant)
        if transaction is None:
            name = "transaction_id" if order.gateway_id else "transaction_reference"
            raise WrongFieldError(f"{name}: there is no such payment")
        if order.currency != transaction.currency:
            raise WrongFieldError(
                f"currency {order.currency} isn't the payment's, which is {transaction.currency}"
            )
        if not order.reason and transaction.method in self._settings.reason_required_for:
            raise WrongFieldError(f"reason is missing; {transaction.method} needs one")
        return refund_answer(
            transaction, self._refunding(transaction, order.amount_minor, order.reason)
        )

    def _refunding(
        self, transaction: Transaction, amount_minor: int, reason: str
    ) -> Refund | Refusal:
        rule = self._fault(Call.REFUND, transaction.reference)
        if rule and rule.fault == "refused":
            raise WrongFieldError("refunds aren't enabled for this merchant")
        if rule and rule.fault == "no_balance":
            return Refusal.NO_BALANCE
        return self._refunds.make(transaction, amount_minor, reason)

    def _named(self, gateway_id: str, reference: str, merchant: str) -> Transaction | None:
        if gateway_id:
            return self._payments.find(gateway_id, merchant)
        return self._payments.newest(merchant, reference)

    def _cancel(self, fields: Mapping[str, str], merchant: str) -> Answer:
        gateway_id, reference = payment_of(fields)
        if not gateway_id and not reference:
            raise WrongFieldError("transaction_id or transaction_reference is missing")
        transaction = self._named(gateway_id, reference, merchant)
        if transaction is None:
            return _cancel_answer(gateway_id, reference, Cancelling.FAILED)
        outcome = self._cancelling(transaction, fields.get("reason", ""))
        return _cancel_answer(transaction.transaction_id, transaction.reference, outcome)

    def _cancelling(self, transaction: Transaction, reason: str) -> Cancelling:
        rule = self._fault(Call.CANCEL, transaction.reference)
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


def _cancel_answer(transaction_id: str, reference: str, outcome: Cancelling) -> Answer:
    return {
        "transaction_id": transaction_id,
        "transaction_reference": reference,
        "cancelled": outcome is Cancelling.DONE,
        "status": _CANCEL_STATUS[outcome],
    }
