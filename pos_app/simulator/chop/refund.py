"""What the hosted page answers to a refund. Source: gateways/citcon.md, "POST /chop/refund"."""

from typing import Any

from pos_app.simulator.refunds import Refusal
from pos_app.simulator.transactions import Refund, Transaction

# 4071 is published. What is said without open balance is not: these words are ours.
_REFUSED: dict[Refusal, dict[str, Any]] = {
    Refusal.TOO_MUCH: {
        "code": "4071",
        "refunded": False,
        "status": "Refund amount greater than allowed.",
    },
    Refusal.NO_BALANCE: {
        "refunded": False,
        "status": "Insufficient funds in open balance.",
    },
}


def refund_answer(transaction: Transaction, outcome: Refund | Refusal) -> dict[str, Any]:
    """Return what the merchant is told of a refund of `transaction`."""
    if isinstance(outcome, Refusal):
        return dict(_REFUSED[outcome])
    return {
        "id": outcome.refund_id,
        "transaction_id": transaction.transaction_id,
        "refunded": True,
        "status": "success",
    }
