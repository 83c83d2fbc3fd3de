"""What a merchant is told of a payment: by inquire, and in the list of transactions.

Source: gateways/citcon.md, "POST /chop/inquire" and "GET /chop/transactions". The members of the
list's entries are our choice: those of inquire, `refunded` (minor units that have gone back), and
each refund as an entry of type `refund` with its own `id`, its reason as `note`, and the payment's
reference and `transaction_id`.
"""

from datetime import datetime
from typing import Any

from pos_app.simulator.days import time_text
from pos_app.simulator.transactions import Refund, State, Transaction

Members = dict[str, Any]


def payment_members(transaction: Transaction, after_cancel: str) -> Members:
    """Return what inquire says of a payment; `after_cancel` as in the settings."""
    return {
        "amount": transaction.amount_minor,
        "reference": transaction.reference,
        "type": "payment",
        "currency": transaction.currency,
        "payment_method": transaction.method,
        "notify_result": _notify_result(transaction, after_cancel),
    }


def real_members(transaction: Transaction) -> Members:
    """Return what `inquire_method=real` adds: both spellings of the id, and the time."""
    return {
        "id": transaction.transaction_id,
        "transaction_id": transaction.transaction_id,
        "time": time_text(transaction.paid_at or transaction.created_at),
    }


def listed(transaction: Transaction, after_cancel: str) -> list[Members]:
    """Return a payment's entries in the list: its own, then its refunds, oldest first."""
    payment = {
        **payment_members(transaction, after_cancel),
        **real_members(transaction),
        "refunded": transaction.refunded_minor,
    }
    return [payment, *(_listed_refund(transaction, refund) for refund in transaction.refunds)]


def _listed_refund(transaction: Transaction, refund: Refund) -> Members:
    return {
        "amount": refund.amount_minor,
        "reference": transaction.reference,
        "type": "refund",
        "currency": transaction.currency,
        "payment_method": transaction.method,
        "notify_result": "success",
        "id": refund.refund_id,
        "transaction_id": transaction.transaction_id,
        "time": time_text(datetime.fromisoformat(refund.made_at)),
        "note": refund.reason,
        "refunded": 0,
    }


def _notify_result(transaction: Transaction, after_cancel: str) -> str | None:
    match transaction.state:
        case State.PAID | State.REFUNDED:
            return "success"
        case State.EXPIRED:
            return "expired"
        case State.CANCELLED:
            return "expired" if after_cancel == "expired" else None
        case _:
            return None
