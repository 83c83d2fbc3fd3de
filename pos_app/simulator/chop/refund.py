"""Reads what a merchant posts to `/chop/refund`, and writes the answers.

Source: gateways/citcon.md, "POST /chop/refund". The vendor's page names some fields wrongly; its
spellings are taken as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.simulator.fields import WrongFieldError, first_of, read_amount, read_currency
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


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What a merchant asks to be sent back.

    Attributes:
        gateway_id: transaction id or `q` of the payment; empty when only its reference is given.
        amount_minor: minor units of `currency`, positive.
    """

    gateway_id: str
    reference: str
    amount_minor: int
    currency: str
    reason: str


def payment_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the id and the reference by which a refund or a cancel names its payment."""
    gateway_id = first_of(fields, "transaction_id", "trasaction_id")
    return gateway_id, first_of(fields, "transaction_reference", "trans_reference")


def read_refund(fields: Mapping[str, str]) -> RefundOrder:
    """Return the refund that the posted fields describe.

    Raises:
        WrongFieldError: a field is missing or wrong; nothing goes back.
    """
    gateway_id, reference = payment_of(fields)
    if not gateway_id and not reference:
        raise WrongFieldError("transaction_id or transaction_reference is missing")
    amount_minor, currency = _read_money(fields)
    reason = fields.get("reason", "").strip()
    return RefundOrder(gateway_id, reference, amount_minor, currency, reason)


def _read_money(fields: Mapping[str, str]) -> tuple[int, str]:
    """Return the money, by either pair of members; the page says not to mix them."""
    has_trans = bool(first_of(fields, "trans_amount", "trans_currency"))
    if has_trans and first_of(fields, "amount", "currency"):
        raise WrongFieldError(
            "use a combination of amount and currency or another combination of trans_amount "
            "and trans_currency"
        )
    prefix = "trans_" if has_trans else ""
    return read_amount(fields, f"{prefix}amount"), read_currency(fields, f"{prefix}currency")


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
