"""The calls of Citcon's In-Store API: a terminal shows a code, or scans the customer's.

Source: gateways/citcon.md, "In-Store API (till)". Always HTTP 200; the terminal's token is a
field. Nothing recognises a repeated request: asked twice, it happens twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.routing import Route

from pos_app.simulator.behaviour import Call, Rule, falsify
from pos_app.simulator.citcon import encode, read_reference
from pos_app.simulator.days import time_text
from pos_app.simulator.fields import WrongFieldError, read_amount, read_currency, required
from pos_app.simulator.instore.terminals import Terminals
from pos_app.simulator.instore.wallets import NAMES, wallet_of
from pos_app.simulator.payments import Cancelling, Order
from pos_app.simulator.refunds import Refusal
from pos_app.simulator.service import Asked, Backstage, Endpoint, PretendService
from pos_app.simulator.transactions import Refund, State, Transaction

SERVICE = "instore"
PAID = "00"
PENDING = "09"
_UNKNOWN_TO_REFUND = "D1"
_UNKNOWN_TO_CANCEL = "E4"
_WRONG_STATE = "Order Status Error (C-A2)\nCheck Order Status"
_ALREADY_REFUNDED = "Original transaction not found or already refunded"
_ANY_WALLET = "alipay"
"""What pays a code that the terminal shows: the customer's page is one wallet's."""
# Neither texts nor codes are published for these.
_ENDED = {
    State.REFUSED: ("P1", "Payment declined by the wallet"),
    State.EXPIRED: ("P2", "Payment expired"),
    State.CANCELLED: ("P3", "Payment cancelled"),
}
_NO_BALANCE = ("R1", "Insufficient funds in open balance")
Members = dict[str, Any]


class InStore(PretendService):
    """The calls below `/posp/rest/` and the customer's page (`service.Service`)."""

    def __init__(self, backstage: Backstage, customers_page: Sequence[Route]) -> None:
        """Use `customers_page` as the page that the codes open."""
        super().__init__(backstage)
        self._terminals = Terminals(self._settings, SERVICE)
        self._customers_page = list(customers_page)

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where its calls are found."""
        calls = {
            "initialize": Call.INITIALIZE,
            "sign_in": Call.SIGN_IN,
            "gen_payment_qr": Call.CHARGE,
            "pay": Call.PAY,
            "inquire": Call.INQUIRE,
            "refund": Call.REFUND,
            "cancel": Call.CANCEL,
            "get_history": Call.TRANSACTIONS,
        }
        return [Endpoint(f"/posp/rest/{name}", call) for name, call in calls.items()]

    def pages(self) -> list[Route]:
        """Return the customer's page."""
        return self._customers_page

    def reference_of(self, asked: Asked) -> str | None:
        """Return the reference that a call is about.

        A code that is shown has none: there the payment's id stands for it in the fault script.
        """
        found = self._payments.find(asked.fields.get("transaction_id", ""))
        return (_name(found) if found else asked.fields.get("reference")) or None

    def answer(self, asked: Asked) -> bytes:
        """Do what a terminal asks and return the answer."""
        return encode(self.members(asked))

    def members(self, asked: Asked) -> Any:
        """Do as `answer` does, before it is encoded: an object, or the history's array."""
        try:
            if asked.call is Call.INITIALIZE:
                return self._initialize(asked.fields)
            merchant = self._terminals.merchant(asked.fields)
            return self._asked(asked, merchant)
        except WrongFieldError as error:
            return _failure("", str(error))

    def _asked(self, asked: Asked, merchant: str) -> Any:
        if asked.call is Call.CHARGE:
            return self._show_code(asked, merchant)
        if asked.call is Call.TRANSACTIONS:
            return self._history(merchant)
        deeds = {
            Call.PAY: self._pay,
            Call.INQUIRE: self._inquire,
            Call.REFUND: self._refund,
            Call.CANCEL: self._cancel,
        }
        deed = deeds.get(asked.call)
        return deed(asked.fields, merchant) if deed else {"result": "success"}

    def _initialize(self, fields: Mapping[str, str]) -> Members:
        token, name = self._terminals.activate(fields), self._settings.merchant_name
        names = {"name_eng": name, "name_english": name, "name_chn": name}
        return {"result": "success", "token": token, **names}

    def _show_code(self, asked: Asked, merchant: str) -> Members:
        total, tip = _total_and_tip(asked.fields)
        self._refuse_if_told(Call.CHARGE, None)
        order = Order(
            "", _ANY_WALLET, total, self._settings.currency, service=SERVICE, tip_minor=tip
        )
        transaction = self._payments.make(merchant, order)
        page = f"{asked.site}{self._customers_page[0].path}"
        return {"result": "success", "qr_code": f"{page}?q={transaction.transaction_id}"}

    def _pay(self, fields: Mapping[str, str], merchant: str) -> Members:
        reference, (total, tip) = read_reference(fields), _total_and_tip(fields)
        method = wallet_of(required(fields, "barcode"))
        currency = read_currency(fields, "currency")
        rule = self._refuse_if_told(Call.PAY, reference)
        fault = rule.fault if rule else None
        if fault == "code_too_old":
            return _failure("P4", "Barcode expired")
        order = Order(
            reference, method, total, currency, service=SERVICE, is_scanned=True, tip_minor=tip
        )
        made = self._payments.make(merchant, order)
        if fault == "wallet_declines":
            made = self._payments.decline(made)
        elif fault != "needs_confirming":
            made = self._payments.pay(made)
        members = {
            **_standing(made),
            "transaction_id": made.transaction_id,
            "total": total,
            "tip": tip,
            "subtotal": total - tip,
            "merchant_id": merchant,
            "terminal_id": "1",
            "method": NAMES[method],
            "pos_local_time": fields.get("pos_local_time", ""),
        }
        falsify(members, rule)
        return members

    def _inquire(self, fields: Mapping[str, str], merchant: str) -> Members:
        transaction = self._named(fields, merchant)
        if transaction is None:
            return _failure(_UNKNOWN_TO_REFUND, "Transaction not found")
        rule = self._fault(Call.INQUIRE, _name(transaction))
        is_chosen = transaction.is_scanned or transaction.paid_at
        members = {
            **_standing(transaction),
            "method": NAMES[transaction.method] if is_chosen else "",
            "total": transaction.amount_minor,
        }
        falsify(members, rule)
        return members

    def _refund(self, fields: Mapping[str, str], merchant: str) -> Members:
        amount_minor = read_amount(fields, "refund_amount")
        transaction = self._named(fields, merchant)
        if transaction is None:
            return _failure(_UNKNOWN_TO_REFUND, "Transaction not found")
        rule = self._refuse_if_told(Call.REFUND, _name(transaction))
        outcome: Refund | Refusal = Refusal.NO_BALANCE
        if not (rule and rule.fault == "no_balance"):
            outcome = self._refunds.make(transaction, amount_minor, fields.get("note", ""))
        if outcome is Refusal.NO_BALANCE:
            return _failure(*_NO_BALANCE)
        if not isinstance(outcome, Refund):
            is_unionpay = transaction.method == "upop" and bool(transaction.refunds)
            return _failure("C-A2", _ALREADY_REFUNDED if is_unionpay else _WRONG_STATE)
        return {
            "result": "success",
            "code": PAID,
            "transaction_id": outcome.refund_id,
            "original_transaction_id": transaction.transaction_id,
            "reference": fields.get("reference", ""),
            "original_reference": transaction.reference,
            "method": NAMES[transaction.method],
        }

    def _cancel(self, fields: Mapping[str, str], merchant: str) -> Members:
        transaction = self._named(fields, merchant)
        if transaction is None:
            return _failure(_UNKNOWN_TO_CANCEL, "Transaction not found")
        rule = self._fault(Call.CANCEL, _name(transaction))
        fault = rule.fault if rule else None
        if fault in {"cancel_failed", "cancel_outside_window"}:
            return _failure("", "Cancellation failed")
        if fault == "pay_before_cancel" and transaction.paid_at is None:
            transaction = self._payments.pay(transaction)
        outcome = self._payments.cancel(transaction, fields.get("note", ""))
        cancelled = self._payments.find(transaction.q)
        if fault == "pay_after_cancel" and cancelled and cancelled.state is State.CANCELLED:
            self._payments.pay(cancelled)
        if outcome is not Cancelling.DONE:
            return _failure("C-A2", _WRONG_STATE)
        known = {"transaction_id": transaction.transaction_id}
        return {"result": "success", "code": PAID, **known}

    def _history(self, merchant: str) -> list[Members]:
        entries = []
        for transaction in self._payments.of_merchant(merchant):
            rule = self._fault(Call.TRANSACTIONS, _name(transaction))
            if not (rule and rule.fault == "missing_payment"):
                entries.append(_entry(transaction))
                falsify(entries[-1], rule)
        return entries

    def _named(self, fields: Mapping[str, str], merchant: str) -> Transaction | None:
        return self._payments.find(required(fields, "transaction_id"), merchant)

    def _refuse_if_told(self, call: Call, reference: str | None) -> Rule | None:
        rule = self._fault(call, reference)
        if rule and rule.fault == "refused":
            raise WrongFieldError("This terminal isn't enabled for that")
        return rule


def _name(transaction: Transaction) -> str:
    """Return what the fault script calls a payment."""
    return transaction.reference or transaction.transaction_id


def _total_and_tip(fields: Mapping[str, str]) -> tuple[int, int]:
    """Return the total, tip included, and the tip, in minor units."""
    total, tip = read_amount(fields, "total"), fields.get("tip", "").strip() or "0"
    if not (tip.isascii() and tip.isdigit() and int(tip) < total):
        raise WrongFieldError("tip isn't a whole number below the total")
    return total, int(tip)


def _standing(transaction: Transaction) -> Members:
    """Return how a payment stands: what was paid stays `00` when it has gone back."""
    if transaction.paid_at:
        return {"result": "success", "code": PAID, "error_message": ""}
    if transaction.state in _ENDED:
        return _failure(*_ENDED[transaction.state])
    return {"result": "success", "code": PENDING, "error_message": ""}


def _failure(code: str, text: str) -> Members:
    return {"result": "fail", "code": code, "error_message": text}


def _entry(transaction: Transaction) -> Members:
    code = str(_standing(transaction)["code"])
    return {
        "transaction_id": transaction.transaction_id,
        "reference": transaction.reference,
        "total": transaction.amount_minor,
        "tip": transaction.tip_minor,
        "currency": transaction.currency,
        "code": code,
        "method": NAMES[transaction.method],
        "pos_local_time": time_text(transaction.paid_at or transaction.created_at),
        "refunds": [
            {
                "transaction_id": one.refund_id,
                "refund_amount": one.amount_minor,
                "note": one.reason,
                "pos_local_time": time_text(datetime.fromisoformat(one.made_at)),
            }
            for one in transaction.refunds
        ],
    }
