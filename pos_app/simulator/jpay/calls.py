"""The calls of J-Pay: a sale, the question about it, refunds and the question about those.

Source: gateways/jpay.md. There is no cancel and no list, and a payment that nobody makes only
stays unpaid.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.routing import Route

from pos_app.simulator.behaviour import Call
from pos_app.simulator.card_form import Bank
from pos_app.simulator.clock import Clock
from pos_app.simulator.fields import WrongFieldError, required
from pos_app.simulator.jpay import orders
from pos_app.simulator.jpay.notices import SERVICE, amount, falsify
from pos_app.simulator.jpay.page import CARD_PATH, SECURE_PATH, CardPage
from pos_app.simulator.jpay.signing import sign
from pos_app.simulator.refunds import Refusal
from pos_app.simulator.service import Asked, Backstage, Endpoint, PretendService
from pos_app.simulator.transactions import Refund, State, Transaction

_TRADE_STATES = {
    State.OPEN: "NOTPAY",
    State.EXPIRED: "NOTPAY",
    State.CANCELLED: "NOTPAY",
    State.REFUSED: "FAIL",
    State.PAID: "SUCCESS",
    State.REFUNDED: "REFUND",
}
_REFUSED = {  # nobody documents these words; the codes have the form of the good one
    Refusal.TOO_MUCH: "V0004:the refund is more than what is left of the order",
    Refusal.NO_BALANCE: "V0005:insufficient balance",
}
_REFUND_STATES = {"done": "1", "requested": "2", "failed": "3"}
Members = dict[str, Any]


class JPay(PretendService):
    """The calls below `/pay`, with the customer's pages (`service.Service`)."""

    def __init__(self, backstage: Backstage, clock: Clock) -> None:
        super().__init__(backstage)
        self._clock = clock
        self._keys = self._settings.token_by_merchant(SERVICE)
        self._page = CardPage(self._payments, clock, self._settings)

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where its calls are found. The last two are one: DOC and as SEEN in production."""
        return (
            Endpoint("/pay_index", Call.CHARGE),
            Endpoint("/pay/trade/query", Call.INQUIRE),
            Endpoint("/pay/trade/refund", Call.REFUND),
            Endpoint("/pay/trade/refundQuery", Call.TRANSACTIONS),
            Endpoint("/pay/trade/queryRefund", Call.TRANSACTIONS),
        )

    def pages(self) -> list[Route]:
        """Return the page for the card and the bank's own."""
        return self._page.routes()

    def reference_of(self, asked: Asked) -> str | None:
        """Return the reference that a call is about."""
        return asked.fields.get("pay_orderid") or None

    def answer(self, asked: Asked) -> bytes:
        """Do what a merchant asks."""
        deeds = {
            Call.CHARGE: self._sell,
            Call.INQUIRE: self._tell,
            Call.REFUND: self._refund,
            Call.TRANSACTIONS: self._tell_of_refund,
        }
        try:
            members = deeds[asked.call](asked)
        except WrongFieldError as error:
            members = {"status": "error", "msg": str(error)}
        return json.dumps(members, separators=(",", ":")).replace("/", "\\/").encode()

    def _sell(self, asked: Asked) -> Members:
        fields = asked.fields
        merchant = orders.merchant(self._settings, fields, orders.SALE_SIGNED)
        order, bank = orders.read_order(fields), orders.read_bank(fields)
        rule = self._fault(Call.CHARGE, order.reference)
        if rule and rule.fault == "refused":
            raise WrongFieldError("pay_bankcode isn't open for this merchant")
        if self._payments.newest(merchant, order.reference):
            raise WrongFieldError("pay_orderid has been used before")
        made = self._payments.make(merchant, order)
        match bank:
            case None:
                return _page_of(asked.site, CARD_PATH, made)
            case Bank.DECLINES:
                self._payments.decline(made)
                return {"status": 2, "msg": "transaction failed"}
            case Bank.ASKS:
                return _page_of(asked.site, SECURE_PATH, made)
            case Bank.PAYS:
                self._payments.pay(made)
                return {"status": 0, "msg": "", "transaction_id": made.transaction_id}

    def _tell(self, asked: Asked) -> Members:
        transaction, key = self._named(asked.fields, orders.QUESTION_SIGNED)
        members = {
            "memberid": self._settings.jpay_member,
            "orderid": transaction.reference,
            "amount": amount(transaction.amount_minor),
            "true_amount": amount(transaction.amount_minor) if transaction.paid_at else "0.00",
            "time_end": _time(transaction.paid_at),
            "transaction_id": transaction.transaction_id,
            "returncode": "00",
            "trade_state": _TRADE_STATES[transaction.state],
        }
        falsify(members, self._fault(Call.INQUIRE, transaction.reference))
        return _signed(members, key)

    def _refund(self, asked: Asked) -> Members:
        fields = asked.fields
        transaction, key = self._named(fields, orders.REFUND_SIGNED)
        if required(fields, "transaction_id") != transaction.transaction_id:
            raise WrongFieldError("transaction_id isn't the order's")
        if required(fields, "currency") != transaction.currency:
            raise WrongFieldError("currency isn't the order's")
        if orders.read_cents(fields, "pay_amount") != transaction.amount_minor:
            raise WrongFieldError("pay_amount isn't the order's")
        cents = orders.read_cents(fields, "refund_amount")
        rule = self._fault(Call.REFUND, transaction.reference)
        if rule and rule.fault == "refused":
            raise WrongFieldError("refunds aren't open for this merchant")
        outcome: Refund | Refusal = Refusal.NO_BALANCE
        if not (rule and rule.fault == "no_balance"):
            reason = fields.get("refund_reason", "").strip()
            outcome = self._refunds.make(transaction, cents, reason, rule)
        return _signed(_refund_members(outcome, cents), key)

    def _tell_of_refund(self, asked: Asked) -> Members:
        fields = asked.fields
        transaction, key = self._named(fields, orders.QUESTION_SIGNED)
        wanted = fields.get("refund_orderid", "")
        found = [one for one in transaction.refunds if wanted in {"", one.refund_id}]
        if not found:
            raise WrongFieldError("there is no such refund")
        refund = found[-1]
        return _signed(
            {
                "memberid": self._settings.jpay_member,
                "orderid": transaction.reference,
                "transaction_id": transaction.transaction_id,
                "refund_orderid": refund.refund_id,
                "refund_amount": amount(refund.amount_minor),
                "refund_status": _REFUND_STATES[refund.state_at(self._clock.now())],
                "returncode": "00",
            },
            key,
        )

    def _named(
        self, fields: Mapping[str, str], signed: tuple[str, ...]
    ) -> tuple[Transaction, str]:
        """Return the payment that a question names, and the merchant's key."""
        merchant = orders.merchant(self._settings, fields, signed)
        found = self._payments.newest(merchant, required(fields, "pay_orderid"))
        if found is None:
            raise WrongFieldError("pay_orderid: the order does not exist")
        return found, self._keys[merchant]


def _page_of(site: str, path: str, transaction: Transaction) -> Members:
    return {"status": 1, "url": f"{site}{path}?q={transaction.q}"}


def _refund_members(outcome: Refund | Refusal, cents: int) -> dict[str, str]:
    if isinstance(outcome, Refusal):
        return {
            "refund_amount": amount(cents),
            "returncode": "2",
            "refund_message": _REFUSED[outcome],
        }
    return {
        "refund_orderid": outcome.refund_id,
        "refund_amount": amount(cents),
        "returncode": "00",
        "refund_message": "V0000:OK",
    }


def _signed(members: dict[str, str], key: str) -> Members:
    return {**members, "sign": sign(members, key)}


def _time(instant: datetime | None) -> str:
    return f"{instant:%Y%m%d%H%M%S}" if instant else ""
